"""Extracting a summary from an answer."""

from __future__ import annotations

from collections.abc import Iterator

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.cleaning.prose import clean_prose, is_refusal
from arboris_desktop.llm.partial_json import strings_of
from arboris_desktop.llm.provider import Completion


def unwrapped_summary(said: str) -> str:
    """The words of a summary that was asked for as JSON and may be cut off.

    A plain-text answer is accepted as well.
    """
    return next(_named_summary(strings_of(said)), said)


def _named_summary(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    found = value.get("summary")
    if isinstance(found, str):
        yield found
    for inner in value.values():
        yield from _named_summary(inner)


def summary_in(answer: Completion) -> str:
    """Returns the summary in an answer, which may be cut off.

    Raises ``ProviderError`` if the model refused, said nothing, or may not have finished.
    """
    if is_refusal(answer.text):
        raise ProviderError(ErrorKind.MODEL_DECLINED, answer.text.strip()[:300])
    if answer.end is AnswerEnd.UNKNOWN:
        raise ProviderError(ErrorKind.UNKNOWN_END, f"the summary ended by: {answer.word}")
    text = clean_prose(answer.text).strip()
    if not text:
        raise ProviderError(
            ErrorKind.EMPTY_ANSWER, f"the summary is empty (its end: {answer.word or 'none'})"
        )
    return text
