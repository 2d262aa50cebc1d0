"""Words for the instructions in a file."""

from __future__ import annotations

from arboris_desktop.domain.instructions import Instruction, InstructionKind
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.prompts.words import prompt_name


def instruction_name(instruction: Instruction) -> str:
    """Returns the name of an instruction, in a few words."""
    match instruction.kind:
        case InstructionKind.PROMPT:
            return Wording.tr("Prompt: {name}").format(name=prompt_name(instruction.name))
        case InstructionKind.VOICE:
            return Wording.tr("The voice that tells the story")
        case InstructionKind.SAMPLE:
            return Wording.tr("A sample of style")
        case InstructionKind.RULE:
            return Wording.tr("A rule for every chapter")
