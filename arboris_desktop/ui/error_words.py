"""Error messages for the author: what happened, what is safe, what to do.

Every ``ErrorKind`` has its words here; technical details are shown beside them, never instead.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.chapter_writers import (
    ChapterBusyError,
    ChapterWriter,
    Program,
    WriterKind,
)
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.model_error_words import MODEL_FAILURES, NOTHING_CHANGED
from arboris_desktop.ui.refusal_words import REFUSALS


@record
class ErrorWords:
    """Three plain, translated sentences about one failure."""

    what_happened: str
    what_is_safe: str
    what_to_do: str

    def as_paragraph(self) -> str:
        """All three, for a message box or a tooltip."""
        return in_a_row(self.what_happened, self.what_is_safe, self.what_to_do)


def kind_of(error: BaseException) -> ErrorKind:
    """Returns the reason of a failure; anything but an error of ours is a bug."""
    return error.kind if isinstance(error, ArborisError) else ErrorKind.INTERNAL


def words_of(error: BaseException) -> ErrorWords:
    """The words for an error, in the language of the window; also who writes a busy chapter, and
    why a file is refused."""
    words = error_sentence(kind_of(error))
    if isinstance(error, ChapterBusyError):
        happened = who_writes(error.writer, is_here=error.is_here)
        return ErrorWords(happened, words.what_is_safe, what_to_do(is_here=error.is_here))
    if isinstance(error, ArborisError) and error.kind is ErrorKind.FILE_UNREADABLE:
        from arboris_desktop.ui.file_error_words import refusal_of_file  # no start waits for it

        if happened := refusal_of_file(error.message):
            return ErrorWords(happened, words.what_is_safe, "")
    return words


def error_kind(error_type: str | None) -> ErrorKind:
    """Returns the kind stored with a task or notification; an unknown one counts as internal."""
    try:
        return ErrorKind(error_type or "")
    except ValueError:
        return ErrorKind.INTERNAL


def error_sentence(kind: ErrorKind) -> ErrorWords:
    """Returns the words for a kind of error, in the language of the window."""
    happened, safe, to_do = _WORDS[kind]
    return ErrorWords(
        QCoreApplication.translate("ErrorWords", happened),
        QCoreApplication.translate("ErrorWords", safe),
        QCoreApplication.translate("ErrorWords", to_do),
    )


def who_writes(writer: ChapterWriter, *, is_here: bool) -> str:
    """Returns a sentence that says what is writing a chapter, and where if not in this window."""
    if is_here:
        return Wording.tr(_HERE[writer.kind])
    return Wording.tr(_ELSEWHERE[writer.program]).format(process=writer.process)


def what_to_do(*, is_here: bool) -> str:
    """Returns advice on how to write the chapter nevertheless."""
    if is_here:
        return Wording.tr("Wait until that is done, or stop it: Chapter → Stop Writing.")
    return Wording.tr("Wait until that is done, or stop it there.")


_HERE = {
    WriterKind.DRAFT: QT_TRANSLATE_NOOP("Wording", "This chapter is being written already."),
    WriterKind.CANDIDATES: QT_TRANSLATE_NOOP(
        "Wording", "Candidates of this chapter are being written."
    ),
    WriterKind.CONTINUATION: QT_TRANSLATE_NOOP(
        "Wording", "A continuation of this chapter is being written."
    ),
    WriterKind.REVISION: QT_TRANSLATE_NOOP(
        "Wording", "A passage of this chapter is being revised."
    ),
    WriterKind.AUTO: QT_TRANSLATE_NOOP("Wording", "The auto-writer is writing this chapter."),
}
_ELSEWHERE = {
    Program.WINDOW: QT_TRANSLATE_NOOP(
        "Wording", "Another window of Arboris is writing this chapter (process {process})."
    ),
    Program.COMMAND: QT_TRANSLATE_NOOP(
        "Wording", "A command in a terminal is writing this chapter (process {process})."
    ),
}

_WORDS: dict[ErrorKind, tuple[str, str, str]] = {
    **MODEL_FAILURES,
    ErrorKind.DISK_FULL: (
        QT_TRANSLATE_NOOP("ErrorWords", "The disk is full."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "What was saved before is safe; what is in the window is not saved yet."
        ),
        QT_TRANSLATE_NOOP("ErrorWords", "Make room on the disk, then save or retry."),
    ),
    ErrorKind.FILE_SIZE_LIMIT: (
        QT_TRANSLATE_NOOP(
            "ErrorWords", "A file would be larger than this disk or your account allows."
        ),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "What was saved before is safe; what is in the window is not saved yet."
        ),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Some disks hold no file over 4 GB, and some accounts have a limit (ulimit -f). Raise "
            "it, or use another disk, then save or retry.",
        ),
    ),
    ErrorKind.DISK_ERROR: (
        QT_TRANSLATE_NOOP("ErrorWords", "The disk reported an error."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "What was saved before is safe; what is in the window is not saved yet."
        ),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Check that the disk or network drive is connected and works, then save or retry.",
        ),
    ),
    ErrorKind.DISK_UNSUITABLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "This disk cannot hold the file of your novels."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "It is probably a network or cloud folder. Keep your novels in a folder on a disk of"
            " this computer: the variable ARBORIS_HOME names it.",
        ),
    ),
    ErrorKind.DATABASE_AWAY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file of your novels is not where its link leads."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Connect the disk that it is on, or correct the link, then start again."
        ),
    ),
    ErrorKind.DATABASE_LOCKED: (
        QT_TRANSLATE_NOOP("ErrorWords", "Another program is using the file of your novels."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Close other copies of Arboris, or wait for a backup to end, and retry."
        ),
    ),
    ErrorKind.DATABASE_UNREACHABLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The server with your novels cannot be reached."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Check that the database runs and that its address is right, then retry."
        ),
    ),
    ErrorKind.DATABASE_READ_ONLY: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file of your novels cannot be written to."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP("ErrorWords", "Check the permissions of the folder that holds it."),
    ),
    ErrorKind.PATH_TOO_LONG: (
        QT_TRANSLATE_NOOP("ErrorWords", "The path is too long to keep novels there."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP("ErrorWords", "Choose a folder with a shorter path."),
    ),
    ErrorKind.DATABASE_CORRUPT: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file of your novels is damaged."),
        QT_TRANSLATE_NOOP("ErrorWords", "It was left as it is, and the backups are beside it."),
        QT_TRANSLATE_NOOP("ErrorWords", "Restore the newest backup. Do not delete the file."),
    ),
    ErrorKind.BACKUP_DAMAGED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The backup is damaged or was not made by Arboris."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP("ErrorWords", "Choose another backup."),
    ),
    ErrorKind.DATABASE_EXCHANGED: (
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "The file of your novels is not the one that was opened: it was moved, deleted, or "
            "replaced by another.",
        ),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Nothing more is written, so that no file is harmed. Text that is not stored is put "
            "aside.",
        ),
        QT_TRANSLATE_NOOP(
            "ErrorWords",
            "Quit, make sure that the right file is in its place, and start Arboris again. Do "
            "not let any program synchronise its folder while Arboris is open.",
        ),
    ),
    ErrorKind.DATABASE_TOO_NEW: (
        QT_TRANSLATE_NOOP("ErrorWords", "Your novels were saved by a newer version of Arboris."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing was changed in the file."),
        QT_TRANSLATE_NOOP("ErrorWords", "Install the newest version of Arboris."),
    ),
    ErrorKind.FILE_UNREADABLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file cannot be read, or is of an unknown kind."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Check that the file is complete and that you may open it."
        ),
    ),
    ErrorKind.FILE_UNWRITABLE: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file cannot be written there."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Choose another folder, or check that you may write to this one."
        ),
    ),
    ErrorKind.NOVEL_FILE_DAMAGED: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file is damaged, or is not an Arboris novel."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing of it was imported; your other novels are safe."),
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Copy the file again from its source, or export the novel there again."
        ),
    ),
    ErrorKind.NOVEL_FILE_TOO_NEW: (
        QT_TRANSLATE_NOOP("ErrorWords", "The file was made by a newer version of Arboris."),
        QT_TRANSLATE_NOOP("ErrorWords", "Nothing of it was imported; your other novels are safe."),
        QT_TRANSLATE_NOOP("ErrorWords", "Install the newest version of Arboris."),
    ),
    ErrorKind.INTERNAL: (
        QT_TRANSLATE_NOOP("ErrorWords", "Something went wrong inside Arboris."),
        NOTHING_CHANGED,
        QT_TRANSLATE_NOOP(
            "ErrorWords", "Retry. If it happens again, please report it with the details below."
        ),
    ),
    **{kind: (why, NOTHING_CHANGED, to_do) for kind, (why, to_do) in REFUSALS.items()},
}
