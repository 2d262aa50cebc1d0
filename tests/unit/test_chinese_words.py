"""The Chinese of the window and of the guide: one word for one thing, and one way to set type."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.test_translations import CHINESE, MNEMONIC, forms

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "resources" / "guide" / "user-guide.zh.md"
PROMPTS = ROOT / "resources" / "prompts" / "zh"
CODE = ROOT / "arboris_desktop" / "writing"

HAN = r"[\u4e00-\u9fff]"
FULL_WIDTH = "，。；：？！、（）“”《》"

OTHER_WORDS = {
    "您": "你",
    "词元": "token",
    "丢弃": "放弃",
    "窗格": "栏",
    "这台电脑": "本机",
    "钥匙串": "系统密钥环",
    "密钥(?!环)": "API Key",
    "候选版本": "候选稿",
    "(?<!“)可信度": "置信度",
    "读入|写出 token": "输入、输出",
    "(?<!已)否定": "否决",
    "开放模型": "开源模型",
    "(?<!边)侧栏": "侧边栏",
    "故事前提": "故事核心",
    "叙述声音": "叙述口吻",
    "设定条目": "设定集条目",
}
"""Each is a word for something that has another one."""

OF_MODELS = {
    "故事前提": "故事核心",
    "(?<!故事)梗概": "细纲",
    "准则": "写作规则",
    "叙述声音": "叙述口吻",
    "章节?的计划|完成了?计划": "细纲",
}
"""The same for what a model is told: the author reads it under what is sent, and edits it."""

SETTING = {
    rf"{HAN}(?:[A-Za-z0-9]|%n)": "no space before letters or digits",
    rf"(?:[A-Za-z0-9]|%n){HAN}": "no space after letters or digits",
    rf"{HAN}[,;!?:]|[,;!?]{HAN}": "half-width punctuation",
    rf"[{FULL_WIDTH}] [^ ]": "a space after full-width punctuation",
    rf"[^ ] [{FULL_WIDTH}]": "a space before full-width punctuation",
    rf"{HAN}\((?!&)|(?<!&.)\){HAN}": "half-width brackets",
    r"\.\.\.|。。|…{3}": "not an ellipsis",
    r"「|」": "not the quotation marks of the mainland",
}

AS_THEY_ARE = {
    "yyyy年M月d日": "a date, as Qt formats it",
    r"例如：^第(\d+)集": "a regular expression",
    "标点": "marks that are the subject",
    "「 」和『 』": "marks that are the subject",
    "“ ”": "marks that are the subject",
}
"""Parts of texts to which the rules of type do not apply."""


def chinese_texts() -> Iterator[str]:
    for message in CHINESE.values():
        yield from forms(message)


def faults(text: str) -> list[str]:
    """Tells what is not set as the rest."""
    if any(part in text for part in AS_THEY_ARE):
        return []
    return [fault for pattern, fault in SETTING.items() if re.search(pattern, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第%n章", ["no space before letters or digits", "no space after letters or digits"]),
        ("约 3 章。", []),
        ("好, 是的", ["half-width punctuation"]),
        ("好。 是的", ["a space after full-width punctuation"]),
        ("用 “甲”打开", ["a space before full-width punctuation"]),
        ("编辑(&E)…", []),
        ("图片(PNG)吧", ["half-width brackets"]),
        ("「甲」", ["not the quotation marks of the mainland"]),
    ],
)
def test_a_fault_of_type_is_told(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_the_window_is_set_in_one_way() -> None:
    assert {text: faults(text) for text in chinese_texts() if faults(text)} == {}


@pytest.mark.parametrize("word", OTHER_WORDS)
def test_one_thing_has_one_word(word: str) -> None:
    texts = [*chinese_texts(), *GUIDE.read_text(encoding="utf-8").splitlines()]
    assert [text for text in texts if re.search(word, text)] == [], f"say {OTHER_WORDS[word]}"


def told_to_models() -> Iterator[str]:
    """Lines of our Chinese prompts, and texts of the code that fills them."""
    for prompt in sorted(PROMPTS.glob("*.md")):
        yield from prompt.read_text(encoding="utf-8").splitlines()
    for module in sorted(CODE.rglob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        values = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        yield from (value for value in values if isinstance(value, str) and "|" not in value)


@pytest.mark.parametrize("word", OF_MODELS)
def test_a_model_is_told_in_the_words_of_the_window(word: str) -> None:
    said = [text for text in told_to_models() if re.search(word, text)]
    assert said == [], f"say {OF_MODELS[word]}"


def test_a_sentence_that_is_said_twice_is_said_in_the_same_words() -> None:
    """Single words differ by what they stand beside; sentences do not."""
    said = defaultdict[str, set[str]](set)
    for (_context, source, _comment), message in CHINESE.items():
        if len(source.split()) > 3:
            for form in forms(message):
                said[MNEMONIC.sub(r"\1", source)].add(re.sub(r"\(&.\)", "", form))
    assert {source: words for source, words in said.items() if len(words) > 1} == {}


def test_the_guide_quotes_as_the_window_does() -> None:
    marks = GUIDE.read_text(encoding="utf-8").replace("选用「」", "")
    assert "「" not in marks
    assert marks.count("“") == marks.count("”") > 50
