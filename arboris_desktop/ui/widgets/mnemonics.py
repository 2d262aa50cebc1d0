"""Names of actions without mnemonics: for tool bars and tool tips."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence

from arboris_desktop.text.patterns import lazy_pattern

_MARK = lazy_pattern(r"\(&[^&]\)|&(?=[^&])")


def without_mnemonic(text: str) -> str:
    """Returns the plain name: ``&Stop`` becomes ``Stop``, and ``停止(&S)`` loses the letter in
    brackets."""
    return _MARK.sub("", text).replace("&&", "&").removesuffix("…")


def name_on_tool_bar(action: QAction) -> None:
    """Gives an action the text of its button, and a tool tip with its shortcut."""
    name = without_mnemonic(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setIconText(name)
    action.setToolTip(f"{name} ({keys})" if keys else name)


def literal(text: str) -> str:
    """Escapes a text for an action, so that no letter becomes a mnemonic."""
    return text.replace("&", "&&")
