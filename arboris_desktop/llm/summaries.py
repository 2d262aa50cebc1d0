"""The summary in an answer."""

from __future__ import annotations

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.cleaning.prose import clean_prose, is_refusal
from arboris_desktop.llm.provider import Completion


def summary_in(answer: Completion) -> str:
    """What is to be kept of an answer that was asked to summarise; it may be cut.

    Raises ``ProviderError`` when the model declined, said nothing, or when nobody knows whether
    it had said all.
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
