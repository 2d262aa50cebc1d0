"""Removing the tokens of chat templates from an answer: ``<|im_end|>`` and the like.

A server that does not know its model's template passes them through. Before the text they frame the
answer; after it they end it, and what follows is a turn that nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arboris_desktop.text.patterns import lazy_pattern

_ANY = r"<\|/?[A-Za-z][A-Za-z0-9_▁/.\- ]{0,40}\|>|<｜[^｜<>\n]{1,40}｜>"
_NAMED = (
    r"</?s>|<eos>|<bos>|<pad>|<eod>|<EOT>|<end_of_turn>|<start_of_turn>|<turn\|>|<\|turn>"
    r"|<end_of_[a-z]{3,12}>|<_end>|</(?:answer|final_answer|response|output|solution)>|<endoftext>|\[/?INST\]|<<SYS>>|\[EOS\]|\[BOS\]|\[gMASK\]|<sop>"
    r"|<reserved_\d+>|<extra_id_\d+>|\[\|[A-Za-z_]{2,20}\|\]|\[UNUSED_TOKEN_\d+\]|\[end of text\]"
    r"|</?im_(?:end|start)>|<unk>|<0x[0-9A-F]{2}>|<fim_(?:prefix|suffix|middle)>|\[e~\[|\]~b\]|\]~!b\["
)
_TOKEN = lazy_pattern(rf"{_ANY}|{_NAMED}")
_WRAPPER = lazy_pattern(
    r"\s*<(?P<name>answer|final_answer|final|response|output|solution|chapter|story|正文)>\s*",
    re.IGNORECASE,
)
"""A model that marks its thoughts may mark its answer as well."""

_TURNS = r"#{2,3} (?:Instruction|User|Human|Response|Assistant)s?:"
_TURN = lazy_pattern(rf"(?:^|\n){_TURNS}")
_FIRST_TURN = lazy_pattern(r"\s*(?:#{2,3} (?:Response|Assistant):|assistant(?=\s*\n))\s*")
"""Templates without special tokens, and what remains of one whose tokens were removed."""

_BROKEN_TOKEN = lazy_pattern(r"<\|(?:im_end|im_start|eot_id|endoftext|end_of_text)\|?$")
_ROLES = ("assistant", "model", "system", "user", "human", "bot", "final", "ai")
_ROLE = "|".join(_ROLES)
_FRAME = lazy_pattern(
    rf"\s*(?:(?:{_ANY}|{_NAMED})\s*(?:(?:{_ROLE})(?=\s*(?:\n|<)))?)+\s*", re.IGNORECASE
)
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
    "<_end>",
    "<endoftext>",
    "[/inst]",
    "[inst]",
    "<<sys>>",
    "[eos]",
    "[bos]",
    "[gmask]",
    "<sop>",
    "<unk>",
    "<im_start>",
    "<im_end>",
    "</im_end>",
    "[end of text]",
    "[unused_token_",
    "[e~[",
    "]~b]",
    "]~!b[",
)
_FRAME_WORDS = ("assistant\n", "### response:", "## response:", "### assistant:")
_HELD = lazy_pattern(
    r"<[|｜][^|｜<>\n]{0,42}[|｜]?$|<(?:reserved|extra_id)_\d*$|<0(?:x[0-9a-f]{0,2})?$"
    r"|</?[a-z_\u6b63\u6587]{0,20}$|\[(?:\|[a-z_]{0,20}\|?)?$|\[unused_token_\d*$"
    r"|\n#{0,3}$|\n#{2,3} (?:i[a-z]{0,10}|u[a-z]{0,4}|h[a-z]{0,5}|r[a-z]{0,8}|a[a-z]{0,9})?$"
)


class TemplateTokenFilter:
    """Reads an answer in pieces and returns it without tokens; ``found`` says whether there were
    any."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = False
        self._struck_out = False
        self._ended = False
        self._closing: str | None = None
        self.found = False

    @property
    def has_ended(self) -> bool:
        """True if a token has ended the answer, so that no more text is returned."""
        return self._ended

    def feed(self, text: str) -> str:
        """Returns the text in the next piece and in what was held back."""
        self._held += text
        return self._sift(ended=False)

    def finish(self) -> str:
        """Returns what was held back, once the answer has ended."""
        return self._sift(ended=True)

    def restart(self) -> None:
        """Discards what arrived: it was not the answer."""
        self._held, self._begun, self._struck_out, self._ended = "", False, False, False
        self._closing = None

    def _sift(self, *, ended: bool) -> str:
        if self._ended:
            self._held = ""
            return ""
        if not self._begun and not self._begin(ended):
            return ""
        end = self._end_of_text(ended)
        if end is not None:
            self.found = self._ended = True
            text, self._held = self._held[:end].rstrip(), ""
            return text
        keep = 0 if ended else _length_held(self._held)
        text, self._held = (
            self._held[: len(self._held) - keep],
            self._held[len(self._held) - keep :],
        )
        return text

    def _begin(self, ended: bool) -> bool:
        """Removes the frame; returns true once the text has begun."""
        start = self._held.lstrip()
        if not start:
            return ended
        if found := _FRAME.match(self._held):
            self.found = True
            rest = self._held[found.end() :]
            if not ended and (_may_be_role(rest) or _length_held(rest) == len(rest)):
                return False
            self._held = rest
        elif not ended and len(start) < _LONGEST and _may_be_frame(start):
            return False
        self._take_words()
        if self.found:
            self._held = self._held.lstrip()
        self._begun = bool(self._held) or ended
        return self._begun

    def _take_words(self) -> None:
        """Removes a worded announcement before the answer."""
        if turn := _FIRST_TURN.match(self._held):
            self.found = True
            self._held = self._held[turn.end() :]
        if wrapper := _WRAPPER.match(self._held):
            self.found = True
            self._closing = f"</{wrapper['name'].lower()}>"
            self._held = self._held[wrapper.end() :]

    def _end_of_text(self, ended: bool) -> int | None:
        """Returns the position of a token that ends the text."""
        places = [token.start() for token in self._tokens()]
        if self._closing and (at := self._held.lower().find(self._closing)) >= 0:
            places.append(at)
        broken = _BROKEN_TOKEN.search(self._held) if ended else None
        places += [found.start() for found in (_TURN.search(self._held), broken) if found]
        return min(places, default=None)

    def _tokens(self) -> Iterator[re.Match[str]]:
        for token in _TOKEN.finditer(self._held):
            if not self._is_strike_out(token[0]):
                yield token
                return

    def _is_strike_out(self, token: str) -> bool:
        """True if it marks words that the writer of a letter has struck out."""
        if token == "<s>":
            self._struck_out = True
            return True
        was, self._struck_out = self._struck_out, False
        return token == "</s>" and was


def _may_be_frame(start: str) -> bool:
    is_word = any(word.startswith(start.lower()) for word in _FRAME_WORDS)
    return is_word or _length_held(start) == len(start)


def _may_be_role(text: str) -> bool:
    return any(role.startswith(text.lower()) for role in _ROLES)


def _length_held(text: str) -> int:
    """Returns the number of characters at the end that may be the beginning of a token."""
    window = text[-_LONGEST:]
    for at in range(len(window)):
        if window[at] not in "<[]\n":
            continue
        tail = window[at:].lower()
        if any(word.startswith(tail) for word in _HELD_WORDS if word != tail) or _HELD.match(tail):
            return len(window) - at
    return 0
