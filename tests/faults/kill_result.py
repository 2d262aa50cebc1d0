"""The result of a round."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Found:
    """``what`` the kill left, in words; ``hit``: it met the phase meant; what is violated.

    ``lost_seconds`` is how much of a streamed text was not yet in the draft, where one streamed;
    ``typed_lost_seconds`` how much of the typing was not yet saved, where somebody typed.
    """

    what: str
    hit: bool
    problems: list[str] = field(default_factory=list)
    lost_seconds: float | None = None
    typed_lost_seconds: float | None = None
