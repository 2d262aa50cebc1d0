"""Making novel files that no export would write."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Forgery:
    """The members of a novel file; their hashes are made right, so that nothing else is wrong."""

    members: dict[str, bytes]
    manifest: dict[str, Any]
    extra: list[tuple[str | zipfile.ZipInfo, bytes]] = field(default_factory=list)
    compression: int = zipfile.ZIP_DEFLATED
    honest: bool = True

    def rows(self, table: str) -> list[Any]:
        """The rows of a table."""
        return [json.loads(line) for line in self.members[_name(table)].splitlines()]

    def set_rows(self, table: str, rows: list[Any]) -> None:
        """Replaces the rows of a table."""
        self.set_lines(table, *(json.dumps(row).encode() for row in rows))

    def set_lines(self, table: str, *lines: bytes) -> None:
        """Replaces the lines of a table."""
        self.members[_name(table)] = b"".join(line + b"\n" for line in lines)

    def change(self, table: str, **values: Any) -> None:
        """Changes the first row of a table."""
        first, *others = self.rows(table)
        self.set_rows(table, [{**first, **values}, *others])

    def write(self, path: Path) -> None:
        """Writes the file."""
        if self.honest:
            self.manifest["members"] = {
                name: {
                    "rows": data.count(b"\n"),
                    "size": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
                for name, data in self.members.items()
            }
        with zipfile.ZipFile(path, "w", self.compression) as zipped:
            for name, data in self.members.items():
                zipped.writestr(name, data)
            for member, data in self.extra:
                zipped.writestr(member, data)
            zipped.writestr("manifest.json", json.dumps(self.manifest))


Change = Callable[[Forgery], object]


def forge(source: Path, target: Path, change: Change) -> None:
    """Writes a changed copy of a novel file."""
    with zipfile.ZipFile(source) as zipped:
        members = {name: zipped.read(name) for name in zipped.namelist()}
    forgery = Forgery(members, json.loads(members.pop("manifest.json")))
    change(forgery)
    forgery.write(target)


def _name(table: str) -> str:
    return f"rows/{table}.jsonl"
