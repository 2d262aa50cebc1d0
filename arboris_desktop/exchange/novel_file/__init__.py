"""The novel file (``*.arboris``): a whole novel in one file, for another computer.

It is a zip of ``manifest.json``, which describes the file and has the SHA-256 hash of each other
member, and of ``rows/TABLE.jsonl``, the novel's rows of that table, one JSON object per line. Ids
are numbered from one; ``storage.portable`` reads and stores the rows.
"""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.exchange.zip_names import names_in_zip

NOVEL_FORM = "arboris"
"""The name of the format, and the extension of its files."""

NOVEL_SUFFIX = f".{NOVEL_FORM}"


def is_novel_file(path: Path) -> bool:
    """True if a file is a novel file, by its name or its contents."""
    if path.suffix.lower() == NOVEL_SUFFIX:
        return True
    names = names_in_zip(path)
    return "manifest.json" in names and any(name.startswith("rows/") for name in names)
