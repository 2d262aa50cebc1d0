"""Words for a chapter that is being written already: by what, where, and what to do."""

from __future__ import annotations

from arboris_desktop.domain.chapter_writers import ChapterWriter, Program, WriterKind
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

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


def who_writes(writer: ChapterWriter, *, is_here: bool) -> str:
    """A sentence that says what writes a chapter, and where if not in this window."""
    if is_here:
        return Wording.tr(_HERE[writer.kind])
    return Wording.tr(_ELSEWHERE[writer.program]).format(process=writer.process)


def what_to_do(*, is_here: bool) -> str:
    """Advice on how to write the chapter all the same."""
    if is_here:
        return Wording.tr("Wait until that is done, or stop it: Chapter → Stop Writing.")
    return Wording.tr("Wait until that is done, or stop it there.")
