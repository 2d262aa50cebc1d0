"""Help: the guide in both languages, and the keys that the menus have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QTreeWidget
from pytestqt.qtbot import QtBot

from arboris_desktop import resources
from arboris_desktop.ui.help.guide_window import GuideWindow
from arboris_desktop.ui.help.shortcuts_dialog import ShortcutsDialog
from tests.support.studio_stage import Play, Stage, child

NO_NAMES = {"before-0018", "exchanged", "IBus Frontend", "italic", ""}
"""Quoted in the guide, and said by files, by others, or as an example."""


def plain(text: str) -> str:
    """The words of a button or an entry of a menu, without its key and its dots."""
    without_key = re.sub(r"\(&.\)", "", text).replace("&&", "\0").replace("&", "")
    return without_key.replace("\0", "&").strip(" …:：")


def is_said(name: str, texts: Iterable[str]) -> bool:
    """True if a text is this name, or begins with it as a word of its own."""
    return any(each == name or re.match(rf"{re.escape(name)}[ :：]", each) for each in texts)


def headings(text: str) -> int:
    return len(re.findall(r"^## ", text, re.MULTILINE))


def test_the_guide_has_the_same_sections_in_both_languages() -> None:
    english, chinese = (resources.read_text("guide", f"user-guide.{c}.md") for c in ("en", "zh"))
    assert headings(english) == headings(chinese) > 10
    told = set(re.findall(r"`--[a-z-]+", english))
    assert told == set(re.findall(r"`--[a-z-]+", chinese))


def test_the_guide_says_that_a_key_shows_a_proposal_before_it_decides() -> None:
    for language, words in (("en", "out of sight"), ("zh", "不在视野内")):
        guide = resources.read_text("guide", f"user-guide.{language}.md")
        entries = re.split(r"\n- ", re.sub(r"\n  ", " ", guide))
        told = [each for each in entries if words in each]
        assert len(told) == 2, "of what is continued, and of what is revised"
        assert all("Tab" in each and "Esc" in each for each in told)


def test_what_the_guide_names_is_called_so_in_the_window() -> None:
    texts = ElementTree.fromstring(resources.read_text("translations", "arboris_zh_CN.ts"))
    windows = {"en": set[str](), "zh": set[str]()}
    for message in texts.iter("message"):
        windows["en"].add(plain(message.findtext("source", "")))
        translation = message.find("translation")
        assert translation is not None
        forms = [translation, *translation.iter("numerusform")]
        windows["zh"].update(plain(each.text or "") for each in forms)
    quoted = {"en": r"(?<![*\w])\*([^*`]+)\*(?![*\w])", "zh": "“([^“”]+)”"}
    for language, pattern in quoted.items():
        guide = resources.read_text("guide", f"user-guide.{language}.md")
        joined = re.sub(r"\s*\n\s*", "" if language == "zh" else " ", guide)
        named = [plain(part) for each in re.findall(pattern, joined) for part in each.split("→")]
        assert len(named) > 50
        assert {name for name in named if not is_said(name, windows[language])} <= NO_NAMES


def test_the_guide_is_read_by_sections_and_searched(qtbot: QtBot) -> None:
    window = GuideWindow()
    qtbot.addWidget(window)
    window.show()
    sections = child(window, QListWidget)
    assert sections.count() == headings(resources.read_text("guide", "user-guide.en.md"))
    assert "*" not in window.document().toPlainText().replace("*italic*", "").replace(
        "**bold**", ""
    )
    field = child(window, QLineEdit)
    QTest.keyClicks(field, "fcitx")
    assert window.marked() == "Fcitx"
    first = window.document().find("Fcitx").position()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.document().find("Fcitx", first).selectedText() == window.marked()


def test_f1_opens_one_guide_and_the_keys_are_listed(play: Play) -> None:
    async def act(stage: Stage) -> None:
        actions = stage.window.actions_
        for _time in range(2):
            actions.user_guide.trigger()
        assert len(stage.window.findChildren(GuideWindow)) == 1
        child(stage.window, GuideWindow).close()
        await stage.until(lambda: not stage.window.findChildren(GuideWindow), "it is gone")
        actions.user_guide.trigger()
        child(stage.window, GuideWindow).close()
        actions.shortcuts.trigger()
        dialog = child(stage.window, ShortcutsDialog)
        tree = child(dialog, QTreeWidget)
        exactly = Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        rows = {name: tree.findItems(name, exactly) for name in ("Generate Chapter", "Outline")}
        assert {name: found[0].text(1) for name, found in rows.items()} == {
            "Generate Chapter": "Ctrl+G",
            "Outline": "Alt+3",
        }
        dialog.close()

    play(act)
