"""Reads the open novel, and prepares its tree, off the GUI thread."""

from __future__ import annotations

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.record import record
from arboris_desktop.ui.novels.chapter_rows import arranged
from arboris_desktop.ui.widgets.keyed_tree import WantedTree
from arboris_desktop.writing.novels import NovelContents, Novels


@record
class NovelReading:
    """A novel as read: with its tree, or only the chapters that have changed."""

    contents: NovelContents
    tree: WantedTree | None
    changed: tuple[ChapterOverview, ...] = ()


class NovelReader:
    """Reads one novel repeatedly; each result is compared with the previous one."""

    def __init__(self, novels: Novels, project_id: str) -> None:
        self._novels = novels
        self._project_id = project_id
        self._last: NovelContents | None = None

    def read(self) -> NovelReading:
        """Returns the present state of the novel. Raises ``NotFoundError``.

        Call it in the order of operations, and show every result.
        """
        last, contents = self._last, self._novels.open(self._project_id)
        self._last = contents
        if last is None or _outline_of(last) != _outline_of(contents):
            return NovelReading(contents, arranged(contents.volumes, contents.chapters))
        pairs = zip(last.chapters, contents.chapters, strict=True)
        return NovelReading(contents, None, tuple(new for old, new in pairs if old != new))


def _outline_of(contents: NovelContents) -> tuple[object, ...]:
    """Returns the values that determine which rows there are, and in which order."""
    chapters = [(each.id, each.number, each.volume_id) for each in contents.chapters]
    return contents.project.language, contents.volumes, chapters
