"""The inspector says what is told, why, and what is not; a choice counts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QTreeWidget, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.context import (
    ContextChoice,
    ContextItem,
    ItemKind,
    LeftOut,
    Reason,
    ReasonKind,
)
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.provider import Message, Role
from arboris_desktop.ui.context.inspector import ContextInspector
from arboris_desktop.ui.context.words import verdict
from arboris_desktop.writing.call_events import PromptPreview
from arboris_desktop.writing.context import ContextReport
from arboris_desktop.writing.context.inspection import Inspection
from arboris_desktop.writing.context.summaries import SummaryState
from tests.gui.bracket_translator import said
from tests.gui.chapter.chapter_samples import make_chapter
from tests.support.open_dialogs import open_dialogs
from tests.support.studio_stage import Play, Stage, child

MARA = ContextItem(
    ItemKind.CODEX,
    "7",
    "Mara",
    "- Mara: a keeper",
    Reason(ReasonKind.NAMED_IN_PLAN, "Mara"),
    tokens=40,
)
TOLD = (
    ContextItem(
        ItemKind.CHAPTER_SUMMARY,
        "3",
        "The Letter",
        "3. The Letter: read.",
        Reason(ReasonKind.COMES_BEFORE),
        3,
        3,
        tokens=20,
    ),
    MARA,
    ContextItem(
        ItemKind.SEED, "9", "The key", "- The key", Reason(ReasonKind.DUE, number=12), tokens=10
    ),
)
LEFT_OUT = (
    ContextItem(
        ItemKind.PASSAGE,
        "2:0",
        "The Storm",
        "[Chapter 2] Rain.",
        Reason(ReasonKind.MATCHES, "rain"),
        2,
        2,
        tokens=300,
        left_out=LeftOut.NO_ROOM,
    ),
)


def inspection(
    told: tuple[ContextItem, ...] = TOLD, state: SummaryState | None = None
) -> Inspection:
    messages = (Message(Role.SYSTEM, "You write."), Message(Role.USER, "Write chapter 4."))
    return Inspection(
        make_chapter(4),
        PromptPreview(messages, 170, 600, 4096, "host/model"),
        ContextReport(Language.ENGLISH, told, LEFT_OUT, 70, 1000),
        state or SummaryState(2, 1),
    )


@pytest.fixture
def inspector(qtbot: QtBot) -> ContextInspector:
    dialog = ContextInspector()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rows(tree: QTreeWidget) -> list[list[str]]:
    """Every row in its order, as it is read."""
    model = tree.model()
    found = []
    for number in range(model.rowCount()):
        section = model.index(number, 0)
        children = [model.index(place, 0, section) for place in range(model.rowCount(section))]
        found += [
            [each.siblingAtColumn(n).data() or "" for n in range(3)]
            for each in (section, *children)
        ]
    return found


def choose(tree: QTreeWidget, name: str) -> QTreeWidgetItem:
    row = tree.findItems(name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)[0]
    tree.setCurrentItem(row)
    return row


def words(dialog: ContextInspector) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_every_piece_is_shown_with_its_tokens_and_its_reason(inspector: ContextInspector) -> None:
    inspector.show_inspection(inspection())

    told, left_out = inspector._told, inspector._left_out
    assert rows(told) == [
        ["The last chapters (1)", "20", ""],
        ["3. The Letter", "20", "comes before"],
        ["From the codex (1)", "40", ""],
        ["Mara", "40", "named in the plan: Mara"],
        ["Open foreshadowing (1)", "10", ""],
        ["The key", "10", "due by chapter 12"],
    ]
    assert rows(left_out)[1] == ["2. The Storm", "300", "no room · matches the plan: rain"]


def test_the_figures_are_told_in_words(inspector: ContextInspector) -> None:
    inspector.show_inspection(inspection(state=SummaryState(2, 1, ErrorKind.RATE_LIMITED)))

    said_so = words(inspector)
    assert "take 100 tokens, 600 are kept free" in said_so
    assert "host/model can take 4,096 in all" in said_so
    assert "Summaries of earlier parts: 2. To be made after the next analysis: 1." in said_so
    assert "The last attempt failed:" in said_so
    room = child(inspector, QProgressBar).text()
    assert room == "70 of 1,000 tokens for notes on the book"


def test_a_piece_is_read_in_full_and_pinned(inspector: ContextInspector, qtbot: QtBot) -> None:
    inspector.show_inspection(inspection())
    assert not inspector._item._pin.isEnabled()
    choose(inspector._told, "Mara")

    assert inspector._item._text.toPlainText() == "- Mara: a keeper"
    with qtbot.waitSignal(inspector.choice_made) as blocker:
        QTest.mouseClick(inspector._item._pin, Qt.MouseButton.LeftButton)
    assert blocker.args == [MARA, ContextChoice.PINNED]


def test_a_choice_is_taken_back_by_the_same_button(
    inspector: ContextInspector, qtbot: QtBot
) -> None:
    pinned = replace(MARA, choice=ContextChoice.PINNED)
    inspector.show_inspection(inspection((pinned,)))
    row = choose(inspector._told, "Mara")

    assert row.text(2) == "pinned by you · named in the plan: Mara"
    assert inspector._item._pin.isChecked()
    with qtbot.waitSignal(inspector.choice_made) as blocker:
        QTest.mouseClick(inspector._item._pin, Qt.MouseButton.LeftButton)
    assert blocker.args == [pinned, None]


def test_a_choice_stays_when_the_context_is_shown_again(inspector: ContextInspector) -> None:
    inspector.show_inspection(inspection())
    choose(inspector._told, "The key")

    inspector.show_inspection(inspection())

    chosen = inspector._told.chosen()
    assert chosen is not None
    assert chosen.label == "The key"
    assert inspector._item._text.toPlainText() == "- The key"


def test_the_panel_follows_the_tab(inspector: ContextInspector) -> None:
    inspector.show_inspection(inspection())
    choose(inspector._told, "Mara")
    inspector._pieces.setCurrentIndex(1)
    assert inspector._item._text.toPlainText() == ""

    choose(inspector._left_out, "2. The Storm")
    assert inspector._item._text.toPlainText() == "[Chapter 2] Rain."


def test_before_and_without_an_answer_it_says_so(inspector: ContextInspector) -> None:
    assert "Reading the book…" in words(inspector)

    inspector.show_failure(ProviderError(ErrorKind.NOT_CONFIGURED, "x"))

    assert "Reading the book…" not in words(inspector)
    assert not inspector._tabs.isEnabled()
    assert len(words(inspector)) > 20


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_reason_has_words(kind: ReasonKind) -> None:
    item = ContextItem(ItemKind.SEED, "1", "", "", Reason(kind, "rain", 5), is_shortened=True)
    assert verdict(item).endswith(" · shortened")
    assert "{" not in verdict(item)


def test_no_word_stays_in_the_old_language(
    inspector: ContextInspector, switch_language: Callable[[], None]
) -> None:
    inspector.show_inspection(inspection())
    switch_language()

    own = ("Title 4", "70 of", "qt_")
    left = [w for w in said(inspector) if "[" not in w and not any(each in w for each in own)]
    assert left == []
    assert rows(inspector._told)[3] == ["Mara", "40", "[named in the plan: Mara]"]


def test_the_author_excludes_a_piece_of_the_sample(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(2)
        stage.press("What the model is told")
        await stage.until(lambda: _dialogs() and _dialogs()[0]._inspection, "it is inspected")
        (dialog,) = _dialogs()
        tree = dialog._told
        row = choose(tree, "1. " + stage.chapter(1).title)
        assert row.text(2) == "comes before"
        QApplication.processEvents()
        dialog._item._exclude.click()
        await stage.until(
            lambda: "excluded by you" in str(rows(dialog._left_out)), "it is left out"
        )
        stored = stage.services.database
        with stored.read() as transaction:
            choices = transaction.context_choices.of_chapter(stage.chapter(2).id)
        assert list(choices.values()) == [ContextChoice.EXCLUDED]
        dialog.reject()

    play(act)


def _dialogs() -> list[ContextInspector]:
    return open_dialogs(ContextInspector)
