"""Instructions for the model that came with a file, and are not in force until accepted."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record


class InstructionKind(StrEnum):
    """A kind of instruction, each of which is told to the model with other texts."""

    PROMPT = "prompt"
    VOICE = "voice"
    SAMPLE = "sample"
    RULE = "rule"


@record
class Instruction:
    """One text that the model would be told; a prompt has its name and language."""

    kind: InstructionKind
    content: str
    name: str = ""
    language: Language | None = None


@record
class Arrivals:
    """Things that came with a novel's file and wait for a decision.

    ``resting`` is the number of chapters whose analysis was queued on the other computer.
    """

    resting: int = 0
    instructions: tuple[Instruction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if nothing waits."""
        return not (self.resting or self.instructions)
