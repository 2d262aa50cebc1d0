"""An empty window with the same large libraries: what no start of ours can undercut."""

from __future__ import annotations

import sys


def main() -> None:
    """Shows the window until the process is ended."""
    import pydantic  # noqa: F401
    import sqlalchemy  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv)
    window = QMainWindow()
    window.show()
    application.exec()
