"""Things that came with a novel file and wait for the author: analyses at rest, instructions
aside."""

from __future__ import annotations

from arboris_desktop.domain.instructions import Arrivals
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.exchange.novel_file.instructions import accept
from arboris_desktop.storage.database import Database


class Arriving:
    """The author's decisions about what a file brought beside the text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, project_id: str) -> Arrivals:
        """Returns the novel's arrivals that wait for a decision; raises ``NotFoundError``."""
        with self._database.read() as transaction:
            transaction.projects.get(project_id)
            return Arrivals(
                transaction.queue.resting(project_id),
                tuple(transaction.instructions.of_project(project_id)),
            )

    def analyse(self, project_id: str) -> int:
        """Queues the analyses that rest, as this computer is set; returns how many."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            return transaction.queue.wake(project_id, transaction.settings.get(GenerationConfig))

    def leave(self, project_id: str) -> int:
        """Cancels the analyses that rest; returns how many."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            return transaction.queue.cancel_resting(project_id)

    def accept_instructions(self, project_id: str) -> None:
        """Tells the model from now on what the file says."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            accept(transaction, project_id)

    def discard_instructions(self, project_id: str) -> None:
        """Forgets the instructions of the file."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.instructions.clear(project_id)
