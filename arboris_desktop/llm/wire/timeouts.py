"""Time limits for a server: until its first words, and between them.

Signs of life, such as a comment, a ping or a piece without content, extend the wait; but not for
ever, since a proxy may keep sending them by itself.
"""

from __future__ import annotations

import asyncio

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record

LIFE_FACTOR = 10
"""The factor by which signs of life may extend the wait."""


@record
class Timeouts:
    """Seconds: to connect, until the first words, and between words.

    ``first_token`` is for a server that is completely silent meanwhile, see ``LIFE_FACTOR``.
    """

    connect: float = 15.0
    first_token: float = 60.0
    stall: float = 60.0

    @classmethod
    def until_first_words(cls, seconds: float) -> Timeouts:
        """Returns limits with this time until the first words, and a fifth of it for the others."""
        return cls(first_token=seconds, stall=max(60.0, seconds / 5))


class RequestDeadline:
    """The deadline of one request, in the time of the running loop.

    ``streams`` means that pieces are expected; a whole answer shows no sign until its end.
    """

    def __init__(self, timeouts: Timeouts, *, streams: bool = True) -> None:
        self._timeouts = timeouts
        self._last_word = _now()
        self._began = False
        self._has_ended = False
        first = timeouts.first_token * (1 if streams else LIFE_FACTOR)
        self.deadline = self._last_word + first

    def sign_of_life(self) -> None:
        """Records a sign of life without words."""
        if self._has_ended:
            return
        wait = self._timeouts.stall if self._began else self._timeouts.first_token
        limit = self._last_word + LIFE_FACTOR * wait
        self.deadline = max(self.deadline, min(_now() + wait, limit))

    def word(self) -> None:
        """Records a piece of the answer, even if it is a thought."""
        self._began, self._has_ended = True, False
        self._last_word = _now()
        self.deadline = self._last_word + self._timeouts.stall

    def end_within(self, seconds: float) -> None:
        """Limits the wait for the rest of an answer that appears to be complete."""
        self._has_ended = True
        self.deadline = min(self.deadline, _now() + seconds)

    def silence(self) -> ProviderError:
        """Returns the error to raise once the deadline has passed."""
        if self._began:
            seconds = self._timeouts.stall
            return ProviderError(ErrorKind.STALLED, f"no further words for {seconds:g} s")
        seconds = self._timeouts.first_token
        return ProviderError(ErrorKind.FIRST_TOKEN_TIMEOUT, f"no words within {seconds:g} s")


def _now() -> float:
    return asyncio.get_running_loop().time()
