"""The marks around the thoughts of reasoning models, whole and in part.

Each family of models marks its thoughts in its own way, and an answer arrives in pieces, so that
the beginning of a mark has to be recognised as well.
"""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern

_STRONG_NAMES = (
    "think|thinking|thought|thoughts|thought_process|thinking_process|think_process|reason"
    "|reasoning|reasoning_process|reflection|analysis|analysis_process|scratchpad|inner_thought"
    "|inner_thoughts|inner_monologue|internal_monologue|internal_thoughts|internal_reasoning"
    "|monologue|chain_of_thought|cot|deepthink|deep_think|seed:think|mm:think|antml:thinking"
    "|antthinking|ant_thinking|longcat_think|r1_think|think_fast|think_slow|thinking_mode"
    "|assistant_thinking|model_thinking|思考|思考过程|推理|推理过程|思维链|思维过程"
)
_NAMES = f"{_STRONG_NAMES}|plan|planning|internal"
"""The last three are not thoughts if only the closing mark is there."""

_STEMS = (
    "think|thought|reason|rational|reflect|monolog|brainstorm|scratch|思考|思维|推理|생각|推論|denken"
    "|gedanke|réflexion|reflexion|pensée|pensam|razonam|raciocín|размыш|мысл|рассужд"
)
_PART = r"[\w:.\-]{0,24}"
_ANY_NAME = rf"(?!end_)(?:{_NAMES}|{_PART}?(?:{_STEMS}){_PART})"
_ANY_STRONG_NAME = rf"(?:{_STRONG_NAMES}|{_PART}?(?:{_STEMS}){_PART})"
"""Nobody can list every name that models have for their thoughts, in all languages."""

LONGEST_MARK = 60

_LESS, _MORE, _SLASH = r"(?:\\?<|＜|&lt;)\s?", r"\s?(?:\\?>|＞|&gt;)", r"\\?/\s?"
_TOKEN_NAMES = r"think(?:ing)?|thoughts?|reason(?:ing)?|cot"
_TOKEN_OPENER = rf"(?:(?:begin_of_|start_)?(?:{_TOKEN_NAMES})|(?:{_TOKEN_NAMES})_(?:start|begin))"
_TOKEN_CLOSER = rf"(?:(?:/|end_of_|end_)(?:{_TOKEN_NAMES})|(?:{_TOKEN_NAMES})_end)"
_OF_A_SUMMARY = r"[^<]{0,40}(?:think|thought|reason|思考|推理)[^<]{0,40}"
_CHINESE = r"(?:(?:深度|深入)?思考|推理)(?:过程)?"
_ANSWER_FOLLOWS = r"(?:正文|回答|正式回答|最终回答|最终答案)"
"""A heading that ends thoughts whose end has no mark."""
_FINAL = r"<\|channel\|>final(?:[^<]|<\|constrain\|>){0,30}<\|message\|>"

_OPENERS: tuple[tuple[str, str], ...] = (
    # Some models close with another name than they opened with.
    (
        rf"{_LESS}{_ANY_NAME}(?:\s[^<>/]*)?{_MORE}",
        rf"{_LESS}(?:{_SLASH}|end_){_ANY_NAME}{_MORE}",
    ),
    # Nothing was thought.
    (rf"{_LESS}{_ANY_NAME}\s?/{_MORE}", ""),
    (
        rf'<details(?:\s+type="reasoning"[^<>]*>|(?:\s[^<>]*)?>\s*<summary>{_OF_A_SUMMARY}</summary>)',
        r"</details\s*>",
    ),
    (r"\[think(?:ing)?\]", r"\[/think(?:ing)?\]"),
    (
        rf"[\[【（(](?:{_CHINESE})(?:开始)?[\]】）)]",
        rf"[\[【（(](?:/(?:{_CHINESE})|(?:{_CHINESE})(?:结束|完毕)|{_ANSWER_FOLLOWS})[\]】）)]",
    ),
    (r"<\|inner_prefix\|>", r"<\|inner_suffix\|>"),
    ("◁think▷", "◁/think▷"),
    (rf"<\|{_TOKEN_OPENER}\|>", rf"<\|{_TOKEN_CLOSER}\|>"),
    (r"<｜begin▁of▁think(?:ing)?｜>", r"<｜end▁of▁think(?:ing)?｜>"),
    (
        r"(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)[^<]{0,30}<\|message\|>",
        rf"(?:<\|start\|>assistant)?{_FINAL}",
    ),
    (r"<\|channel>thought", r"<channel\|>"),
    ("<(?:unused|ctrl)94>(?:thought)?", "<(?:unused|ctrl)95>"),
    (r"<!--\s*(?:think|thought|reason)", "-->"),
    (r"```(?:think(?:ing)?|thoughts?|reasoning)[ \t]*\n", r"\n```[ \t]*(?:\n|$)"),
    (r"thinking\.\.\.\s*\n", r"\.\.\.done thinking\."),
    (r"here is my thought process:", r"here is my response:"),
    # Tokens of the channel format that some servers leave behind.
    (r"analysis(?=[A-Z])", r"assistantfinal"),
)
"""Opening marks of thoughts with the closing mark of each; case does not matter."""

