"""A start reads only what the first window needs."""

from __future__ import annotations

import subprocess
import sys

NOT_AT_A_START = (
    "arboris_desktop.analysis",
    "arboris_desktop.commands",
    "arboris_desktop.exchange.importing",
    "arboris_desktop.exchange.preview",
    "arboris_desktop.exchange.writing.formats",
    "arboris_desktop.llm.openai_compatible",
    "arboris_desktop.text.headings",
    "arboris_desktop.ui.about_dialog",
    "arboris_desktop.ui.files.import_preview",
    "arboris_desktop.ui.settings.dialog",
    "arboris_desktop.ui.settings.first_run_dialog",
    "charset_normalizer",
    "docx",
    "httpx",
    "keyring",
    "lxml",
    "markdown_it",
    "pydantic",
    "xllamacpp",
)
"""What is read when it is used first: analyses, formats, networks, and dialogs of some size."""

MOST_MODULES = 605
"""Our own modules that a start may read; more are a sign that something is read too early."""

_START = """
import sys
from arboris_desktop.background.feature_scan import skip_feature_scan
skip_feature_scan()
import linecache
import arboris_desktop.app
print(*sorted(sys.modules), sep="\\n")
print("sources read:", sum("arboris_desktop" in name for name in linecache.cache))
"""


def _start() -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", _START], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()


def test_a_start_reads_no_more_than_it_needs() -> None:
    *loaded, sources = _start()
    early = [
        name
        for name in loaded
        if any(name == one or name.startswith(f"{one}.") for one in NOT_AT_A_START)
    ]
    assert early == []
    assert sum(name.startswith("arboris_desktop") for name in loaded) <= MOST_MODULES
    assert sources == "sources read: 0", "PySide6 looked for features in the sources"
