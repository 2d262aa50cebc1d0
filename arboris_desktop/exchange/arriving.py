"""Items of a novel file that wait for the author's decision: resting analyses, instructions."""

from __future__ import annotations

from arboris_desktop.domain.instructions import Arrivals
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.exchange.novel_file.instructions import accept
from arboris_desktop.storage.database import Database


class Arriving:
    """The author's decisions about what a file brought besides the text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, project_id: str) -> Arrivals:
        """Returns what waits for a decision. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            transaction.projects.get(project_id)
            return Arrivals(
                transaction.queue.resting(project_id),
                tuple(transaction.instructions.of_project(project_id)),
            )

    def analyse(self, project_id: str) -> int:
        """Queues the resting analyses with the settings of this computer; returns how many."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            return transaction.queue.wake(project_id, transaction.settings.get(GenerationConfig))

    def leave(self, project_id: str) -> int:
        """Cancels the resting analyses; returns how many."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            return transaction.queue.cancel_resting(project_id)

    def accept_instructions(self, project_id: str) -> None:
        """Puts the instructions of the file into force."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            accept(transaction, project_id)

    def discard_instructions(self, project_id: str) -> None:
        """Discards the instructions of the file."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.instructions.clear(project_id)
