from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.ui.notices.words import notification_words
from tests.gui.tasks.task_samples import make_notification

pytestmark = pytest.mark.usefixtures("qapp")


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
        "2 set aside as doubtful"
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
def test_every_type_has_words(kind: NotificationType) -> None:
    title, message = notification_words(make_notification(1, kind))
    assert "The Ferry" in title
    assert message
