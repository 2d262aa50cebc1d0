"""Events of a chapter that is being written."""

from __future__ import annotations

from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.llm.provider import CallPhase


@record
class DraftStarted:
    """The request has been sent; ``text`` is the draft that is being continued, if any."""

    text: str
    provider: str
    prompt_tokens: int


@record
class DraftWaits:
    """The phase of the call before its words arrive."""

    phase: CallPhase


@record
class DraftText:
    """More of the chapter."""

    text: str


@record
class DraftReplaced:
    """Some of the text did not belong to the chapter: ``text`` is the whole draft without it."""

    text: str


@record
class DraftContinued:
    """The chapter is too short and is continued for the ``number``-th time."""

    number: int
    word_count: int
    target_words: int


@record
class ChapterWritten:
    """The complete text, not yet stored as a version, and the cost of all its calls.

    ``word`` is the provider's for the end. ``raw`` is what the model sent, if something was removed
    from it; ``doubtful`` the last words, which may not belong to the chapter. ``only_read``: see
    ``StreamEnd``.
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
