"""SHA256SUMS and the bill of materials (CycloneDX) for the files of a release."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from freeze import names, third_party

REQUIREMENTS = names.ROOT / "packaging" / "requirements"


def checksums(folder: Path) -> str:
    """A line per file, as `sha256sum --check` reads it; SHA256SUMS itself is left out."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.name}\n")
    return "".join(lines)


def bill_of_materials() -> dict[str, object]:
    """The pinned packages that the application carries, as CycloneDX 1.5 lists them.

    Packages for another system, which are not installed here, are listed without a licence.
    """
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": names.COMMAND,
                "version": names.version(),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_component(name, version) for name, version in pins()],
    }


def pins() -> list[tuple[str, str]]:
    """Name and version of every package that the application is pinned to."""
    texts = [
        (REQUIREMENTS / name).read_text(encoding="utf-8") for name in ("runtime.txt", "model.txt")
    ]
    return [pin for text in texts for pin in re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.M)]


def _component(name: str, version: str) -> dict[str, object]:
    component: dict[str, object] = {
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
    }
    try:
        words = third_party.licence(distribution(name))
    except PackageNotFoundError:
        return component
    return component | {"licenses": [{"license": {"name": words}}]}


def main(arguments: list[str]) -> int:
    """Writes both into the folder that the one argument names."""
    folder = Path(arguments[0])
    bill = json.dumps(bill_of_materials(), indent=2) + "\n"
    (folder / f"{names.COMMAND}-{names.version()}.cdx.json").write_text(bill, encoding="utf-8")
    (folder / "SHA256SUMS").write_text(checksums(folder), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
