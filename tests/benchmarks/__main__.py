"""`dev.py bench`: speed and memory against the budgets in docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.benchmarks import (
    book,
    capacity,
    context,
    exports,
    frozen,
    idle,
    import_lock,
    large,
    queue_growth,
    queue_latency,
    queue_status,
    queue_throughput,
    search,
    server_queue,
    serving,
    start,
    streaming,
    typing_keys,
)
from tests.benchmarks.figures import Figure, markdown

Measure = Callable[[int], Iterator[Figure]]

SUBJECTS: Mapping[str, Measure] = {
    "queue-throughput": queue_throughput.measure,
    "queue-growth": queue_growth.measure,
    "queue-latency": queue_latency.measure,
    "queue-status": queue_status.measure,
    "server-queue": server_queue.measure,
    "serving": serving.measure,
    "capacity": capacity.measure,
    "idle": idle.measure,
    "start": start.measure,
    "streaming": streaming.measure,
    "typing": typing_keys.measure,
    "book": book.measure,
    "exports": exports.measure,
    "import-lock": import_lock.measure,
    "large": large.measure,
    "search": search.measure,
    "context": context.measure,
    "frozen": frozen.measure,
}


def main(arguments: Sequence[str]) -> int:
    """Measures, prints a table, and returns 1 when a budget is missed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--only", choices=SUBJECTS, action="append", help="measure only this")
    parser.add_argument("--runs", type=_positive, default=5, help="of each subject; default 5")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the samples there")
    options = parser.parse_args(arguments)
    figures: list[Figure] = []
    for name in options.only or SUBJECTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += SUBJECTS[name](options.runs)
    print(f"\n{machine()}; medians of {options.runs} runs\n\n{markdown(figures)}")
    if options.json:
        found = {"machine": machine(), "figures": [figure.to_json() for figure in figures]}
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    return int(any(figure.verdict == "miss" for figure in figures))


def machine() -> str:
    """The machine that the figures were taken on, as far as they depend on it."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def _positive(word: str) -> int:
    number = int(word)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
