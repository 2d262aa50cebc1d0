"""Holds a bill of materials against CycloneDX's schema. Needs `requirements/release.txt`."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator


def fault(bill: str) -> str | None:
    """The first violation of the schema in the bill; None when it is valid."""
    found = JsonStrictValidator(SchemaVersion.V1_5).validate_str(bill)
    return None if found is None else str(found)


def main(arguments: list[str]) -> int:
    """Reads the files that the arguments name; returns 1 with the reason when one is not valid."""
    for argument in arguments:
        if found := fault(Path(argument).read_text(encoding="utf-8")):
            print(f"{argument}: {found}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
