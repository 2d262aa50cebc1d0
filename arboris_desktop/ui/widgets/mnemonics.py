"""Names of actions where no key is underlined: on tool bars and in tool tips."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence

from arboris_desktop.text.patterns import lazy_pattern

_MARK = lazy_pattern(r"\(&[^&]\)|&(?=[^&])")


def without_mnemonic(text: str) -> str:
    """The name alone: ``&Stop`` is ``Stop``, and of ``停止(&S)`` no letter in brackets is left."""
    return _MARK.sub("", text).replace("&&", "&").removesuffix("…")


def name_on_tool_bar(action: QAction) -> None:
    """Gives an action the text of its button, and a tool tip that tells its shortcut."""
    name = without_mnemonic(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setIconText(name)
    action.setToolTip(f"{name} ({keys})" if keys else name)


def literal(text: str) -> str:
    """A text as an action shows it to the letter: none of its letters is underlined."""
    return text.replace("&", "&&")
