"""``python -m arboris_desktop.demo``: one chapter, or with ``--book`` a whole short book."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

_MOST_CHAPTERS = 40


def main(arguments: list[str] | None = None) -> int:
    """Runs a demonstration; exit code 0 when every stage came to its end."""
    started = time.monotonic()
    parser = argparse.ArgumentParser(prog="demo")
    parser.add_argument("--out", type=Path, default=Path("demo-out"))
    parser.add_argument("--language", choices=("en", "zh_CN"), default="en")
    parser.add_argument("--scheme", choices=("light", "dark"), default="light")
    text = "write a whole short book, from a spark to files, with nobody to ask"
    parser.add_argument("--book", action="store_true", help=text)
    chapters = range(1, _MOST_CHAPTERS + 1)
    parser.add_argument("--chapters", type=int, default=10, choices=chapters, metavar="N")
    parser.add_argument("--words", type=int, default=250, metavar="N", help="in each chapter")
    parser.add_argument("--gallery", action="store_true", help="paint everything in all looks")
    parser.add_argument("--look", action="store_true", help="paint everything in one look")
    parser.add_argument("--scale", type=int, default=100, metavar="PERCENT")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.book:
        from arboris_desktop.demo.book import run as run_book

        return run_book(options, started)
    if options.gallery:
        from arboris_desktop.demo.gallery.all_looks import run as paint_all

        return paint_all(options)
    if options.look:
        from arboris_desktop.demo.gallery.look import run as paint_one

        return paint_one(options)
    from arboris_desktop.demo.one_chapter import run

    return run(options, started)


if __name__ == "__main__":
    sys.exit(main())
