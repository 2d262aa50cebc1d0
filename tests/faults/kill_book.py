"""The book of the kill rounds: every chapter's text, and what a perfect model finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STEPS = (
    "summary",
    "character_tracking",
    "new_characters",
    "world_expansion",
    "foreshadowing",
)
"""The steps of an analysis, in the order in which the app asks for them."""

FACTS_PER_STEP = 6
"""As many as the app allows a model with a small context."""

_SENTENCES = {
    "character_tracking": "Keeper {name} lost the key of the tower.",
    "new_characters": "A stranger called Guest {name} knocked at the door.",
    "world_expansion": "Beyond the dunes lay the village of Place {name}.",
    "foreshadowing": "Nobody knew who had lit the lamp {name} that night.",
}
_PADDING = "The wind came from the sea and carried salt over the roofs around {name}."
"""No two alike: what a part of a chapter says again and again counts as a model in circles."""


@dataclass(frozen=True, slots=True)
class BookChapter:
    """A chapter as the server writes it. No two chapters share a sentence that proves a fact."""

    number: int

    @property
    def text(self) -> str:
        """The whole chapter, long enough for every step to run."""
        paragraphs = [self.mark]
        paragraphs += [
            " ".join(
                [
                    *(self.sentence(step, k) for step in _SENTENCES),
                    _PADDING.format(name=self._name(k)),
                ]
            )
            for k in range(FACTS_PER_STEP)
        ]
        return "\n\n".join(paragraphs)

    @property
    def mark(self) -> str:
        """The first sentence, by which a request about this chapter is known."""
        return f"This is what the keeper wrote on day {self.number:03}."

    @property
    def summary(self) -> str:
        """The model's answer when asked for a summary."""
        return f"The keeper's day {self.number:03}."

    def sentence(self, step: str, k: int) -> str:
        """The sentence that proves the k-th fact of a step."""
        return _SENTENCES[step].format(name=self._name(k))

    def quotations(self) -> list[str]:
        """The proof of every fact of the chapter; each belongs into the codex once."""
        return sorted(self.sentence(step, k) for step in _SENTENCES for k in range(FACTS_PER_STEP))

    def _name(self, k: int) -> str:
        return f"N{self.number:03}{chr(ord('a') + k)}"

    def answer(self, step: str) -> Mapping[str, Any]:
        """The model's answer in one step, in the app's schema."""
        facts = [self._fact(step, k) for k in range(FACTS_PER_STEP)]
        return {_LISTS[step]: facts}

    def _fact(self, step: str, k: int) -> dict[str, Any]:
        name = self._name(k)
        fields: dict[str, dict[str, Any]] = {
            "character_tracking": {
                "character": f"Keeper {name}",
                "change": f"Keeper {name} has no key.",
                "reason": "It was lost.",
            },
            "new_characters": {
                "name": f"Guest {name}",
                "aliases": [],
                "role": "minor",
                "description": f"Guest {name} is a stranger.",
            },
            "world_expansion": {
                "category": "location",
                "name": f"Place {name}",
                "description": f"Place {name} is a village.",
            },
            "foreshadowing": {"content": f"Who lit the lamp {name}?", "kind": "mystery"},
        }
        return {"quotation": self.sentence(step, k), **fields[step], "confidence": 0.9}


_LISTS = {
    "character_tracking": "changes",
    "new_characters": "characters",
    "world_expansion": "entries",
    "foreshadowing": "seeds",
}
