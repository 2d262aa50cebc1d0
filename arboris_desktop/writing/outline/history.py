"""The changes of an outline that the author can take back."""

from __future__ import annotations

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.outline import Outline
from arboris_desktop.writing.outline.editing import Change, OutlineChange, OutlineEditing

_MOST_UNDONE = 50


class OutlineHistory:
    """Makes the structural changes of one novel, and remembers them.

    Both methods run in the order of the requests: an undo that is requested while a change
    is still being stored takes back that change, not the one before it.
    """

    def __init__(self, editing: OutlineEditing, project_id: str) -> None:
        self._editing = editing
        self._project_id = project_id
        self._made: list[OutlineChange] = []

    @property
    def can_undo(self) -> bool:
        """True if there is a change to take back."""
        return bool(self._made)

    def change(self, change: Change, *, may_lose_text: bool = False) -> OutlineChange:
        """Makes a change; see ``OutlineEditing.change``."""
        done = self._editing.change(self._project_id, change, may_lose_text=may_lose_text)
        if may_lose_text:
            self._made.clear()  # Nothing could restore what is lost.
        elif done.before is not done.after:
            self._made.append(done)
            del self._made[:-_MOST_UNDONE]
        return done

    def undo(self) -> Outline | None:
        """Takes the last change back; ``None`` if there is none. See ``OutlineEditing.undo``."""
        if not self._made:
            return None
        done = self._made.pop()
        try:
            return self._editing.undo(done)
        except RuleError:
            # Earlier changes cannot be undone either.
            self._made.clear()
            raise
        except Exception:
            self._made.append(done)
            raise
