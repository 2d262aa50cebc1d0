"""A start reads only what the first window needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

NOT_AT_A_START = (
    "arboris_desktop.analysis",
    "arboris_desktop.codex",
    "arboris_desktop.commands",
    "arboris_desktop.composition.novel_desks",
    "arboris_desktop.domain.candidates",
    "arboris_desktop.domain.codex",
    "arboris_desktop.exchange.importing",
    "arboris_desktop.exchange.preview",
    "arboris_desktop.exchange.writing.formats",
    "arboris_desktop.llm.openai_compatible",
    "arboris_desktop.llm.metered",
    "arboris_desktop.llm.structured",
    "arboris_desktop.storage.portable",
    "arboris_desktop.tasks.worker",
    "arboris_desktop.text.headings",
    "arboris_desktop.ui.about_dialog",
    "arboris_desktop.ui.arrivals",
    "arboris_desktop.ui.backups.restore_dialog",
    "arboris_desktop.ui.blueprint",
    "arboris_desktop.ui.book_search",
    "arboris_desktop.ui.candidates",
    "arboris_desktop.ui.chapter.desk",
    "arboris_desktop.ui.chapter.draft_desk",
    "arboris_desktop.ui.chapter.editor",
    "arboris_desktop.ui.chapter.view",
    "arboris_desktop.ui.codex",
    "arboris_desktop.ui.concept",
    "arboris_desktop.ui.context",
    "arboris_desktop.ui.continuation",
    "arboris_desktop.ui.files.import_preview",
    "arboris_desktop.ui.frame.chapter_parts",
    "arboris_desktop.ui.novels.new_novel_dialog",
    "arboris_desktop.ui.outline.desk",
    "arboris_desktop.ui.outline.page",
    "arboris_desktop.ui.review",
    "arboris_desktop.ui.revision.panel",
    "arboris_desktop.ui.settings.dialog",
    "arboris_desktop.ui.settings.first_run_dialog",
    "arboris_desktop.ui.comments",
    "arboris_desktop.ui.second_start",
    "arboris_desktop.ui.snapshots",
    "arboris_desktop.ui.spelling",
    "arboris_desktop.ui.tasks.panel",
    "arboris_desktop.writing.asking",
    "arboris_desktop.writing.blueprint",
    "arboris_desktop.writing.chapters.drafting",
    "arboris_desktop.writing.concept",
    "arboris_desktop.writing.context",
    "arboris_desktop.writing.outline",
    "arboris_desktop.writing.reviews",
    "arboris_desktop.writing.spelling",
    "PySide6.QtNetwork",
    "charset_normalizer",
    "docx",
    "httpx",
    "keyring",
    "lxml",
    "markdown_it",
    "pydantic",
    "regex",
    "spylls",
    "xllamacpp",
)
"""Modules that are read when they are first used: what needs an open novel, analyses, formats,
networks, and dialogs of some size."""

MOST_MODULES = 258
"""Our own modules that a start may read; more are a sign that something is read too early."""

_START = """
import sys
from arboris_desktop.background.feature_scan import skip_command_line_of_httpx, skip_feature_scan
skip_feature_scan()
skip_command_line_of_httpx()
import linecache
from arboris_desktop.app import build_services, build_studio, create_application, run_in_qt_loop

async def show():
    studio, window = build_studio(application, services)
    window.show()
    print(*sorted(name for name, module in sys.modules.copy().items() if module), sep="\\n")
    print("sources read:", sum("arboris_desktop" in name for name in list(linecache.cache)))
    import httpx
    print("of a terminal:", {"click", "pygments", "rich"} & set(sys.modules))
    await studio.stop()

application = create_application(["start"])
services = build_services()
run_in_qt_loop(application, show())
services.close()
"""


def _run(script: str, home: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "ARBORIS_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_start_reads_no_more_than_it_needs(tmp_path: Path) -> None:
    _run(_START, tmp_path)  # The first start makes the database, with all its tables.
    *loaded, sources, with_httpx = _run(_START, tmp_path)
    early = [
        name
        for name in loaded
        if any(name == one or name.startswith(f"{one}.") for one in NOT_AT_A_START)
    ]
    assert early == []
    assert sum(name.startswith("arboris_desktop") for name in loaded) <= MOST_MODULES
    assert sources == "sources read: 0", "PySide6 looked for features in the sources"
    assert with_httpx == "of a terminal: set()", "httpx read its command line"


_FIRST_QUESTION = """
import socket, sys
from PySide6.QtWidgets import QApplication
from arboris_desktop.background.feature_scan import skip_feature_scan
skip_feature_scan()
from arboris_desktop.domain.server_presets import ServerPreset
from arboris_desktop.llm.local_servers import find_local_servers
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog

application = QApplication([])
dialog = FirstRunDialog(probe=None)
dialog.show()
application.processEvents()
with socket.socket() as closed:
    closed.bind(("127.0.0.1", 0))
    address = f"http://localhost:{closed.getsockname()[1]}/v1"
    print("found:", find_local_servers([ServerPreset("here", "Here", address)]))
print("read:", {"httpx", "httpcore", "anyio"} & set(sys.modules))
"""


def test_the_first_question_reads_no_http_where_no_server_runs(tmp_path: Path) -> None:
    assert _run(_FIRST_QUESTION, tmp_path) == ["found: ()", "read: set()"]
