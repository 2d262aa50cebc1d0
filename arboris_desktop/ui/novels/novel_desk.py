"""The base of the desks that follow the open novel."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.work.desk import Desk, Work, taken_by

Arguments = ParamSpec("Arguments")
AnyDesk = TypeVar("AnyDesk", bound="NovelDesk")


class NovelDesk(Desk):
    """A desk that works on whichever novel is open; what it keeps of one ends with it."""

    changed = Signal(object)
    """The ``Changes`` that were made of the open novel here."""

    shows = Changes()
    """The parts of the novel that are read again when they are others."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._novel: OpenNovel | None = None

    def open_novel(self, novel: OpenNovel) -> None:
        """This novel is open from now on."""
        self._novel = novel
        self.refresh()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Reads again what is shown, if that has changed."""
        if changes.initiator is not self and changes.touch(self.shows):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reads again what is shown of the novel."""

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Follows a chapter of the novel that is shown from now on, or again."""

    def end_novel(self) -> None:
        """The novel is not open any more: nothing of it is shown or kept."""
        self._novel = None

    @property
    def _chapter(self) -> ChapterOverview | None:
        """The chapter that is shown."""
        return None if self._novel is None else self._novel.chapter


def of_novel(
    method: Callable[Concatenate[AnyDesk, OpenNovel, Arguments], Work],
) -> Callable[Concatenate[AnyDesk, Arguments], None]:
    """Makes a slot of a coroutine about the open novel: without one, nothing is begun; when it
    ends, so does the coroutine."""
    count = taken_by(method) - 2

    @wraps(method)
    def begin(desk: AnyDesk, *given: Any, **named: Any) -> None:
        if (novel := desk._novel) is not None:
            novel.spawn(method(desk, novel, *given[:count], **named))

    return cast(Callable[Concatenate[AnyDesk, Arguments], None], begin)
