"""The Flatpak's manifest, which packs the plain archive: written by each build, beside it."""

from __future__ import annotations

from pathlib import Path

from freeze import names

TEMPLATE = Path(__file__).with_suffix(".yml")


def manifest(archive: str) -> str:
    """The manifest that packs an archive lying beside it."""
    text = TEMPLATE.read_text(encoding="utf-8")
    known = {"ID": names.BUNDLE_IDENTIFIER, "COMMAND": names.COMMAND, "ARCHIVE": archive}
    for name, value in known.items():
        text = text.replace(f"@{name}@", value)
    return text


def write(archive: Path) -> Path:
    """Writes the manifest beside an archive; returns the file."""
    target = archive.with_name(f"{names.BUNDLE_IDENTIFIER}.yml")
    target.write_text(manifest(archive.name), encoding="utf-8")
    return target
