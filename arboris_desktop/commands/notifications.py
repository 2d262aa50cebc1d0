"""``arboris-desktop notifications``: results of analyses."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import fail, print_json
from arboris_desktop.commands.row_ids import row_id
from arboris_desktop.commands.termination import Termination

if TYPE_CHECKING:
    from arboris_desktop.domain.notifications import Notification
    from arboris_desktop.services import Services


def add_arguments(notifications: argparse.ArgumentParser) -> None:
    """Declares the options of ``notifications``."""
    notifications.add_argument("action", nargs="?", choices=("list", "read"), default="list")
    notifications.add_argument("id", nargs="?", type=row_id)
    notifications.add_argument("--unread", action="store_true")
    notifications.add_argument("--json", action="store_true")


@with_services
def run(services: Services, options: argparse.Namespace, _ending: Termination) -> int:
    """Lists them, or marks one as read."""
    if options.action == "read":
        if options.id is None:
            return fail("'notifications read' needs the number of a notification", 2)
        services.inbox.mark_read(options.id)
        return 0
    found = services.inbox.list(unread_only=options.unread)
    if options.json:
        print_json([_as_json(notification) for notification in found])
        return 0
    for notification in found:
        mark = " " if notification.is_read else "*"
        print(f"{mark}{notification.id:6}  {notification.title}: {notification.message}")
    return 0


def _as_json(notification: Notification) -> dict[str, object]:
    return {
        "id": notification.id,
        "task_id": notification.task_id,
        "chapter_id": notification.chapter_id,
        "type": notification.type.value,
        "title": notification.title,
        "message": notification.message,
        "data": notification.data,
        "is_read": notification.is_read,
        "created_at": notification.created_at.isoformat(),
    }
