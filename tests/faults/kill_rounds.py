"""Many rounds of killing: ``python3 dev.py faults --rounds 200 --seed 7``.

Rounds run beside each other, each in a folder of its own. What a round draws follows from the
seed and its number; the folder of a round that found a violation is kept and named.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.moving import move_library
from tests.faults.invariants import Expected
from tests.faults.kill_library import ServerLibrary
from tests.faults.kill_neighbours import (
    kill_one_of_two,
    sleep_past_lease,
    sleep_with_aged_lease,
)
from tests.faults.kill_phases import PHASES, Phase
from tests.faults.kill_play import kill_in, measure, work_to_the_end
from tests.faults.kill_result import Found
from tests.faults.kill_service import kill_database, kill_interface
from tests.faults.kill_templates import ANALYSIS, OLD, TEMPLATES, make_templates
from tests.faults.stage import Round, round_in
from tests.support import mariadb_server
from tests.support.mariadb_server import MariaDbServer
from tests.support.postgres_server import PostgresServer, find_programs
from tests.support.servers import Server

PAST_LEASE = "asleep past the lease"
KILLS_ALL = "database killed"
PAIRS: dict[str, Callable[[Round], Found]] = {
    "one of two killed": kill_one_of_two,
    "asleep, lease aged": sleep_with_aged_lease,
    PAST_LEASE: sleep_past_lease,
}
ON_SERVER: dict[str, Callable[[Round], Found]] = {
    KILLS_ALL: kill_database,
    "interface killed": kill_interface,
}
"""Rounds that only a library on a server meets."""

OF_FILE = ("migrating",)
"""Rounds that only a library in a file meets."""

NAMES = (*(phase.name for phase in PHASES), *PAIRS, *ON_SERVER)
TWICE = ("merging", "migrating", "completing")
"""Short phases, of which more rounds are needed to meet every moment."""

_SLEEPERS = 4
"""Rounds that wait for a lease to run out cost time but no work: so many go on at once."""


@dataclass(frozen=True, slots=True)
class Result:
    """A round that was played."""

    number: int
    name: str
    found: Found
    folder: Path


@dataclass(slots=True)
class Suite:
    """All rounds of a run, and where they are played."""

    seed: int
    folder: Path
    expected: dict[str, Expected] = field(default_factory=dict)
    windows: dict[str, float] = field(default_factory=dict)
    server: Server | None = None
    """The server of the libraries; without one, they are in folders."""
    libraries: dict[str, str] = field(default_factory=dict)
    """The addresses of the templates on the server."""

    def prepare(self, names: Sequence[str]) -> None:
        """Makes the templates and measures how long the phases last."""
        self.expected = make_templates(self.folder / TEMPLATES)
        if self.server is not None:
            self.libraries = {name: self._moved(name) for name in self.expected if name != OLD}
        for phase in PHASES:
            if phase.name in names:
                folder = self.folder / f"measured-{phase.name.replace(':', '')}"
                with self._round(folder, phase.template, Random(self.seed)) as this:
                    self.windows[phase.name] = measure(this, phase)
                shutil.rmtree(folder)

    def _moved(self, name: str) -> str:
        """Brings a template to the server."""
        assert self.server is not None
        home, address = self.folder / TEMPLATES / name, self.server.new_library()
        with (
            closing(Database(DataPaths(home))) as file,
            closing(Database(DataPaths(home, address))) as there,
        ):
            move_library(file, there)
        return address

    @contextmanager
    def _round(self, folder: Path, template: str, random: Random) -> Iterator[Round]:
        folder.mkdir()
        home, expected = self.folder / TEMPLATES / template, self.expected[template]
        if self.server is None:
            with round_in(folder, random, home, expected) as this:
                yield this
            return
        library = ServerLibrary(self.server, self.server.copy(self.libraries[template]))
        with round_in(folder, random, home, expected, library) as this:
            yield this

    def play(self, number: int, name: str) -> Result:
        """Plays one round to the end; its folder stays only if something was wrong."""
        folder = self.folder / f"round-{number:04}"
        phase = next((phase for phase in PHASES if phase.name == name), None)
        template = ANALYSIS if phase is None else phase.template
        with self._round(folder, template, Random(f"{self.seed}/{number}")) as this:
            found = Found("", hit=False)
            try:
                pairs = PAIRS | ON_SERVER
                found = pairs[name](this) if phase is None else self._kill(this, phase)
                found.problems += work_to_the_end(this)
            except Exception as error:
                # A round that breaks is a finding like others, and must not end the run.
                found.problems.append(f"{type(error).__name__}: {error}")
        if not found.problems:
            shutil.rmtree(folder)
        return Result(number, name, found, folder)

    def _kill(self, this: Round, phase: Phase) -> Found:
        return kill_in(this, phase, self.windows[phase.name])


def schedule(rounds: int, names: Sequence[str]) -> list[str]:
    """The kinds of the rounds: all in turn, the short phases twice, long sleeps in every third."""
    cycle = [name for name in names if name != PAST_LEASE]
    cycle += [name for name in TWICE if name in names]
    long = cycle * 3 + [PAST_LEASE] if PAST_LEASE in names else cycle
    return [long[number % len(long)] for number in range(rounds)]


def run(
    suite: Suite, names: Sequence[str], jobs: int, tell: Callable[[Result], None]
) -> list[Result]:
    """Plays the rounds beside each other and returns what they found, in order."""
    suite.prepare(sorted(set(names)))
    # One server has the libraries of all: where it is killed, one round is played at a time.
    jobs = 1 if KILLS_ALL in names else jobs
    with ThreadPoolExecutor(jobs) as pool, ThreadPoolExecutor(_SLEEPERS) as sleepers:
        played: list[Future[Result]] = []
        for number, name in enumerate(names):
            chosen = sleepers if name == PAST_LEASE and KILLS_ALL not in names else pool
            played.append(chosen.submit(suite.play, number, name))
            played[-1].add_done_callback(lambda future: tell(future.result()))
        return [future.result() for future in played]


def table(results: Sequence[Result], windows: dict[str, float]) -> list[str]:
    """The counts by phase, as a table in Markdown."""
    lines = [
        "| phase | rounds | hit | window | what the kill found | violations |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for name in NAMES:
        mine = [result for result in results if result.name == name]
        if not mine:
            continue
        found = Counter(result.found.what for result in mine)
        words = ", ".join(f"{count} {what}" for what, count in found.most_common())
        window = f"{windows[name] * 1000:.0f} ms" if name in windows else ""
        hits = sum(result.found.hit for result in mine)
        wrong = sum(bool(result.found.problems) for result in mine)
        lines.append(f"| {name} | {len(mine)} | {hits} | {window} | {words} | {wrong} |")
    wrong = sum(bool(result.found.problems) for result in results)
    hits = sum(result.found.hit for result in results)
    lines.append(f"| **all** | {len(results)} | {hits} | | | {wrong} |")
    lost = [r.found.lost_seconds for r in results if r.found.lost_seconds is not None]
    if lost:
        lines += [
            "",
            f"Streamed text lost to a kill: at most {max(lost):.2f} s ({len(lost)} kills)",
        ]
    typed = [r.found.typed_lost_seconds for r in results]
    late = [seconds for seconds in typed if seconds is not None]
    if late:
        lines += ["", f"Typing lost to a kill: at most {max(late):.2f} s ({len(late)} kills)"]
    return lines


@contextmanager
def server_of(kind: str) -> Iterator[Server | None]:
    """A server of the kind for the libraries, if one is named."""
    server: PostgresServer | MariaDbServer
    if not kind:
        yield None
        return
    if kind == "mariadb":
        found = mariadb_server.find_programs()
        assert found is not None, "MariaDB is not installed"
        server = MariaDbServer(found)
    else:
        programs = find_programs()
        assert programs is not None, "PostgreSQL is not installed"
        server = PostgresServer(programs)
    try:
        yield server
    finally:
        server.close()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(result: Result) -> None:
    mark = "hit" if result.found.hit else "   "
    lost = result.found.lost_seconds
    late = "" if lost is None else f", {lost:.2f} s lost"
    if result.found.typed_lost_seconds is not None:
        late += f", {result.found.typed_lost_seconds:.2f} s of typing lost"
    _say(f"{result.number:4} {mark} {result.name}: {result.found.what}{late}")
    for problem in result.found.problems:
        _say(f"       VIOLATED {problem}")
    if result.found.problems:
        _say(f"       kept in {result.folder}")


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=None, help="as printed by an earlier run")
    parser.add_argument("--phase", action="append", choices=NAMES, help="only this kind of round")
    parser.add_argument("--jobs", type=int, default=2, help="rounds at once")
    parser.add_argument(
        "--server",
        nargs="?",
        default="",
        const="postgresql",
        choices=("postgresql", "mariadb"),
        help="libraries on such a server",
    )
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Plays the rounds and prints what they found; 1 if anything was violated."""
    options = _options(arguments)
    seed = int(time.time()) if options.seed is None else options.seed
    folder = Path(tempfile.mkdtemp(prefix="arboris-faults-"))
    _say(f"seed {seed}, folder {folder}")
    others = OF_FILE if options.server else tuple(ON_SERVER)
    names = schedule(options.rounds, options.phase or [n for n in NAMES if n not in others])
    begun = time.monotonic()
    suite = Suite(seed, folder)
    with server_of(options.server) as suite.server:
        results = run(suite, names, options.jobs, _tell)
    _say("\n".join(["", *table(results, suite.windows)]))
    _say(f"\nseed {seed}, {time.monotonic() - begun:.0f} s")
    if any(result.found.problems for result in results):
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
