"""Choosing the form of chapter numbers."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from arboris_desktop.domain.novel import UNNUMBERED, Language
from arboris_desktop.text.number_labels import DEFAULT_FORMS, label_of

_FORMS = {
    Language.ENGLISH: ("Chapter {One}", "Chapter {I}", "{1}", "{I}"),
    Language.CHINESE: (
        *("第{一}章", "第{1}回", "第{一}回", "第{1}节", "第{一}节", "第{1}话", "第{一}话"),
        *("Chapter {1}", "{1}"),
    ),
}
_SHOWN = (1, 2, 12)


class NumberingBox(QComboBox):
    """Shows each form by the labels that it produces."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer(Language.ENGLISH, "")

    def offer(self, language: Language, chosen: str) -> None:
        """Offers the forms of a language, and the ``chosen`` one in any case."""
        self.clear()
        usual = DEFAULT_FORMS[language]
        # A novel with numbers of its own has the usual form as one of its own.
        self.addItem(_shown(usual), usual if chosen == usual else "")
        for form in _FORMS[language]:
            self.addItem(_shown(form), form)
        self.addItem(self.tr("No numbers, only titles"), UNNUMBERED)
        if self.findData(chosen) < 0:
            self.insertItem(0, _shown(chosen), chosen)
        self.setCurrentIndex(self.findData(chosen))

    def numbering(self) -> str:
        """The selected form; empty for the usual one."""
        return str(self.currentData())


def _shown(form: str) -> str:
    return " · ".join(label_of(form, number) for number in _SHOWN)
