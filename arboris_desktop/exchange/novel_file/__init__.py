"""The novel file (``*.arboris``): a whole novel in one file, for another computer.

A zip of ``manifest.json``, which says what the file is and has the SHA-256 of each other member,
and of ``rows/TABLE.jsonl``, the novel's rows of that table, one JSON object a line. Ids are
numbered from one; ``storage.project_rows`` reads and stores the rows.
"""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.exchange.zipped import names_in_zip

NOVEL_FORM = "arboris"
"""The name of the format, and the ending of its files' names."""

NOVEL_SUFFIX = f".{NOVEL_FORM}"


def is_novel_file(path: Path) -> bool:
    """True if a file is one by its name, or by what it holds though it has another name."""
    if path.suffix.lower() == NOVEL_SUFFIX:
        return True
    names = names_in_zip(path)
    return "manifest.json" in names and any(name.startswith("rows/") for name in names)
