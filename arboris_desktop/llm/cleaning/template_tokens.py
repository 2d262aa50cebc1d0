"""Taking the tokens of chat templates out of an answer: ``<|im_end|>`` and its like.

A server that does not know its model's template lets them through. Before the text they are the
frame of the answer; after it they are its end, and what follows is a turn that nobody asked for.
"""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_ANY = r"<\|/?[A-Za-z][A-Za-z0-9_▁/.\- ]{0,40}\|>|<｜[^｜<>\n]{1,40}｜>"
_NAMED = (
    r"</?s>|<eos>|<bos>|<pad>|<eod>|<EOT>|<end_of_turn>|<start_of_turn>|<turn\|>|<\|turn>"
    r"|<end_of_utterance>|<end_of_text>|<endoftext>|\[/?INST\]|<<SYS>>|\[EOS\]|\[BOS\]|\[gMASK\]|<sop>"
    r"|<reserved_\d+>|<extra_id_\d+>"
)
_TOKEN = lazy_pattern(rf"{_ANY}|{_NAMED}")
_ROLES = ("assistant", "model", "system", "user", "human", "bot", "final")
_ROLE = "|".join(_ROLES)
_FRAME = lazy_pattern(
    rf"\s*(?:(?:{_ANY}|{_NAMED})\s*(?:(?:{_ROLE})(?=\s*(?:\n|<)))?)+\s*", re.IGNORECASE
)
_STRUCK_OUT = lazy_pattern(r"<s>|</s>")
_LONGEST = 48
_HELD_WORDS = (
    "</s>",
    "<s>",
    "<eos>",
    "<bos>",
    "<pad>",
    "<eod>",
    "<eot>",
    "<end_of_turn>",
    "<start_of_turn>",
    "<turn|>",
    "<end_of_utterance>",
    "<end_of_text>",
    "<endoftext>",
    "[/inst]",
    "[inst]",
    "<<sys>>",
    "[eos]",
    "[bos]",
    "[gmask]",
    "<sop>",
)
_HELD = lazy_pattern(r"<[|｜][^|｜<>\n]{0,42}[|｜]?$|<(?:reserved|extra_id)_\d*$")


class TemplateTokenFilter:
    """Takes an answer in pieces and gives it without tokens; ``found`` says whether there were."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        self._struck_out = False
        self._ended = False
        self.found = False

    @property
    def has_ended(self) -> bool:
        """True if a token said that the answer is over, so that nothing more is given."""
        return self._ended

    def feed(self, text: str) -> str:
        """What of the next piece, and of what was held back, is text."""
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> str:
        """What was held back, at the end."""
        return self._sift(ended=True)

    def restart(self) -> None:
        """Forgets what came: it was no answer."""
        self._held, self._begun, self._struck_out, self._ended = "", False, False, False

    def _sift(self, *, ended: bool) -> str:
        if self._ended:
            self._held = ""
            return ""
        if not self._begun and not self._begin(ended):
            return ""
        token = self._next_token()
        if token is not None:
            self.found = self._ended = True
            text, self._held = self._held[: token.start()].rstrip(), ""
            return text
        keep = 0 if ended else _length_held(self._held)
        text, self._held = (
            self._held[: len(self._held) - keep],
            self._held[len(self._held) - keep :],
        )
        return text

    def _begin(self, ended: bool) -> bool:
        """Takes the frame off; true once the text has begun."""
        start = self._held.lstrip()
        if not start:
            return ended
        if found := _FRAME.match(self._held):
            self.found = True
            rest = self._held[found.end() :]
            if not ended and (_may_be_role(rest) or _length_held(rest) == len(rest)):
                return False
            self._held = rest
        elif not ended and len(start) < _LONGEST and _length_held(start) == len(start):
            return False
        self._begun = True
        return True

    def _next_token(self) -> re.Match[str] | None:
        for token in _TOKEN.finditer(self._held):
            if not self._is_strike_out(token[0]):
                return token
        return None

    def _is_strike_out(self, token: str) -> bool:
        """True if it is the mark of words that the author of a letter has struck out."""
        if token == "<s>":
            self._struck_out = True
            return True
        was, self._struck_out = self._struck_out, False
        return token == "</s>" and was


def without_tokens(text: str) -> str:
    """A whole answer without the tokens of templates."""
    sieve = TemplateTokenFilter()
    return sieve.feed(text) + sieve.finish()


def _may_be_role(text: str) -> bool:
    return any(role.startswith(text.lower()) for role in _ROLES)


def _length_held(text: str) -> int:
    """How many characters at the end may be the beginning of a token."""
    window = text[-_LONGEST:]
    for at in range(len(window)):
        if window[at] not in "<[":
            continue
        tail = window[at:].lower()
        if any(word.startswith(tail) for word in _HELD_WORDS if word != tail) or _HELD.search(tail):
            return len(window) - at
    return 0
