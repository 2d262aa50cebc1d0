"""Keeping a model's thinking out of its answer."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Removes a ``<think>`` block at the start of a streamed answer, however it is cut up."""

    def __init__(self) -> None:
        self._held = ""
        self._state = "start"

    def feed(self, text: str) -> str:
        """What of the text is answer; the rest is held back or dropped."""
        if self._state == "answer":
            return text
        self._held += text
        if self._state == "start":
            begun = self._held.lstrip()
            if begun.startswith(_OPEN):
                self._state = "thinking"
            elif not _OPEN.startswith(begun):
                return self._begin_answer(self._held)
        if self._state == "thinking" and _CLOSE in self._held:
            return self._begin_answer(self._held.split(_CLOSE, 1)[1].lstrip())
        return ""

    def finish(self) -> str:
        """What was held back at the end and turned out to be answer."""
        held = self._held if self._state == "start" else ""
        self._held = ""
        return held

    def _begin_answer(self, text: str) -> str:
        self._state, self._held = "answer", ""
        return text
