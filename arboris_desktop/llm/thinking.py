"""Taking the thinking of reasoning models out of their answers."""

from __future__ import annotations

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkFilter:
    """Removes one ``<think>...</think>`` at the start of a streamed text.

    The tags may be split over pieces. Later tags are text: a novel may contain them.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False
        self._decided = False

    def feed(self, text: str) -> str:
        """Takes the next piece; returns what of it, and of what was held back, is text."""
        if self._decided:
            return text
        self._held += text
        if not self._thinking:
            start = self._held.lstrip()
            if start.startswith(_OPEN):
                self._thinking = True
                self._held = start[len(_OPEN) :]
            elif _OPEN.startswith(start):
                return ""
            else:
                return self._release(self._held)
        return self._skip()

    def _skip(self) -> str:
        _, closed, rest = self._held.partition(_CLOSE)
        if not closed:
            self._held = self._held[-len(_CLOSE) + 1 :]
            return ""
        # The blank lines between the thinking and the answer are neither.
        if not rest.strip():
            self._held = _CLOSE
            return ""
        return self._release(rest.lstrip())

    def _release(self, text: str) -> str:
        self._decided = True
        self._held = ""
        return text

    def finish(self) -> str:
        """What was held back and is text after all, at the end of the stream."""
        return "" if self._thinking else self._release(self._held)


def without_thinking(text: str) -> str:
    """The part of a whole answer after its thinking.

    Also when the opening tag is missing, as it is where the chat template contains it.
    """
    return text.rpartition(_CLOSE)[2] if _CLOSE in text else text
