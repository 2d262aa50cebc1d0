"""The guide to writing a novel: its voice, its style, and its rules."""

from __future__ import annotations

from arboris_desktop.domain.record import record

MAX_STYLE_SAMPLES = 5
MAX_RULES = 40


@record
class WritingGuide:
    """The author's instructions for every chapter of a novel.

    ``persona`` describes who tells the story and how; ``style_samples`` are passages that sound as
    the book should; ``constitution`` are rules that no chapter may break, a sentence each.
    """

    persona: str = ""
    style_samples: tuple[str, ...] = ()
    constitution: tuple[str, ...] = ()

    def tidied(self) -> WritingGuide:
        """The same without blank samples and rules, and without repeated rules."""
        rules = dict.fromkeys(" ".join(rule.split()) for rule in self.constitution)
        samples = (sample.strip() for sample in self.style_samples)
        return WritingGuide(
            self.persona.strip(),
            tuple(sample for sample in samples if sample)[:MAX_STYLE_SAMPLES],
            tuple(rule for rule in rules if rule)[:MAX_RULES],
        )

    @property
    def is_empty(self) -> bool:
        """True if it sets no rules."""
        return not (self.persona or self.style_samples or self.constitution)
