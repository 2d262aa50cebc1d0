"""Words of the preview of an import: rules, notes and warnings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.correction import AUTOMATIC, NO_HEADINGS, PATTERN_PREFIX, STYLES
from arboris_desktop.exchange.import_warnings import ImportWarning
from arboris_desktop.exchange.number_notes import NumberNote
from arboris_desktop.exchange.preview import ImportPreview
from arboris_desktop.text.headings.date_lines import DATES, YEARS
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP
from arboris_desktop.ui.wording import bracketed, words


class ImportPreviewWords:
    """Names the context for ``lupdate``; it is never instantiated."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Returns the translation of a literal text; ``n`` chooses the plural form and replaces
        ``%n``."""
        return QCoreApplication.translate("ImportPreviewWords", text, comment, n)


_ENCODINGS = {
    "cp950": "big5",
    "big5hkscs": "big5",
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "shift-jis": "shift_jis",
    "iso8859-1": "iso-8859-1",
}
_RULES = {
    AUTOMATIC: QT_TRANSLATE_NOOP("ImportPreviewWords", "Found automatically"),
    STYLES: QT_TRANSLATE_NOOP("ImportPreviewWords", "Marked as headings in the file"),
    NO_HEADINGS: QT_TRANSLATE_NOOP("ImportPreviewWords", "None: the text is one chapter"),
    PATTERN_PREFIX: QT_TRANSLATE_NOOP("ImportPreviewWords", "A pattern of my own…"),
    DATES: QT_TRANSLATE_NOOP("ImportPreviewWords", "Dates, as in a diary"),
    YEARS: QT_TRANSLATE_NOOP("ImportPreviewWords", "Years"),
}
_NOTES = {
    NumberNote.JUMP: QT_TRANSLATE_NOOP("ImportPreviewWords", "number jumps"),
    NumberNote.REPEAT: QT_TRANSLATE_NOOP("ImportPreviewWords", "number comes again"),
    NumberNote.BACK: QT_TRANSLATE_NOOP("ImportPreviewWords", "number goes back"),
}
_WARNINGS = {
    "damaged": QT_TRANSLATE_NOOP(
        "ImportPreviewWords", "Some characters cannot be read. Is the encoding right?"
    ),
    "images": QT_TRANSLATE_NOOP("ImportPreviewWords", "Pictures are not imported."),
    "tables": QT_TRANSLATE_NOOP("ImportPreviewWords", "Tables become lines of text."),
    "footnotes": QT_TRANSLATE_NOOP(
        "ImportPreviewWords", "Footnotes become text below their paragraphs."
    ),
    "comments": QT_TRANSLATE_NOOP("ImportPreviewWords", "Comments become text in brackets."),
    "changes": QT_TRANSLATE_NOOP("ImportPreviewWords", "Tracked changes are taken as accepted."),
    "missing": QT_TRANSLATE_NOOP(
        "ImportPreviewWords", "Some pages of the book are not in the file."
    ),
    "pages": QT_TRANSLATE_NOOP(
        "ImportPreviewWords", "Page numbers and running heads are left out."
    ),
    "no_headings": QT_TRANSLATE_NOOP(
        "ImportPreviewWords",
        "No headings were found: all of the text, {length}, would be one chapter. How are the "
        "chapters headed?",
    ),
    "long_chapter": QT_TRANSLATE_NOOP(
        "ImportPreviewWords", "“{title}” has {length}: have headings been missed?"
    ),
}


def rule_name(rule: str, count: int = 0) -> str:
    """Returns the name of a rule, with the number of headings it finds."""
    if rule in _RULES:
        name = ImportPreviewWords.tr(_RULES[rule])
    else:
        name = ImportPreviewWords.tr("Lines like “{form}”").format(form=rule)
    return bracketed(name, QLocale().toString(count)) if count else name


def encoding_name(name: str) -> str:
    """An encoding as authors know it, by the name that programs have for it."""
    known = name.lower().replace("_", "-")
    return _ENCODINGS.get(known, known).upper()


def note_words(note: NumberNote) -> str:
    """Returns a note on an irregular number; nothing if it is regular."""
    return ImportPreviewWords.tr(_NOTES[note]) if note in _NOTES else ""


def all_warnings(preview: ImportPreview) -> list[str]:
    """Returns the warnings about the import, a sentence each."""
    found = [_warning(warning, preview.language) for warning in preview.warnings]
    if preview.contents_lines:
        found.append(_counted("contents", preview.contents_lines))
    return found


def pattern_problem(reason: str) -> str:
    """Returns the reason why a pattern or rule cannot be applied."""
    text = ImportPreviewWords.tr("The headings cannot be found in this way: {reason}")
    return text.format(reason=reason)


def _warning(warning: ImportWarning, language: Language) -> str:
    if warning.code in _WARNINGS:
        text = ImportPreviewWords.tr(_WARNINGS[warning.code])
        return text.format(title=warning.title, length=words(warning.count, language))
    return _counted(warning.code, warning.count).format(title=warning.title)


def _counted(code: str, count: int) -> str:
    if code == "left_out":
        return ImportPreviewWords.tr(
            "%n line(s) of Project Gutenberg's notices are left out.", "", count
        )
    if code == "unused":
        return ImportPreviewWords.tr(
            "%n tag(s), scene name(s) or unused part(s) of the project are left out.", "", count
        )
    if code == "codex":
        return ImportPreviewWords.tr("%n note(s) become entries of the codex.", "", count)
    if code == "contents":
        return ImportPreviewWords.tr("The table of contents, %n line(s), is left out.", "", count)
    if code == "empty":
        return ImportPreviewWords.tr("%n chapter(s) without text.", "", count)
    if code == "jump":
        return ImportPreviewWords.tr("Numbers jump %n time(s), first at {title}.", "", count)
    if code == "repeat":
        return ImportPreviewWords.tr("Numbers come again %n time(s), first {title}.", "", count)
    return ImportPreviewWords.tr("Numbers go back %n time(s), first at {title}.", "", count)
