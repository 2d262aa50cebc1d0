"""The state of the queue for ``doctor``: who works it, what waits, and what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arboris_desktop.domain.tasks import AnalysisTask
    from arboris_desktop.services import Services

_RECENT = 200
_MOST_FAILED = 5


def check_queue(services: Services) -> list[tuple[str, str]]:
    """Returns notes on the queue; none is a problem of this computer."""
    return [_check_processors(services), *_check_failed(services)]


def _check_processors(services: Services) -> tuple[str, str]:
    waiting = services.queue.counts().pending
    processors = services.queue.processors()
    wait = f"{waiting} task{'' if waiting == 1 else 's'} wait{'s' if waiting == 1 else ''}"
    if services.queue.is_paused():
        return "note", f"the queue is paused, {wait}: resume it in the window"
    if processors:
        works = "1 processor works" if processors == 1 else f"{processors} processors work"
        return "ok", f"{works} the queue, {wait}"
    if not waiting:
        return "ok", "no processor is running, and no task waits"
    to_do = "open the window, or start 'arboris-desktop work'"
    return "note", f"no processor is running, {wait}: {to_do}"


def _check_failed(services: Services) -> list[tuple[str, str]]:
    """Returns the last failed tasks with their reasons, and the number of all."""
    from arboris_desktop.domain.tasks import TaskStatus

    failed = services.queue.counts().failed
    recent = services.queue.recent(limit=_RECENT) if failed else []
    told = [task for task in recent if task.status is TaskStatus.FAILED][:_MOST_FAILED]
    notes = [("note", _failure(task)) for task in told]
    if failed > len(told):
        notes.append(("note", f"{failed - len(told)} more tasks failed: arboris-desktop status"))
    return notes


def _failure(task: AnalysisTask) -> str:
    reason = f"{(task.error_type or 'unknown').replace('_', ' ')} ({task.error_message or ''})"
    chapter = f"'{task.project_title}', chapter {task.chapter_number}"
    return f"task {task.id} of {chapter} failed: {reason}: arboris-desktop retry {task.id}"
