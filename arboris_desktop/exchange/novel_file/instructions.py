"""The instructions for the model in a novel file: prompts, voice, samples and rules.

A forged file could tell the model anything. They are therefore put aside in the transaction that
stores the novel, and take effect only when the author accepts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.instructions import Instruction, InstructionKind
from arboris_desktop.llm.prompt_check import check_prompt
from arboris_desktop.llm.prompts import PromptLibrary, prompt_names
from arboris_desktop.storage.database import Transaction
from arboris_desktop.storage.writing.prompt_overrides import PromptOverrides


def set_aside(transaction: Transaction, project_id: str) -> None:
    """Puts the instructions of a new novel aside.

    A prompt that is unknown, equal to ours or unusable is dropped: it could never take effect.
    """
    overrides = transaction.prompt_overrides.of_project(project_id)
    guide = transaction.guides.get(project_id)
    already = [each for each in transaction.instructions.of_project(project_id) if _is_usable(each)]
    for name, language in overrides:
        transaction.prompt_overrides.reset(project_id, name, language)
    if not guide.is_empty:
        transaction.guides.set(project_id, WritingGuide())
    transaction.instructions.clear(project_id)
    found = [*already, *filter(_is_usable, [*_prompts(overrides), *_of_guide(guide)])]
    transaction.instructions.add(project_id, dict.fromkeys(found))


def accept(transaction: Transaction, project_id: str) -> None:
    """Puts the instructions into force; what the author has written here meanwhile stays."""
    found = transaction.instructions.of_project(project_id)
    for each in found:
        if each.kind is InstructionKind.PROMPT and each.language is not None:
            transaction.prompt_overrides.set(project_id, each.name, each.language, each.content)
    guide = transaction.guides.get(project_id)
    voice = next(iter(_texts(found, InstructionKind.VOICE)), "")
    joined = WritingGuide(
        guide.persona or voice,
        (*guide.style_samples, *_texts(found, InstructionKind.SAMPLE)),
        (*guide.constitution, *_texts(found, InstructionKind.RULE)),
    ).tidied()
    if joined != guide:
        transaction.guides.set(project_id, joined)
    transaction.instructions.clear(project_id)


def _prompts(overrides: PromptOverrides) -> Iterator[Instruction]:
    for (name, language), text in overrides.items():
        yield Instruction(InstructionKind.PROMPT, text, name, language)


def _of_guide(guide: WritingGuide) -> Iterator[Instruction]:
    if guide.persona.strip():
        yield Instruction(InstructionKind.VOICE, guide.persona)
    for sample in guide.style_samples:
        yield Instruction(InstructionKind.SAMPLE, sample)
    for rule in guide.constitution:
        yield Instruction(InstructionKind.RULE, rule)


def _is_usable(instruction: Instruction) -> bool:
    if not instruction.content.strip():
        return False
    if instruction.kind is not InstructionKind.PROMPT:
        return True
    if instruction.name not in prompt_names() or instruction.language is None:
        return False
    ours = PromptLibrary().our_text(instruction.name, instruction.language)
    problems = check_prompt(instruction.content, ours)
    differs = instruction.content.strip() != ours.strip()
    return differs and all(problem.is_warning for problem in problems)


def _texts(found: Iterable[Instruction], kind: InstructionKind) -> list[str]:
    return [each.content for each in found if each.kind is kind]
