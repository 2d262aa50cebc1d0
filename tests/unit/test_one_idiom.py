"""The window waits in one way: by ``await``, for an operation, a dialog or a model; its messages
are made, and its language is followed, in one way, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.background.operations import Operations
from arboris_desktop.ui.novels.open_novel import OpenNovel

PACKAGE = Path(__file__).parents[2] / "arboris_desktop"
WINDOW = [path for part in ("ui", "composition") for path in (PACKAGE / part).rglob("*.py")]

OTHER_WAYS = {"to_thread", "run_in_executor", "QRunnable", "QThread", "QThreadPool", "Thread"}
"""Ways to another thread that ``Operations.call`` and ``Desk.in_background`` stand for."""

DESK = PACKAGE / "ui" / "work" / "desk.py"


def names(path: Path) -> Iterator[str]:
    """All names that a module uses, and the attributes of them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def handed_over(path: Path) -> list[int]:
    """The lines where operations or a pool are given handlers instead of being awaited."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "run"
        and ast.unparse(node.func.value).split(".")[-1]
        in {"operations", "_operations", "pool", "_pool"}
    ]


def test_the_window_awaits_and_hands_no_callbacks_over() -> None:
    found = {
        str(path.relative_to(PACKAGE)): (OTHER_WAYS & set(names(path)), handed_over(path))
        for path in WINDOW
        if path != DESK
    }
    assert {path: ways for path, ways in found.items() if any(ways)} == {}


def test_a_novel_is_only_awaited() -> None:
    assert hasattr(Operations, "call")
    assert not hasattr(OpenNovel, "run")


def made_by_hand(path: Path) -> list[int]:
    """The lines where Qt's message box is made, opened or inherited from."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Call) and "QMessageBox" in _called(node))
        or (isinstance(node, ast.ClassDef) and "QMessageBox" in map(ast.unparse, node.bases))
    ]


def _called(call: ast.Call) -> tuple[str, ...]:
    """The class that is called, or of which a method is."""
    return ast.unparse(call.func), ast.unparse(getattr(call.func, "value", call.func))


def test_every_message_box_is_a_message_box_of_ours() -> None:
    """Otherwise its title may be a whole sentence, or its text be read as markup."""
    dialogs = PACKAGE / "ui" / "widgets" / "dialogs.py"
    found = {path.name: made_by_hand(path) for path in PACKAGE.rglob("*.py") if path != dialogs}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert made_by_hand(dialogs), "the one place is seen"


def test_the_language_of_the_window_is_followed_by_translated_widgets() -> None:
    """They are the only ones that look for the event; others are retranslated by a widget."""
    looks = {str(path.relative_to(PACKAGE)) for path in WINDOW if "LanguageChange" in names(path)}
    assert looks == {"ui/i18n.py"}
