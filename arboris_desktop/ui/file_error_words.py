"""The reasons why a file from outside is refused, in the language of the window.

The readers name a reason in English, in a few words behind the name of the file. Those that can be
foreseen stand here, to be translated; what a library or the system says of a file does not, and is
shown as a detail only.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

_REASONS = (
    QT_TRANSLATE_NOOP("FileErrors", "the file is not a text file"),
    QT_TRANSLATE_NOOP("FileErrors", "the file contains no text"),
    QT_TRANSLATE_NOOP("FileErrors", "it contains no text"),
    QT_TRANSLATE_NOOP("FileErrors", "there is no such file"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a folder"),
    QT_TRANSLATE_NOOP(
        "FileErrors", "the encoding of the file cannot be detected; choose it, or save it as UTF-8"
    ),
    QT_TRANSLATE_NOOP("FileErrors", "the file is damaged or not complete"),
    QT_TRANSLATE_NOOP("FileErrors", "it is damaged or not complete"),
    QT_TRANSLATE_NOOP("FileErrors", "an archive within another"),
    QT_TRANSLATE_NOOP("FileErrors", "it declares a type of document, which no word processor does"),
    QT_TRANSLATE_NOOP("FileErrors", "it declares entities, which no book needs"),
    QT_TRANSLATE_NOOP("FileErrors", "it is compressed too much for a book"),
    QT_TRANSLATE_NOOP("FileErrors", "it is too large unpacked"),
    QT_TRANSLATE_NOOP("FileErrors", "there are too many files in it"),
    QT_TRANSLATE_NOOP("FileErrors", "the book is protected against copying"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is protected by a password"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is protected by a password or packed in another way"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a Kindle book; convert it to EPUB"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a Pages document; export it as Word or EPUB"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a novelWriter project without its folder"),
    QT_TRANSLATE_NOOP(
        "FileErrors", "the file is a spreadsheet, drawing or presentation, not a text"
    ),
    QT_TRANSLATE_NOOP(
        "FileErrors", "the file is only a link to a Google document; download that as DOCX"
    ),
    QT_TRANSLATE_NOOP("FileErrors", "the folder 'content' beside it has no document of the novel"),
    QT_TRANSLATE_NOOP("FileErrors", "the project has no chapter"),
    QT_TRANSLATE_NOOP("FileErrors", "the web archive is not one that a browser has saved"),
    QT_TRANSLATE_NOOP("FileErrors", "there is no page in the web archive"),
    QT_TRANSLATE_NOOP("FileErrors", "a Scrivener project; compile it to DOCX or Markdown"),
    QT_TRANSLATE_NOOP(
        "FileErrors", "the file is a Scrivener project; compile it to DOCX or Markdown"
    ),
    QT_TRANSLATE_NOOP(
        "FileErrors",
        "the file is a PDF, which has no paragraphs; convert it to DOCX or EPUB, or save its text",
    ),
    QT_TRANSLATE_NOOP(
        "FileErrors",
        "the file is an old or protected Word or WPS file; open it and save it as DOCX",
    ),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a database, not a text"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is an archive; unpack it first"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a picture, not a text file"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a CHM help file; convert it to EPUB"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a scanned book (DjVu), which has no text"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is a WordPerfect file; open it and save it as DOCX"),
    QT_TRANSLATE_NOOP("FileErrors", "the file is Word's old XML; open it and save it as DOCX"),
    QT_TRANSLATE_NOOP("FileErrors", "it is neither a character card nor a lorebook"),
    QT_TRANSLATE_NOOP("FileErrors", "the card in the picture is damaged"),
    QT_TRANSLATE_NOOP("FileErrors", "the picture contains no character card"),
    QT_TRANSLATE_NOOP("FileErrors", "the first row has no column 'name'"),
)
_FORMS = (
    (
        r"the file is larger than (?P<size>\d+) MiB",
        QT_TRANSLATE_NOOP("FileErrors", "the file is larger than {size} MiB"),
    ),
    (
        r"it has more than (?P<count>\d+) entries",
        QT_TRANSLATE_NOOP("FileErrors", "it has more than {count} entries"),
    ),
    (
        r"the table has more than (?P<count>\d+) rows",
        QT_TRANSLATE_NOOP("FileErrors", "the table has more than {count} rows"),
    ),
    (
        r"a text in it is longer than (?P<count>\d+)",
        QT_TRANSLATE_NOOP("FileErrors", "a text in it is longer than {count} characters"),
    ),
    (
        r"line (?P<line>\d+): '(?P<kind>.*)' is not a kind of entry",
        QT_TRANSLATE_NOOP("FileErrors", "line {line}: “{kind}” is not a kind of entry"),
    ),
    (
        r"line (?P<line>\d+): a name is missing or longer than (?P<count>\d+)",
        QT_TRANSLATE_NOOP(
            "FileErrors", "line {line}: a name is missing or longer than {count} characters"
        ),
    ),
    (
        r"line (?P<line>\d+): a text is longer than (?P<count>\d+)",
        QT_TRANSLATE_NOOP("FileErrors", "line {line}: a text is longer than {count} characters"),
    ),
    (
        r"a file name in it leads outside of it: .*",
        QT_TRANSLATE_NOOP("FileErrors", "a file name in it leads outside of it"),
    ),
    (
        r"the file is damaged or not complete: .*",
        QT_TRANSLATE_NOOP("FileErrors", "the file is damaged or not complete"),
    ),
)
_BEHIND_NAME = r"(?P<name>.*?)(?:: )?"


def refusal_of_file(message: str) -> str:
    """The sentence for the message of a file that cannot be read; empty for an unforeseen one."""
    for reason in _REASONS:
        if message.endswith(reason) and message[: -len(reason)][-2:] in ("", ": "):
            name = message[: -len(reason)].removesuffix(": ")
            return _sentence(name, QCoreApplication.translate("FileErrors", reason))
    for form, words in _FORMS:
        if match := re.fullmatch(_BEHIND_NAME + form, message, re.DOTALL):
            values = match.groupdict()
            told = QCoreApplication.translate("FileErrors", words).format(**values)
            return _sentence(values["name"], told)
    return ""


def _sentence(name: str, reason: str) -> str:
    if not name:
        return Wording.tr("The file cannot be read: {reason}.").format(reason=reason)
    return Wording.tr("{name} cannot be read: {reason}.").format(name=name, reason=reason)
