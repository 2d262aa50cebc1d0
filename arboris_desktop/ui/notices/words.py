"""The words of a notification, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.notifications import Notification, NotificationType
from arboris_desktop.domain.spent import Spent
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.costs.words import paid
from arboris_desktop.ui.error_words import error_kind, error_sentence
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.wording import chapter_name

_TITLES = {
    NotificationType.STARTED: QT_TRANSLATE_NOOP("Wording", "Analysing: {chapter}"),
    NotificationType.PROGRESS: QT_TRANSLATE_NOOP("Wording", "Still analysing: {chapter}"),
    NotificationType.COMPLETED: QT_TRANSLATE_NOOP("Wording", "Analysed: {chapter}"),
    NotificationType.FAILED: QT_TRANSLATE_NOOP("Wording", "Analysis failed: {chapter}"),
}


def notification_words(notification: Notification) -> tuple[str, str]:
    """A title and a message, both plain text; also for the tray and the desktop."""
    if "batch_id" in notification.data:
        return _batch_words(notification)
    name = chapter_name(
        notification.chapter_number, notification.chapter_title, notification.chapter_label
    )
    title = QCoreApplication.translate("Wording", _TITLES[notification.type]).format(chapter=name)
    return title, _message(notification)


def _batch_words(notification: Notification) -> tuple[str, str]:
    done, failed, cancelled = (
        _number(notification.data, name) for name in ("completed", "failed", "cancelled")
    )
    title = Wording.tr("The analysis of “{title}” has ended").format(
        title=notification.project_title
    )
    parts = [Wording.tr("%n chapters analysed", "", done)]
    if failed:
        parts.append(Wording.tr("%n failed", "", failed))
    if cancelled:
        parts.append(Wording.tr("%n cancelled", "", cancelled))
    return title, Wording.tr(", ").join(parts)


def _message(notification: Notification) -> str:
    match notification.type:
        case NotificationType.COMPLETED:
            return in_a_row(_found(notification.data), _alarming_cost(notification.data))
        case NotificationType.FAILED:
            words = error_sentence(error_kind(str(notification.data.get("error_type", ""))))
            return in_a_row(words.what_happened, words.what_to_do)
        case NotificationType.STARTED | NotificationType.PROGRESS:
            return Wording.tr("You can go on writing meanwhile.")


def _found(data: dict[str, object]) -> str:
    """Returns words for the results of a chapter, such as ``2 new characters, 1 seed planted``."""
    characters, changes, world, seeds = (
        _number(data, name) for name in ("characters", "changes", "world", "seeds")
    )
    apart = _number(data, "unsupported") + _number(data, "low_confidence")
    parts = [
        (characters, Wording.tr("%n new characters", "", characters)),
        (changes, Wording.tr("%n changes in characters", "", changes)),
        (world, Wording.tr("%n additions to the world", "", world)),
        (seeds, Wording.tr("%n seeds of foreshadowing", "", seeds)),
        (apart, Wording.tr("%n set aside as doubtful", "", apart)),
    ]
    said = [text for count, text in parts if count]
    return Wording.tr(", ").join(said) or Wording.tr("Nothing new was found.")


def _alarming_cost(data: dict[str, object]) -> str:
    cost = data.get("alarming_cost")
    # Older versions stored a single number.
    money = {str(data.get("currency", "")): cost} if isinstance(cost, float) else cost
    amount = paid(Spent.from_json({"money": money}))
    if not amount:
        return ""
    return Wording.tr("It cost {amount}, more than your limit.").format(amount=amount)


def _number(data: dict[str, object], name: str) -> int:
    value = data.get(name, 0)
    return value if isinstance(value, int) and value > 0 else 0
