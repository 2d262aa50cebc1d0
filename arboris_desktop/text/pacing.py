"""Measures of the pace of a text, counted without asking a model."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.patterns import lazy_pattern

_SPEECH = lazy_pattern(r"“[^“”\n]*”?|「[^「」\n]*」?|『[^『』\n]*』?|\"[^\"\n]*\"?")
_SENTENCE_END = lazy_pattern(r"[。！？!?…]+[”’」』\"')]*|\.+[”’\"')]*(?=\s|$)|\n+")


@record
class Pacing:
    """The pace of a chapter, counted.

    ``length`` and ``sentence_length`` are in words, or characters for Chinese; ``dialogue_share``
    is the share of speech in quotation marks among all that is not white space, from 0 to 1.
    """

    length: int
    dialogue_share: float
    sentence_length: float


def measure_pacing(text: str, language: Language) -> Pacing:
    """Counts the pace of a text; an empty text has none."""
    length = count_words(text, language)
    visible = _visible(text)
    spoken = sum(_visible(match[0]) for match in _SPEECH.finditer(text))
    sentences = [part for part in _SENTENCE_END.split(text) if count_words(part, language)]
    return Pacing(
        length,
        min(spoken / visible, 1.0) if visible else 0.0,
        length / len(sentences) if sentences else 0.0,
    )


def _visible(text: str) -> int:
    return sum(not character.isspace() for character in text)
