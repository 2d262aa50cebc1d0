"""The end of an answer, by the provider's word for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WHOLE = _set(
    "stop stopped eos eot end endturn endoftext complete completed completion finish finished done "
    "normal normal_end natural natural_stop natural_end success succeeded completed_successfully "
    "结束 正常结束 正常停止 停止 完成"
)
_OF_A_WHOLE = _set(
    "stop stopped eos end of turn text sequence message stream str string strings word words token "
    "tokens id ids found matched reached hit generation"
)
"""Words that make up a compound such as ``end_of_turn`` or ``stop_token_id``."""

_WHOLE_BEGINS = ("stop", "stopped", "eos", "end")

_PARTS: dict[AnswerEnd, frozenset[str]] = {
    end: _set(words)
    for end, words in {
        AnswerEnd.WITHHELD: (
            "filter filtered contentfilter policy moderation moderated sensitive safety unsafe "
            "recitation blocklist blocked block prohibited spii risk censored censorship censor "
            "guardrail guardrails armor refusal refused rejected violation inspection security "
            "toxic hate violence inappropriate harmful illegal language"
        ),
        AnswerEnd.FAILED: (
            "error errored fail failed failure insufficient abort aborted cancel cancelled "
            "canceled interrupted interrupt timeout timed overloaded overload preempted "
            "unavailable exception crash crashed disconnected unloaded unload deadline user "
            "repetition rate memory unexpected missing invalid exhausted quota "
            "balance terminated killed shutdown disconnect"
        ),
        AnswerEnd.CUT: (
            "length max maximum maxtokens limit truncated truncation truncate incomplete window "
            "budget exceeded pause predict out overflow"
        ),
    }.items()
}
"""Words of which one is enough; the first kind with a match counts."""

_ONLY_WITH_OTHERS = frozenset({"max", "user", "rate", "memory", "pause", "predict", "out"})
_EXACT = {
    "time_limit": AnswerEnd.FAILED,
    "max_time": AnswerEnd.FAILED,
    "max_time_reached": AnswerEnd.FAILED,
    "error_limit": AnswerEnd.CUT,
    "error_toxic": AnswerEnd.WITHHELD,
    "rate_limit": AnswerEnd.FAILED,
    "repetition_truncation": AnswerEnd.CUT,
}
_CHINESE = (
    (AnswerEnd.WITHHELD, lazy_pattern(r"过滤|敏感|审核|违规|屏蔽|安全|风险|风控|拦截")),
    (AnswerEnd.FAILED, lazy_pattern(r"错误|失败|异常|超时|中断|取消|限流|繁忙|余额|额度")),
    (AnswerEnd.CUT, lazy_pattern(r"截断|长度|上限|超长")),
    (AnswerEnd.WHOLE, lazy_pattern(r"^(已|正常|全部|回答|生成|输出|写作)?(完成|结束)$")),
)
_NOTHING = frozenset({"", "null", "none", "nil", "undefined", "unspecified"})
_TOKEN = lazy_pattern(
    r"^<[|｜/]?\W*\w*?(?:s|end|eos|eot|eom|eod|endoftext|return)(?:[_▁ ]\w*)*[|｜]?>$",
    re.IGNORECASE,
)
"""A template's own token for the end, such as ``</s>`` or ``<|im_end|>``."""

_PREFIX = lazy_pattern(r"^(finish|stop)_?reason[_.:]*(?=.)")
_CAPITAL = lazy_pattern(r"(?<=[a-z])(?=[A-Z])")
_GRAVITY = (
    AnswerEnd.UNKNOWN,
    AnswerEnd.WHOLE,
    AnswerEnd.CUT,
    AnswerEnd.WITHHELD,
    AnswerEnd.FAILED,
)


def end_of(word: object) -> AnswerEnd | None:
    """Returns the end that a provider's word means; ``None`` if it means none, like an empty
    one."""
    if isinstance(word, Mapping):
        word = next((word[name] for name in ("type", "reason", "details") if name in word), None)
    if isinstance(word, list):
        word = next(iter(word), None)
    if not isinstance(word, str):
        return None
    if _TOKEN.match(word.strip()):
        return AnswerEnd.WHOLE
    spaced = _CAPITAL.sub("_", word.strip())
    name = re.sub(r"[\s\-:/\[\]]+", "_", spaced).lower().strip("_.")
    name = _PREFIX.sub("", name)
    return None if name in _NOTHING else _meaning(name)


def _meaning(name: str) -> AnswerEnd:
    if name in _EXACT:
        return _EXACT[name]
    parts = [part for part in name.split("_") if part]
    if name in _WHOLE or (parts[0] in _WHOLE_BEGINS and _OF_A_WHOLE.issuperset(parts)):
        return AnswerEnd.WHOLE
    if "malformed" in parts:
        # Also if a filter intervened.
        return AnswerEnd.FAILED
    for end, words in _PARTS.items():
        found = words.intersection(parts)
        if found and not (len(parts) == 1 and found <= _ONLY_WITH_OTHERS):
            return end
    name = simplified(name)
    return next((end for end, words in _CHINESE if words.search(name)), AnswerEnd.UNKNOWN)


def graver(first: AnswerEnd | None, second: AnswerEnd) -> AnswerEnd:
    """Returns the graver of two words for one end: some servers add a plain one to each."""
    return second if first is None else max(first, second, key=_GRAVITY.index)
