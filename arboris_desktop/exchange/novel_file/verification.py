"""Reading a novel from a file once, as the studio will, before it is kept.

The schema does not define the values of a status, nor the shape of a finding; the code that reads
them does. What it cannot read would break the list of novels at every start.
"""

from __future__ import annotations

from arboris_desktop.domain.errors import NotFoundError, RuleError
from arboris_desktop.exchange.novel_file.strict_json import damaged
from arboris_desktop.storage.database import Transaction

_ALL = 10**9
_UNREADABLE = (
    *(ValueError, TypeError, LookupError, AttributeError, OverflowError),
    *(RuleError, NotFoundError),
)


def refuse_unreadable(transaction: Transaction, project_id: str) -> None:
    """Raises ``ArborisError`` (``NOVEL_FILE_DAMAGED``) for a novel that cannot be read."""
    try:
        _read_all(transaction, project_id)
    except _UNREADABLE as error:
        raise damaged(f"it cannot be read ({type(error).__name__}: {str(error)[:80]})") from error


def _read_all(transaction: Transaction, project_id: str) -> None:
    transaction.projects.get(project_id)
    transaction.projects.volumes(project_id)
    transaction.chapters.of_project(project_id)
    for _version in transaction.chapters.each_version(project_id):
        pass
    _read_chapters(transaction, project_id)
    transaction.codex.entries(project_id)
    transaction.journal.newest(project_id, _ALL)
    transaction.alerts.of_project(project_id, open_only=False)
    transaction.concepts.turns(project_id)
    transaction.concepts.brief(project_id)
    transaction.blueprints.get(project_id)
    transaction.guides.get(project_id)
    transaction.outline_runs.newest(project_id)
    transaction.auto_runs.newest(project_id)
    transaction.summaries.of_project(project_id)
    transaction.prompt_overrides.of_project(project_id)
    transaction.instructions.of_project(project_id)
    transaction.calls.of_project(project_id)
    _read_queue(transaction, project_id)


def _read_chapters(transaction: Transaction, project_id: str) -> None:
    """Reads what only some chapters have, with the usual code."""
    having = transaction.whole.chapters_with
    for chapter_id in having(project_id, "chapter_drafts"):
        transaction.drafts.get(chapter_id)
    for chapter_id in having(project_id, "passage_revisions"):
        transaction.revisions.newest_open(chapter_id)
    for chapter_id in having(project_id, "chapter_evaluations"):
        transaction.reviews.of_chapter(chapter_id)
    for chapter_id in having(project_id, "context_choices"):
        transaction.context_choices.of_chapter(chapter_id)
    for chapter_id in having(project_id, "chapter_snapshots"):
        transaction.snapshots.of_chapter(chapter_id)
    for chapter_id in having(project_id, "chapter_candidates"):
        for one in transaction.candidates.rounds(chapter_id):
            transaction.evaluations.of_round(one)


def _read_queue(transaction: Transaction, project_id: str) -> None:
    tasks = transaction.queue.of_project(project_id)
    for task_id in transaction.whole.tasks_with_steps(project_id):
        transaction.history.steps(task_id)
    for batch_id in {task.batch_id for task in tasks if task.batch_id is not None}:
        transaction.batches.get(batch_id)
