"""The report of the making of a book: stage by stage, and by the questions to the model."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from arboris_desktop.domain.model_calls import CallOutcome, ModelCall
from arboris_desktop.domain.spent import all_spent

IN_WORDS = frozenset({"blueprint_field", "plan_one_chapter"})
"""The questions that are put in plain words to a model that could not answer in a form."""


class BookReport:
    """Collects figures; ``calls`` tells all calls of the book until now, the oldest first."""

    def __init__(self, calls: Callable[[], list[ModelCall]]) -> None:
        self._calls = calls
        self.figures: dict[str, Any] = {"finished": False, "failed": None}
        self._stages: dict[str, dict[str, Any]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[dict[str, Any]]:
        """Measures a stage, also one that fails; what it found goes into the dictionary."""
        found: dict[str, Any] = {}
        self._stages[name] = found
        before, began = len(self._calls()), time.monotonic()
        try:
            yield found
        finally:
            seconds = round(time.monotonic() - began, 1)
            taken = summed_up(self._calls()[before:])
            self._stages[name] = {"seconds": seconds} | taken | found

    def to_json(self) -> dict[str, Any]:
        """The whole report, as far as the book has come."""
        calls = self._calls()
        return self.figures | {
            "stages": self._stages,
            "total": summed_up(calls),
            "by_task": _grouped(calls, lambda call: call.purpose.task.value),
            "by_prompt": _grouped(calls, lambda call: call.purpose.prompt),
        }


def summed_up(calls: Iterable[ModelCall]) -> dict[str, Any]:
    """The number of questions to the model, and what they took.

    ``again`` are calls beyond the first for one question about one chapter, or about the book as a
    whole: an answer that was not usable, or a part of a longer one. ``in_words`` are those for a
    model that could not answer in a form.
    """
    calls = list(calls)
    asked = Counter(
        (call.purpose.prompt, call.purpose.chapter_id)
        for call in calls
        if call.purpose.prompt not in IN_WORDS
    )
    spent = all_spent(call.spent for call in calls)
    return {
        "calls": len(calls),
        "failed": sum(call.outcome is CallOutcome.FAILED for call in calls),
        "again": asked.total() - len(asked),
        "in_words": sum(call.purpose.prompt in IN_WORDS for call in calls),
        "prompt_tokens": spent.usage.prompt_tokens,
        "completion_tokens": spent.usage.completion_tokens,
        "model_seconds": round(sum(call.duration_seconds for call in calls), 1),
        "cost": dict(spent.money),
        "unpriced_calls": spent.unpriced,
    }


def _grouped(
    calls: list[ModelCall], name_of: Callable[[ModelCall], str]
) -> dict[str, dict[str, Any]]:
    names = sorted({name_of(call) for call in calls})
    return {name: summed_up(call for call in calls if name_of(call) == name) for name in names}
