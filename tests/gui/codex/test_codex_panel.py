from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.codex import Attribute, CodexEntry, EntryKind, FactStatus
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.ui.codex.details import CodexDetails
from arboris_desktop.ui.codex.fact_card import FactCard
from arboris_desktop.ui.codex.panel import CodexPanel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from tests.gui.codex.codex_samples import make_entry, make_fact

DOUBTFUL = make_fact(
    3, statement="Fears water.", quotation="", status=FactStatus.UNSUPPORTED, confidence=0.4
)
MARA = make_entry(1, "Mara", facts=(DOUBTFUL, make_fact(1), make_fact(2, chapter=3)))
TOM = make_entry(2, "Tom", facts=(make_fact(4, statement="<b>Lies</b> to Mara."),))
HARBOUR = make_entry(3, "Harbour", kind=EntryKind.LOCATION, facts=(make_fact(5),))

Child = TypeVar("Child", bound=QWidget)


def child(panel: QWidget, kind: type[Child]) -> Child:
    found = panel.findChild(kind)
    assert isinstance(found, kind)
    return found


def show(panel: CodexPanel, *entries: CodexEntry) -> None:
    panel.show_overview(CodexOverview("p", entries))


@pytest.fixture
def panel(qtbot: QtBot) -> CodexPanel:
    shown = CodexPanel()
    qtbot.addWidget(shown)
    shown.resize(320, 760)
    shown.show()
    show(shown, MARA, TOM, HARBOUR)
    return shown


def select(panel: CodexPanel, row: int) -> None:
    view = child(panel, QTreeView)
    view.setCurrentIndex(view.model().index(row, 0))


def names(panel: CodexPanel) -> list[str]:
    model = child(panel, QTreeView).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def facts(panel: CodexPanel) -> list[int]:
    return [card.fact.id for card in child(panel, CodexDetails).fact_cards()]


def texts(panel: CodexPanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def test_tabs_choose_the_kinds(panel: CodexPanel) -> None:
    assert names(panel) == ["Mara", "Tom"]
    child(panel, QTabBar).setCurrentIndex(1)
    assert names(panel) == ["Harbour"]
    child(panel, QTabBar).setCurrentIndex(2)
    assert child(panel, EmptyState).isVisible()


def test_facts_that_do_not_count_come_last_and_are_explained(panel: CodexPanel) -> None:
    assert facts(panel) == [1, 2, 3]
    shown = texts(panel)
    assert shown.index("Not counted as known") < shown.index("Fears water.")
    assert "Quotation not found · confidence 40 %" in shown
    select(panel, 1)
    assert "Not counted as known" not in texts(panel)


def test_a_fact_shows_the_words_that_prove_it(panel: CodexPanel) -> None:
    card = child(panel, CodexDetails).fact_cards()[0]
    assert [label.text() for label in card.findChildren(QLabel)] == [
        "1. The Harbour",
        "Comes home.",
        "“She saw the harbour.”",
        "Accepted · confidence 90 %",
    ]
    assert "She saw the harbour." in card.accessibleName()


def test_a_relationship_says_who_is_what_to_whom(panel: CodexPanel) -> None:
    tie = replace(
        make_fact(6, statement="He hides the letter from her."),
        attribute=Attribute.RELATIONSHIP,
        value="brother",
        other_entry_id=2,
        other_entry_name="Tom",
    )
    untold = replace(tie, id=7, attribute="", value="")
    show(panel, replace(MARA, facts=(*MARA.facts, tie, untold)), TOM)
    shown = texts(panel)
    assert shown.index("Relationships") < shown.index(
        "Tom (brother): He hides the letter from her."
    )
    assert "Tom: He hides the letter from her." in shown


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keyboard_opens_a_fact(panel: CodexPanel, qtbot: QtBot, key: Qt.Key) -> None:
    card = child(panel, CodexDetails).fact_cards()[1]
    card.setFocus()
    with qtbot.waitSignal(panel.details.passage_opened) as opened:
        QTest.keyClick(card, key)
    assert opened.args == [card.fact.passage]


def test_a_click_on_the_words_opens_a_fact(panel: CodexPanel, qtbot: QtBot) -> None:
    card = child(panel, CodexDetails).fact_cards()[0]
    with qtbot.waitSignal(panel.details.passage_opened) as opened:
        QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=card.rect().center())
    assert opened.args == [card.fact.passage]


def test_the_selection_stays_when_more_is_known(panel: CodexPanel) -> None:
    select(panel, 1)
    new = make_entry(9, "Ada", facts=(make_fact(8),))
    more = make_entry(2, "Tom", facts=(*TOM.facts, make_fact(7)))
    show(panel, new, MARA, more, HARBOUR)
    assert child(panel, QTreeView).currentIndex().data() == "Tom"
    assert facts(panel) == [4, 7]


def test_each_tab_remembers_its_selection(panel: CodexPanel) -> None:
    select(panel, 1)
    tabs = child(panel, QTabBar)
    tabs.setCurrentIndex(1)
    assert facts(panel) == [5]
    tabs.setCurrentIndex(0)
    assert facts(panel) == [4]


def test_showing_the_same_again_keeps_the_keyboard_where_it_is(panel: CodexPanel) -> None:
    before = child(panel, CodexDetails).fact_cards()
    show(panel, MARA, TOM, HARBOUR)
    assert child(panel, CodexDetails).fact_cards() == before


def test_what_the_model_wrote_is_never_markup(panel: CodexPanel) -> None:
    select(panel, 1)
    labels = child(child(panel, CodexDetails), FactCard).findChildren(QLabel)
    assert "<b>Lies</b> to Mara." in [label.text() for label in labels]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_long_history_is_shown_from_its_end(panel: CodexPanel, qtbot: QtBot) -> None:
    many = tuple(make_fact(number, chapter=number) for number in range(1, 101))
    show(panel, make_entry(1, "Mara", facts=many))
    assert facts(panel) == list(range(71, 101))
    button = child(child(panel, CodexDetails), QPushButton)
    button.click()
    qtbot.waitUntil(lambda: facts(panel) == list(range(41, 101)))


def test_nothing_left_is_explained(panel: CodexPanel) -> None:
    show(panel)
    assert child(panel, EmptyState).isVisible()
    assert facts(panel) == []