_CLOSERS = (
    rf"{_LESS}{_SLASH}{_ANY_STRONG_NAME}{_MORE}",
    r"\[/think(?:ing)?\]",
    rf"[\[【（(]/(?:{_CHINESE})[\]】）)]",
    "◁/think▷",
    rf"<\|{_TOKEN_CLOSER}\|>",
    r"<｜end▁of▁think(?:ing)?｜>",
    _FINAL,
    r"<channel\|>",
    "<(?:unused|ctrl)95>",
)
_TAG_OPENERS = _OPENERS[:-5]
"""Marks that may also stand amid the text; the others are words."""

_DOUBTFUL = lazy_pattern(
    rf"[\[【（(]{_CHINESE}|```|thinking\.\.\.|<!--|<plan|<internal|<details>", re.I
)
"""A novel may begin with one of these, so that without a closing mark it is text."""

_TAG = lazy_pattern(rf"{_LESS}\w", re.IGNORECASE)
_NAMED_TAG = lazy_pattern(rf"{_LESS}(?:{_NAMES}|unused94|ctrl94)\b", re.IGNORECASE)

OPENING = [
    (
        lazy_pattern(opener, 0 if opener.startswith("analysis") else re.IGNORECASE),
        lazy_pattern(closer, 0 if closer == "assistantfinal" else re.IGNORECASE),
    )
    for opener, closer in _OPENERS
]
MARK = lazy_pattern(
    "|".join(
        [
            *(rf"(?:{opener})" for opener, _ in _TAG_OPENERS),
            rf"(?P<closing>{'|'.join(_CLOSERS)})",
        ]
    ),
    re.IGNORECASE,
)

