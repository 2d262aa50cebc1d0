"""Words for files: the formats in which a novel goes out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def format_name(form: str) -> str:
    """Returns the name of a format in a dialog."""
    names = {
        "arboris": QCoreApplication.translate("Formats", "The whole novel, for another computer"),
        "docx": QCoreApplication.translate("Formats", "Word document"),
        "epub": QCoreApplication.translate("Formats", "E-book"),
        "odt": QCoreApplication.translate("Formats", "OpenDocument text"),
        "pdf": QCoreApplication.translate("Formats", "PDF, to read or print"),
        "html": QCoreApplication.translate("Formats", "Web page"),
        "md": QCoreApplication.translate("Formats", "Markdown"),
        "novelwriter": QCoreApplication.translate("Formats", "novelWriter project, a new folder"),
        "txt": QCoreApplication.translate("Formats", "Plain text"),
    }
    return names[form]
