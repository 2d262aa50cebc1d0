"""The base class of desks that follow the open novel."""

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
    """A desk that works on the open novel; its state is cleared when the novel is closed."""

    changed = Signal(object)
    """The ``Changes`` made to the open novel here."""

    shows = Changes()
    """The parts of the novel that are read again when they change."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._novel: OpenNovel | None = None

    def open_novel(self, novel: OpenNovel) -> None:
        """Follows a newly opened novel."""
        self._novel = novel
        self.refresh()

    @Slot(object)
    def follow(self, changes: Changes) -> None:
        """Reads again what is shown, if it has changed."""
        if changes.initiator is not self and changes.touch(self.shows):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Reads again what is shown of the novel."""

    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Follows the shown chapter of the novel, also when it is shown again."""

    def end_novel(self) -> None:
        """Clears everything about the novel, which is no longer open."""
        self._novel = None

    @property
    def _chapter(self) -> ChapterOverview | None:
        """The shown chapter."""
        return None if self._novel is None else self._novel.chapter


def of_novel(
    method: Callable[Concatenate[AnyDesk, OpenNovel, Arguments], Work],
) -> Callable[Concatenate[AnyDesk, Arguments], None]:
    """Makes a slot of a coroutine about the open novel.

    Without an open novel, nothing starts; when the novel is closed, the coroutine is cancelled.
    """
    count = taken_by(method) - 2

    @wraps(method)
    def begin(desk: AnyDesk, *given: Any, **named: Any) -> None:
        if (novel := desk._novel) is not None:
            novel.spawn(method(desk, novel, *given[:count], **named))

    return cast(Callable[Concatenate[AnyDesk, Arguments], None], begin)


def once_of_novel(
    method: Callable[Concatenate[AnyDesk, OpenNovel, Arguments], Work],
) -> Callable[Concatenate[AnyDesk, Arguments], None]:
    """Makes a slot of a coroutine as ``of_novel`` does: one of the same arguments at a time."""
    count = taken_by(method) - 2

    @wraps(method)
    def begin(desk: AnyDesk, *given: Any, **named: Any) -> None:
        asked = given[:count]
        if (novel := desk._novel) is not None:
            action = (method.__name__, novel.id, asked, named)
            desk.begin_once(action, lambda: novel.spawn(method(desk, novel, *asked, **named)))

    return cast(Callable[Concatenate[AnyDesk, Arguments], None], begin)
