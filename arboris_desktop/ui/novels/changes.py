"""Change events of the open novel."""

from __future__ import annotations

from dataclasses import fields

from arboris_desktop.domain.record import record


@record
class Changes:
    """Parts of a novel that were changed. Desks that show one of them read it again."""

    novel: bool = False
    """Its title or premise."""
    outline: bool = False
    """Its volumes and chapters: their order, titles and plans."""
    texts: bool = False
    """The texts of chapters, with their lengths and drafts."""
    tasks: bool = False
    """The set of chapters that are being analysed, or have been."""
    codex: bool = False
    """Entries and facts, and the places of facts in the text."""
    candidates: bool = False
    """Versions of a chapter that wait for the author's choice."""
    others: bool = False
    """Anything else that another process may have done: runs of the auto-writer, imports."""
    initiator: object = None
    """The desk that made the change and shows it already."""

    def touch(self, shown: Changes) -> bool:
        """True if a shown part has changed."""
        return any(getattr(self, part) and getattr(shown, part) for part in _PARTS)


_PARTS = tuple(field.name for field in fields(Changes) if field.name != "initiator")

EVERYTHING = Changes(*(True for _part in _PARTS))
"""Nobody knows what: another process wrote, or much was done at once."""
