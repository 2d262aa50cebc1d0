"""The notes of a release: its part of CHANGELOG.md."""

from __future__ import annotations

import re
import sys

from freeze import names


class NotesError(Exception):
    """There is nothing to say about the version; the message says what to do."""


def notes(changelog: str, version: str) -> str:
    """The changelog's section under `## VERSION (date)`. Raises NotesError.

    A version that is still called unreleased, or that has no entries, is no release.
    """
    found = re.search(
        rf"^## {re.escape(version)} \((?P<day>[^)]*)\)\n(?P<text>.*?)(?=^## |\Z)",
        changelog,
        flags=re.M | re.S,
    )
    if found is None:
        raise NotesError(f"CHANGELOG.md has no part '## {version} (date)'")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", found["day"]):
        raise NotesError(f"CHANGELOG.md says '{found['day']}' for {version}: give the day")
    if not found["text"].strip():
        raise NotesError(f"CHANGELOG.md says nothing about {version}")
    return found["text"].strip() + "\n"


def main() -> int:
    """Prints the notes of the present version; 1 with the reason when it is no release."""
    changelog = (names.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    try:
        sys.stdout.write(notes(changelog, names.version()))
    except NotesError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
