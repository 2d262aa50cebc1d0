"""One round of killing: a data folder of its own, a model of its own, and real processes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.settings import (
    InterfaceLanguage,
    InterfaceSettings,
    ProviderSettings,
    QueueSettings,
)
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.chapters.drafting import store_chapter
from tests.faults.invariants import Expected, Snapshot, blocked, snapshot
from tests.faults.kill_book import BookChapter
from tests.faults.kill_library import ServerLibrary
from tests.faults.kill_model import WAIT_SECONDS, Model
from tests.support.short_chapters import SHORT_CHAPTERS

_ROOT = Path(__file__).parents[2]

POLL_SECONDS = 5
"""The shortest that the settings allow: a survivor looks for a dead neighbour's tasks so often."""

LOOK_SECONDS = 0.0005
"""The seconds between two looks at another process's database or folder; it sends us no signal."""


class BrokenRoundError(AssertionError):
    """A round found something that must not be; the message says what."""


@dataclass(slots=True)
class Running:
    """A process of the app, and what it prints, which goes to files: a pipe could fill up."""

    process: subprocess.Popen[bytes]
    log: Path

    def alive(self) -> bool:
        """True while it runs."""
        return self.process.poll() is None

    def starved(self) -> float:
        """The seconds in which its threads could have run and got no processor: what a busy machine
        takes from it. Zero where the system does not tell."""
        waited = 0
        for told in Path(f"/proc/{self.process.pid}/task").glob("*/schedstat"):
            with suppress(OSError):  # the thread has ended
                waited += int(told.read_text().split()[1])
        return waited / 1e9

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, if it still runs."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Waits for its end and returns its exit code; minus the signal's number for a killed."""
        return self.process.wait(WAIT_SECONDS)

    def words(self) -> str:
        """The output of both streams."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass(slots=True)
class Round:
    """The folder, the model and the processes of one round."""

    folder: Path
    random: Random
    model: Model
    expected: Expected
    drawn: int = 1
    """The number of the request, or of the chapter, that the round's phase is about."""
    running: list[Running] = field(default_factory=list)
    typed_into: str = ""
    """The field of the novel in which somebody types, where somebody does."""
    killed_at: float = 0.0
    """By the monotonic clock."""
    starved: float = 0.0
    """The time for which the killed process waited for a processor in the phase, in seconds."""
    library: ServerLibrary | None = None
    """The library of the novels; in the folder, without one."""

    @property
    def paths(self) -> DataPaths:
        """The author's data."""
        return DataPaths(self.folder / "home")

    def environment(self, asker: str = "scripted") -> dict[str, str]:
        """The environment of the app; ``asker`` is the model's name, so it shows who asks."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("ARBORIS_", "DBUS_"))}
        server = {} if self.library is None else {"ARBORIS_DATABASE_URL": self.library.address}
        return {
            **kept,
            **server,
            "ARBORIS_HOME": str(self.paths.home),
            "ARBORIS_BASE_URL": self.model.base_url,
            "ARBORIS_MAX_PARALLEL": "16",
            "ARBORIS_API_KEY": "sk-faults",
            "ARBORIS_MODEL": asker,
            "QT_QPA_PLATFORM": "offscreen",
        }

    def start(
        self, *arguments: str, asker: str = "scripted", module: str = "arboris_desktop"
    ) -> Running:
        """Starts ``python -m arboris_desktop ARGUMENTS`` in this round's folder."""
        log = self.folder / f"process-{len(self.running) + 1}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                cwd=_ROOT,
                env=self.environment(asker),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.running.append(Running(process, log))
        return self.running[-1]

    def run(self, *arguments: str) -> str:
        """Runs a command to its end, which must be a good one; returns what it printed."""
        running = self.start(*arguments)
        code = running.end()
        if code != 0:
            raise BrokenRoundError(f"{' '.join(arguments)} ended with {code}: {running.words()}")
        return running.words()

    def end_all(self) -> None:
        """Ends what still runs, also what was stopped."""
        for running in self.running:
            running.process.kill()
            running.process.wait()

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The author's data, from this process."""
        services = build_services(self.environment(), keys=SessionKeyStore())
        try:
            yield services
        finally:
            services.close()

    @contextmanager
    def autopsy(self) -> Iterator[Snapshot]:
        """A copy of the database as it lies there now."""
        folder = self.folder / "autopsy"
        if self.library is None:
            copied = snapshot(self.paths.database, folder)
        else:
            copied = self.library.as_file(self.paths.database, folder)
        with copied as seen:
            yield seen

    def look(self, query: str, *values: object) -> object:
        """The first value of a query on the live database, read only; ``None`` if there is none."""
        if self.library is not None:
            return self.library.look(query, *values)
        address = f"{self.paths.database.as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(address, uri=True)) as connection:
                row = connection.execute(query, values).fetchone()
        except sqlite3.OperationalError:
            return None  # not yet there, or just being made
        return None if row is None else row[0]

    def change(self, statement: str) -> None:
        """Changes rows behind the app's back."""
        if self.library is not None:
            self.library.rows(statement)
            return
        with closing(sqlite3.connect(self.paths.database, timeout=10)) as connection, connection:
            connection.execute(statement)

    def blocked(self) -> list[str]:
        """Nothing that a dead process left keeps others out."""
        left = blocked(self.paths.database, self.paths.instances)
        return left if self.library is None else left + self.library.blocked()

    def until(self, condition: Callable[[], bool], running: Running) -> bool:
        """Looks until the condition holds; false when the process ended before it did."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not condition():
            if not running.alive():
                return condition()
            if time.monotonic() > deadline:
                raise BrokenRoundError("the awaited state never came")
            time.sleep(LOOK_SECONDS)
        return True

    def instance_locked(self) -> bool:
        """True once a process of the app has come as far as to say that it lives."""
        return any(self.paths.instances.glob("*.lock"))


@contextmanager
def round_in(
    folder: Path,
    random: Random,
    template: Path,
    expected: Expected,
    library: ServerLibrary | None = None,
) -> Iterator[Round]:
    """A round in a new folder with a copy of the template's data. Ends its processes."""
    shutil.copytree(template, folder / "home")
    model = Model(list(expected.chapters))
    with model.running():
        this = Round(folder, random, model, expected, library=library)
        try:
            yield this
        finally:
            this.end_all()


def make_template(folder: Path, chapters: int, stored: int) -> Expected:
    """Makes a data folder with a novel of which the first ``stored`` chapters await analysis."""
    book = tuple(BookChapter(number) for number in range(1, chapters + 1))
    services = build_services({"ARBORIS_HOME": str(folder)}, keys=SessionKeyStore())
    try:
        services.preferences.set(
            QueueSettings(poll_seconds=POLL_SECONDS, max_concurrent=2),
            ProviderSettings(configured=True),
            InterfaceSettings(language=InterfaceLanguage.ENGLISH),
            SHORT_CHAPTERS,
        )
        outline = tuple(OutlineChapter(f"Day {c.number}", "A day at the harbour.") for c in book)
        project_id = services.novels.create(
            NewNovel("The Keeper", "A keeper writes.", volumes=(OutlineVolume("One", outline),))
        )
        overviews = services.novels.open(project_id).chapters
        for overview, chapter in list(zip(overviews, book, strict=True))[:stored]:
            store_chapter(services.database, overview.id, chapter.text, provider="scripted")
    finally:
        services.close()
    return Expected(project_id, book, frozenset(range(1, stored + 1)))
