from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import NotificationType
from arboris_desktop.ui.notices.notification_list_model import (
    NotificationListModel,
    NotificationRole,
)
from arboris_desktop.ui.notices.words import notification_words
from tests.gui.tasks.task_samples import make_notification

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def model(qapp: QApplication) -> Iterator[NotificationListModel]:
    shown = NotificationListModel()
    QAbstractItemModelTester(
        shown, QAbstractItemModelTester.FailureReportingMode.Fatal, parent=shown
    )
    yield shown
    shown.deleteLater()


def test_what_was_found_is_counted_in_words() -> None:
    data: dict[str, object] = {
        "characters": 2,
        "changes": 3,
        "world": 0,
        "seeds": 4,
        "unsupported": 1,
        "low_confidence": 1,
    }
    title, message = notification_words(make_notification(1, data=data))
    assert title == "Analysed: 12. The Ferry"
    assert message == (
        "2 new characters, 3 changes in characters, 4 seeds of foreshadowing, "
        "2 set apart as doubtful"
    )


@pytest.mark.parametrize("data", [{}, {"characters": 0}, {"characters": "two", "world": None}])
def test_nothing_found_is_said(data: dict[str, object]) -> None:
    assert notification_words(make_notification(1, data=data))[1] == "Nothing new was found."


def test_a_failure_says_why_and_what_to_do() -> None:
    failed = make_notification(
        1, NotificationType.FAILED, data={"error_type": ErrorKind.UNAUTHORIZED.value}
    )
    title, message = notification_words(failed)
    assert title == "Analysis failed: 12. The Ferry"
    assert "refused the key" in message
    assert "Settings" in message


@pytest.mark.parametrize("kind", NotificationType)
def test_every_type_has_words_and_an_icon(
    model: NotificationListModel, kind: NotificationType
) -> None:
    model.set_notifications([make_notification(1, kind)])
    index = model.index(0)
    assert "The Ferry" in index.data()
    assert index.data(NotificationRole.MESSAGE)
    assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()


def test_unread_is_spoken(model: NotificationListModel) -> None:
    model.set_notifications([make_notification(2), make_notification(1, read=True)])
    spoken = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert ", unread." in spoken[0]
    assert ", read." in spoken[1]
    assert model.unread_count() == 1


def test_reading_one_changes_its_row_only(model: NotificationListModel) -> None:
    model.set_notifications([make_notification(3), make_notification(2), make_notification(1)])
    held = QPersistentModelIndex(model.index(1))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.extend((first.row(), last.row())))
    model.set_notifications(
        [
            make_notification(4),
            make_notification(3),
            make_notification(2, read=True),
            make_notification(1),
        ]
    )
    assert changed == [2, 2]
    assert held.row() == 2
    assert held.data(NotificationRole.IS_READ)


def test_a_tooltip_is_never_rich_text_of_the_author(model: NotificationListModel) -> None:
    model.set_notifications([make_notification(1, title="<b>bold</b>")])
    assert "<b>" not in model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>bold</b>" in model.index(0).data()


def test_the_novel_is_named_where_there_are_several(model: NotificationListModel) -> None:
    one = replace(make_notification(1), project_id="a", project_title="The Tide")
    model.set_notifications([one])
    alone = model.index(0).data(NotificationRole.MESSAGE)
    assert "The Tide" not in alone
    other = replace(make_notification(2), project_id="b", project_title="归潮")
    model.set_notifications([other, one])
    said = [model.index(row).data(NotificationRole.MESSAGE) for row in (0, 1)]
    assert [each.split(" · ")[0] for each in said] == ["归潮", "The Tide"]
    assert "归潮" in model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    model.set_notifications([one])
    assert model.index(0).data(NotificationRole.MESSAGE) == alone
