from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.codex import CodexEntry, EntryKind, FactStatus
from arboris_desktop.ui.codex.entry_model import ENTRY_ROLE, CodexColumn, CodexModel
from tests.gui.codex.codex_samples import make_entry, make_fact

MARA = make_entry(1, "Mara", facts=(make_fact(1), make_fact(2)))
TOM = make_entry(2, "Tom", facts=(make_fact(3, status=FactStatus.UNSUPPORTED),))
HARBOUR = make_entry(3, "Harbour", kind=EntryKind.LOCATION, facts=(make_fact(4),))


@pytest.fixture
def model(qapp: QApplication) -> CodexModel:
    del qapp
    return CodexModel()


def words(model: CodexModel) -> list[tuple[str, str]]:
    return [
        (
            model.index(row, CodexColumn.NAME).data(),
            model.index(row, CodexColumn.KNOWN).data(),
        )
        for row in range(model.rowCount())
    ]


def test_it_keeps_the_rules_of_qt(model: CodexModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    for entries in ([MARA, TOM], [TOM, HARBOUR, MARA], [], [MARA]):
        model.set_entries(entries)
    assert tester.model() is model
    assert model.rowCount() == 1


def test_a_row_says_what_is_known(model: CodexModel) -> None:
    model.set_entries([MARA, TOM, HARBOUR])
    names, known = zip(*words(model), strict=True)
    assert names == ("Mara", "Tom", "Harbour")
    assert "2" in known[0]
    assert known[1] == "Quotation not found"
    assert known[2].startswith("Place · ")


def test_a_row_bears_its_entry(model: CodexModel) -> None:
    model.set_entries([TOM, MARA])
    assert model.index(1, 0).data(ENTRY_ROLE) == MARA
    assert model.row_of(MARA.id) == 1
    assert model.row_of(99) is None


def test_names_are_no_markup(model: CodexModel) -> None:
    entry: CodexEntry = make_entry(5, "<b>Mara</b>")
    model.set_entries([entry])
    index = model.index(0, 0)
    assert index.data() == "<b>Mara</b>"
    assert "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)
