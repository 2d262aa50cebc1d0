"""Events of a chapter that is being written."""

from __future__ import annotations

from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.llm.provider import CallPhase


@record
class DraftStarted:
    """The request is under way; ``text`` is the draft that is being continued, if any."""

    text: str
    provider: str
    prompt_tokens: int


@record
class DraftWaits:
    """Tells which phase the call is in before its words come."""

    phase: CallPhase


@record
class DraftText:
    """Some more of the chapter."""

    text: str


@record
class DraftReplaced:
    """Some of what came was not the chapter: ``text`` is the whole draft as it is now."""

    text: str


@record
class DraftContinued:
    """The chapter came out short and is continued, for the ``number``-th time."""

    number: int
    word_count: int
    target_words: int


@record
class ChapterWritten:
    """The whole text, not yet stored as a version, and what all the calls for it took.

    ``word`` is the provider's for the end. ``raw`` is what the model sent, where something was
    taken off that was not the chapter; ``doubtful`` the last words, which may not be either.
    ``only_read``: see ``StreamEnd``.
    """

    text: str
    provider: str
    word: str
    spent: Spent
    raw: str = ""
    doubtful: str = ""
    only_read: int = 0


WritingEvent = DraftStarted | DraftWaits | DraftText | DraftReplaced | DraftContinued
StreamEvent = WritingEvent | ChapterWritten
