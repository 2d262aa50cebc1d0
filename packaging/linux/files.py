"""The content of every Linux package: the frozen folder, and its place in the desktop's menus."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from freeze import icons, names

SHARE = Path(__file__).parent / "share"
METAINFO = f"{names.BUNDLE_IDENTIFIER}.metainfo.xml"


def stage_shared_files(root: Path, prefix: Path, built_at: datetime) -> None:
    """Puts menu entry, icons, file type, metainfo and manual under `prefix` (`/usr` in a package).

    `root` is the checkout; `built_at` is the day of a release that the changelog does not date.
    """
    share = prefix / "share"
    copy(SHARE / "arboris-desktop.desktop", share / "applications")
    copy(SHARE / "arboris-desktop.xml", share / "mime" / "packages")
    copy(SHARE / "arboris-desktop.1", share / "man" / "man1")
    text = (SHARE / METAINFO).read_text(encoding="utf-8")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    write(share / "metainfo" / METAINFO, text.replace("@RELEASES@", releases(changelog, built_at)))
    stage_icons(root / "resources" / "icons" / "app.svg", share / "icons" / "hicolor")


def stage_icons(svg: Path, theme: Path) -> None:
    """Puts the icon in all sizes, and the drawing itself, into a hicolor theme."""
    drawn = icons.make(svg, theme / "drawn")
    for size, png in drawn.png.items():
        folder = theme / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        png.rename(folder / f"{names.COMMAND}.png")
    shutil.rmtree(theme / "drawn")
    scalable = theme / "scalable" / "apps"
    scalable.mkdir(parents=True)
    shutil.copyfile(svg, scalable / f"{names.COMMAND}.svg")


def releases(changelog: str, built_at: datetime) -> str:
    """The releases in a changelog as AppStream lists them: `## 1.2.0 (2026-11-24)`."""
    found = re.findall(r"^## (\S+) \(([^)]+)\)", changelog, flags=re.M)
    if not found:
        raise ValueError("the changelog lists no release: '## 1.2.0 (2026-11-24)'")
    today = built_at.astimezone(UTC).date().isoformat()
    dated = [(name, day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else today) for name, day in found]
    return "\n    ".join(f'<release version="{name}" date="{day}"/>' for name, day in dated)


def copy(source: Path, folder: Path) -> Path:
    """Copies a file into a folder that may not exist yet."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source, folder / source.name))


def write(path: Path, text: str) -> None:
    """Writes a file into a folder that may not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