_LEFT = ("<", "< ", "\\<", "＜", "&lt;")
_TOKENS = ("think", "thinking", "thought", "thoughts", "reason", "reasoning", "cot")
_IN_BRACKETS = [
    (left, right, f"{how}{name}{process}")
    for left, right in ("[]", "【】", "（）", "()")
    for how, name in (("", "思考"), ("深度", "思考"), ("深入", "思考"), ("", "推理"))
    for process in ("", "过程")
]
"""Names of thoughts in Chinese, with their brackets."""
_BEGINNINGS = (
    *(f"{left}{name}" for left in _LEFT for name in _NAMES.split("|")),
    *(f"&lt;{name}&gt;" for name in _NAMES.split("|")),
    *(f"\\<{name}\\>" for name in _NAMES.split("|")),
    '<details type="reasoning"',
    "<details><summary>",
    "<!-- think",
    "<!-- thought",
    "<!-- reason",
    "[think]",
    "[thinking]",
    *(
        f"{left}{name}{after}{right}"
        for left, right, name in _IN_BRACKETS
        for after in ("", "开始")
    ),
    "◁think▷",
    *(f"<|{before}{name}|>" for before in ("", "begin_of_", "start_") for name in _TOKENS),
    *(f"<|{name}_{after}|>" for name in _TOKENS for after in ("start", "begin")),
    "<｜begin▁of▁think｜>",
    "<｜begin▁of▁thinking｜>",
    "<|start|>assistant<|channel|>analysis<|message|>",
    "<|channel|>analysis<|message|>",
    "<|channel|>commentary<|message|>",
    "<|channel>thought",
    "<|inner_prefix|>",
    "<unused94>thought",
    "<ctrl94>thought",
)
_WORD_BEGINNINGS = (
    "here is my thought process:",
    "analysis",
    "thinking...\n",
    "```thinking\n",
    "```think\n",
    "```thought\n",
    "```thoughts\n",
    "```reasoning\n",
)
_ENDINGS = (
    *(
        f"{left}{slash}{name}>"
        for left in _LEFT
        for slash in ("/", "\\/")
        for name in _STRONG_NAMES.split("|")
    ),
    *(f"&lt;/{name}&gt;" for name in _STRONG_NAMES.split("|")),
    *(f"\\<{slash}{name}\\>" for slash in ("/", "\\/") for name in _STRONG_NAMES.split("|")),
    "[/think]",
    "[/thinking]",
    *(f"{left}/{name}{right}" for left, right, name in _IN_BRACKETS),
    "◁/think▷",
    *(f"<|{before}{name}|>" for before in ("/", "end_of_", "end_") for name in _TOKENS),
    *(f"<|{name}_end|>" for name in _TOKENS),
    "<｜end▁of▁think｜>",
    "<｜end▁of▁thinking｜>",
    "<|channel|>final<|message|>",
    "<channel|>",
    "<unused95>",
    "<ctrl95>",
)
_MARKS = (*_BEGINNINGS, *_ENDINGS)
_OPEN_ENDED = ("<|channel|>", "<|start|>", "<details", "<!--")
_MARK_BEGINS = "<[◁＜&\\【（("

FRAME = lazy_pattern(
    r"(?:\s*(?:<\|(?!channel|start\b|[a-z_/]*th(?:ink|ought)|[a-z_/]*(?:reason|cot))[^|<>\n]{1,30}\|>|<｜[^｜<>\n]{1,30}｜>|<s>)\s*(?:assistant\b)?\s*)+"
)
"""Template tokens that come before everything else."""

_PART_OF_TAG = lazy_pattern(r"</?(?=[^\W\d])[\w:.\-]{0,40}\s?/?$")
"""May become a tag of any name, unless texts have it: ``<i>`` is held back until it closes."""

PART_OF_FRAME = lazy_pattern(r"<(?:[|｜][^|｜<>\n]{0,30}[|｜]?)?")


def is_doubtful(mark: str) -> bool:
    """True if it marks thoughts only together with a closing mark, because its name may be a
    word."""
    is_unknown = _TAG.match(mark) is not None and _NAMED_TAG.match(mark) is None
    return is_unknown or _DOUBTFUL.match(mark) is not None


def may_begin(start: str) -> bool:
    """True if the text may still turn out to begin with a thought."""
    if len(start) > LONGEST_MARK:
        return False
    low = start.lower()
    if any(begin.startswith(low) for begin in (*_BEGINNINGS, *_WORD_BEGINNINGS)):
        return True
    if _PART_OF_TAG.match(low):
        return True
    # An opening tag with attributes that has not ended.
    is_tag = low.startswith(tuple(f"{begin} " for begin in _BEGINNINGS if begin.startswith("<")))
    is_open = low.startswith(_OPEN_ENDED) and "</summary>" not in low
    return (is_tag and ">" not in low[1:]) or (is_open and not low.endswith("<|message|>"))


def length_held(text: str) -> int:
    """Returns the number of characters at the end that may be the beginning of a mark."""
    window = text[-LONGEST_MARK:].lower()
    for at, character in enumerate(window):
        if character in _MARK_BEGINS:
            tail = window[at:]
            is_mark = any(each.startswith(tail) and each != tail for each in _MARKS)
            if is_mark or _PART_OF_TAG.match(tail):
                return len(window) - at
    return 0
