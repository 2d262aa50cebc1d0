"""Checking a prompt that the author has changed: whether it can be used, and what it lacks."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record
from arboris_desktop.llm.prompts import PromptSections, parse_prompt


class ProblemKind(StrEnum):
    """A kind of fault in a prompt."""

    NO_SECTIONS = "no_sections"
    """The lines ``# system`` and ``# user`` are not both there, in this order."""
    EMPTY_SECTION = "empty_section"
    LONE_DOLLAR = "lone_dollar"
    """A dollar sign that neither begins a placeholder nor is doubled."""
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    MISSING_PLACEHOLDER = "missing_placeholder"
    MISSING_FENCE = "missing_fence"
    """The mark that keeps a text from being taken for instructions is missing."""


_WARNINGS = frozenset({ProblemKind.MISSING_PLACEHOLDER, ProblemKind.MISSING_FENCE})


@record
class PromptProblem:
    """One fault; ``name`` is the placeholder that it concerns, if any."""

    kind: ProblemKind
    name: str = ""

    @property
    def is_warning(self) -> bool:
        """True if the prompt can be used nevertheless."""
        return self.kind in _WARNINGS


def check_prompt(text: str, ours: str) -> list[PromptProblem]:
    """Returns the faults of a text that is to replace one of our prompts, errors first."""
    try:
        sections = parse_prompt(text)
    except ValueError:
        return [PromptProblem(ProblemKind.NO_SECTIONS)]
    if not (sections.system.strip() and sections.user.strip()):
        return [PromptProblem(ProblemKind.EMPTY_SECTION)]
    if not sections.is_valid():
        return [PromptProblem(ProblemKind.LONE_DOLLAR)]
    model = parse_prompt(ours)
    known, used = model.placeholders(), sections.placeholders()
    problems = [PromptProblem(ProblemKind.UNKNOWN_PLACEHOLDER, n) for n in sorted(used - known)]
    problems += [PromptProblem(ProblemKind.MISSING_PLACEHOLDER, n) for n in sorted(known - used)]
    if _marks(sections) < _marks(model):
        problems.append(PromptProblem(ProblemKind.MISSING_FENCE))
    return problems


def _marks(sections: PromptSections) -> int:
    return (sections.system + sections.user).count("$mark")
