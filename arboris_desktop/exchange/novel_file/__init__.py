"""The novel file (``*.arboris``): a whole novel in one file, for another computer.

A zip of ``manifest.json``, which says what the file is and has the SHA-256 of each other member,
and of ``rows/TABLE.jsonl``, the novel's rows of that table, one JSON object a line. Ids are
numbered from one; ``storage.project_rows`` reads and stores the rows.
"""

from __future__ import annotations

NOVEL_FORM = "arboris"
"""The name of the format, and the ending of its files' names."""

NOVEL_SUFFIX = f".{NOVEL_FORM}"
