"""The settings page about typing aids."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtWidgets import QCheckBox

from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.ui.settings.pages import SettingsPage


class TypingPage(SettingsPage):
    """A switch for each kind of mark."""

    _HAS_NAMES = False

    def __init__(self, settings: TypingSettings) -> None:
        super().__init__()
        self.add_words(
            self.tr(
                "While you type, and never in what you paste. Backspace right after a change "
                "brings back what you typed."
            )
        )
        self._switches = {
            "curly_quotes": QCheckBox(self.tr("&Quotation marks: “ ” and ‘ ’ for straight ones")),
            "corner_quotes": QCheckBox(self.tr("「 」 and 『 』 in Chinese &novels")),
            "dashes": QCheckBox(self.tr("&Dashes: — for two hyphens, —— in Chinese")),
            "ellipsis": QCheckBox(self.tr("&Ellipsis: … for three dots, …… in Chinese")),
            "full_width": QCheckBox(
                self.tr("&Full-width punctuation after Chinese characters: ， for ,")
            ),
            "selection_bar": QCheckBox(
                self.tr("A &bar above what is selected: Rewrite, Expand, Condense…")
            ),
        }
        for name, switch in self._switches.items():
            switch.setChecked(getattr(settings, name))
            self.add_check(switch)
        quotes, corners = self._switches["curly_quotes"], self._switches["corner_quotes"]
        corners.setEnabled(quotes.isChecked())
        quotes.toggled.connect(corners.setEnabled)

    def value(self) -> TypingSettings:
        """The settings as they now are."""
        return TypingSettings(
            **{f.name: self._switches[f.name].isChecked() for f in fields(TypingSettings)}
        )
