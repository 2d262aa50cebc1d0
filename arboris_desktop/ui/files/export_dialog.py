"""Choosing the location and the format of an export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from arboris_desktop.exchange.file_names import file_stem
from arboris_desktop.exchange.novel_file import NOVEL_FORM
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import PROJECT_FORM
from arboris_desktop.ui.files.words import format_name
from arboris_desktop.ui.widgets.file_dialog import make_readable

_FILTERED = (NOVEL_FORM, *EXPORT_FORMATS, PROJECT_FORM)
"""The format of each filter, in order."""

_ENDINGS = {form: form for form in _FILTERED} | {PROJECT_FORM: "nwx"}
_FORMS = {f".{_ENDINGS[form]}": form for form in _FILTERED} | {".markdown": "md", ".htm": "html"}


class ExportDialog(QFileDialog):
    """Asks for a file, and for confirmation before it overwrites one."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, self.tr("Export the novel"))
        make_readable(self)
        self._followed = ""
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._filters = [f"{format_name(form)} (*.{_ENDINGS[form]})" for form in _FILTERED]
        self.setNameFilters(self._filters)
        self.selectFile(file_stem(title) or self.tr("Novel"))
        self.filterSelected.connect(self._follow_filter)
        self._follow_filter(self._filters[0])

    @Slot(str)
    def _follow_filter(self, chosen: str) -> None:
        """Changes the extension with the format; the same format again changes no name."""
        if chosen == self._followed:
            return
        self._followed = chosen
        ending = _ENDINGS[self._form_of_filter(chosen)]
        self.setDefaultSuffix(ending)
        self.selectFile(f"{self._stem()}.{ending}")

    def _stem(self) -> str:
        name = self.path().name
        known = next((one for one in _FORMS if name.lower().endswith(one)), "")
        return name[: len(name) - len(known)]

    def path(self) -> Path:
        """The chosen file."""
        return Path(self.selectedFiles()[0])

    def form(self) -> str:
        """The format by the file's extension, otherwise by the filter."""
        by_filter = self._form_of_filter(self.selectedNameFilter())
        return _FORMS.get(self.path().suffix.lower(), by_filter)

    def _form_of_filter(self, chosen: str) -> str:
        return _FILTERED[self._filters.index(chosen)] if chosen in self._filters else _FILTERED[0]
