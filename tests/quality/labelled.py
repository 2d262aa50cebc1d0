"""The labelled chapters: two short novels, one English and one Chinese, with their true facts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.text.quotations import Span, locate

FOLDER = Path(__file__).parent / "labelled"


@dataclass(frozen=True, slots=True)
class LabelledFact:
    """A fact that a careful reader finds, and the passages of which each alone would prove it.

    ``label`` is the fact as the file has it, from which a perfect model's answer is made.
    """

    step: AnalysisStep
    name: str
    statement: str
    quotations: tuple[str, ...]
    aliases: tuple[str, ...]
    label: dict[str, Any]

    def spans(self, text: str) -> list[Span]:
        """The places of the passages; raises ``ValueError`` for one that is not in the text."""
        found = [locate(quotation, text) for quotation in self.quotations]
        if None in found:
            raise ValueError(f"not in the chapter: {self.quotations[found.index(None)]!r}")
        return [span for span in found if span is not None]


@dataclass(frozen=True, slots=True)
class LabelledChapter:
    """A chapter and everything that its analysis should find."""

    language: Language
    number: int
    title: str
    text: str
    facts: tuple[LabelledFact, ...]


def labelled_novel(language: Language) -> list[LabelledChapter]:
    """The chapters of that language in their order."""
    files = sorted((FOLDER / language.value).glob("*.toml"), key=lambda path: int(path.stem))
    return [_read(path) for path in files]


def _read(path: Path) -> LabelledChapter:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return LabelledChapter(
        language=Language(data["language"]),
        number=int(path.stem),
        title=data["title"],
        text=data["text"].strip(),
        facts=tuple(_fact(label) for label in data["fact"]),
    )


def _fact(label: dict[str, Any]) -> LabelledFact:
    return LabelledFact(
        step=AnalysisStep(label["step"]),
        name=label["name"],
        statement=label["statement"],
        quotations=(label["quotation"], *label.get("also", ())),
        aliases=tuple(label.get("aliases", ())),
        label=label,
    )
