"""Words of the rows in the outline's tree."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan
from arboris_desktop.domain.record import record
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.outline.outline_rows import ChapterRow, GapRow, VolumeRow
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import bracketed, chapter_name, words

_EXCERPT = 140


@record
class Cells:
    """The columns of a row, and its other texts. ``title`` is the editable part."""

    columns: tuple[str, str, str, str]
    icon: str
    title: str
    tooltip: str
    accessible: str


def short_name(chapter: ChapterPlan) -> str:
    """Returns the number of a chapter as its author gives it; its title if that stands alone."""
    title = "" if chapter.label is None or chapter.label else chapter.title.strip()
    return chapter_name(chapter.number, title, chapter.label)


class OutlineWords:
    """Describes rows in the current language; lengths are counted as in that of the novel."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def of(self, row: VolumeRow | ChapterRow | GapRow) -> Cells:
        """Returns the text of a row."""
        if isinstance(row, ChapterRow):
            return self._chapter(row.chapter)
        return self._gap(row) if isinstance(row, GapRow) else self._volume(row)

    def _chapter(self, chapter: ChapterPlan) -> Cells:
        name = chapter_name(chapter.number, chapter.title.strip(), chapter.label)
        state, icon_name = chapter_plan_state(chapter)
        length = words(chapter.word_count, self.language) if chapter.is_written else ""
        tooltip = "".join(map(plain_tooltip, (name, state, chapter.plan.strip())))
        columns = (name, one_line(chapter.plan[:_EXCERPT]), state, length)
        return Cells(columns, icon_name, chapter.title, tooltip, f"{name}, {state}")

    def _gap(self, row: GapRow) -> Cells:
        name = Wording.tr("{numbers} missing").format(numbers=row.range)
        count = Wording.tr("%n chapter(s) to be planned", "", len(row.range))
        return Cells((name, count, "", ""), "warning", "", plain_tooltip(name), f"{name}, {count}")

    def _volume(self, row: VolumeRow) -> Cells:
        name = group_name(row)
        title, summary = ("", "") if row.volume is None else (row.volume.title, row.volume.summary)
        length = words(row.word_count, self.language) if row.word_count else ""
        count = chapter_count(row.chapter_count)
        columns = (name, one_line(summary[:_EXCERPT]), count, length)
        tooltip = "".join(map(plain_tooltip, (name, summary.strip())))
        return Cells(columns, "volume", title, tooltip, f"{name}, {count}")


def chapter_plan_state(chapter: ChapterPlan) -> tuple[str, str]:
    """Returns the state of a chapter, and the icon for it."""
    if chapter.is_written:
        return Wording.tr("Written"), "chapter-written"
    if chapter.has_text:
        return Wording.tr("Has a draft"), "chapter-writing"
    if chapter.is_blank:
        return Wording.tr("No plan yet"), "edit"
    return Wording.tr("Planned"), "chapter-planned"


def chapter_count(count: int) -> str:
    """Returns a number of chapters."""
    return Wording.tr("%n chapter(s)", "", count)


def group_name(row: VolumeRow) -> str:
    """Returns the name of a volume, with the numbers of its chapters."""
    if row.volume is None:
        name = Wording.tr("Without a volume")
    elif row.volume.title.strip():
        name = Wording.tr("Volume {number}: {title}")
        name = name.format(number=row.position, title=row.volume.title.strip())
    else:
        name = Wording.tr("Volume {number}").format(number=row.position)
    return bracketed(name, str(row.range)) if len(row.range) else name
