"""All looks one after the other, each in a process of its own: scaling is decided at its start."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh_CN")
SCHEMES = ("light", "dark")
SCALES = (100, 200)

LEAST_SHARE = 0.6
"""The share of the window that a text has after the first start."""
LEAST_LINES = {"page-text": 20, "size-1092x614": 14}
"""Of prose, after the first start and on a small laptop at 125 %."""
LEAST_CANDIDATE_LINES = 12
"""Of each of two candidates, with their judgement, in the window of a small laptop."""


_SCREEN = {
    "synchronousWindowSystemEvents": False,
    "windowFrameMargins": True,
    "screens": [
        {
            "name": "laptop",
            "x": 0,
            "y": 0,
            "width": 2880,
            "height": 1800,
            "logicalDpi": 96,
            "logicalBaseDpi": 96,
            "dpr": 1,
        }
    ],
}
"""The screen at which dialogs are bounded; Qt's own has room for none of them at 200 %."""


def run(options: argparse.Namespace) -> int:
    """Paints the gallery; 1 if a text is cut or not translated, or the page is too small."""
    out: Path = options.out
    scenes: list[dict[str, Any]] = []
    for language, scheme, scale in product(LANGUAGES, SCHEMES, SCALES):
        if code := _paint(out, language, scheme, scale):
            return code
        part = out / f"{language}-{scheme}-{scale}.json"
        scenes += json.loads(part.read_text(encoding="utf-8"))
        part.unlink()
    text = json.dumps(scenes, ensure_ascii=False, indent=1)
    (out / "layout.json").write_text(text + "\n", encoding="utf-8")
    found = [line for scene in scenes for line in complaints(scene)]
    for line in found:
        print(line)
    print(f"{len(scenes)} pictures, {len(found)} faults: {out}")
    return 1 if found else 0


def complaints(scene: dict[str, Any]) -> list[str]:
    """Faults of a scene, each in a line that names it."""
    wrong = list(scene["faults"])
    if scene["scene"] == "page-text" and scene.get("share", 0) < LEAST_SHARE:
        wrong.append(f"the page has {scene.get('share', 0):.0%} of the window")
    if scene.get("lines", 0) < LEAST_LINES.get(scene["scene"], 0):
        wrong.append(f"the page has {scene.get('lines', 0)} lines")
    if scene["scene"] == "candidates" and scene.get("candidate_lines", 0) < LEAST_CANDIDATE_LINES:
        wrong.append(f"a candidate has {scene.get('candidate_lines', 0)} lines")
    return [f"{scene.get('picture', scene['scene'])}: {each}" for each in wrong]


def _paint(out: Path, language: str, scheme: str, scale: int) -> int:
    command = [sys.executable, "-m", "arboris_desktop.demo", "--look", "--out", str(out)]
    command += ["--language", language, "--scheme", scheme, "--scale", str(scale)]
    with tempfile.TemporaryDirectory(prefix="arboris-screen-") as folder:
        screen = Path(folder) / "screen.json"
        screen.write_text(json.dumps(_SCREEN), encoding="utf-8")
        platform = f"offscreen:configfile={screen}"
        environment = {"QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(scale / 100)}
        return subprocess.run(command, env=os.environ | environment, check=False).returncode
