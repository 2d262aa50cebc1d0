"""The settings page about appearance: language, colours, fonts and the page, with a sample."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from arboris_desktop.domain.page_look import (
    COLUMN_EMS,
    LINE_PERCENT,
    SANS_SERIF,
    ChineseFace,
    PageColour,
)
from arboris_desktop.domain.settings import ColourScheme, InterfaceLanguage, InterfaceSettings
from arboris_desktop.ui.settings.page_sample import PageSample
from arboris_desktop.ui.settings.pages import SettingsPage, check_field, number_field
from arboris_desktop.ui.widgets.prose_font import chinese_faces, prose_families


class InterfacePage(SettingsPage):
    """Settings of the look and behaviour of the window."""

    def __init__(self, settings: InterfaceSettings, *, tray_available: bool = True) -> None:
        super().__init__()
        self._settings = settings
        self._language = QComboBox()
        # Languages are named in themselves, so that they can always be found.
        self._language.addItem(self.tr("As the system"), InterfaceLanguage.SYSTEM)
        self._language.addItem("English", InterfaceLanguage.ENGLISH)
        self._language.addItem("简体中文", InterfaceLanguage.CHINESE)
        self._language.setCurrentIndex(self._language.findData(settings.language))
        self._scheme = QComboBox()
        self._scheme.addItem(self.tr("As the system"), ColourScheme.SYSTEM)
        self._scheme.addItem(self.tr("Light"), ColourScheme.LIGHT)
        self._scheme.addItem(self.tr("Dark"), ColourScheme.DARK)
        self._scheme.setCurrentIndex(self._scheme.findData(settings.colour_scheme))
        self._font = number_field((8, 13, 40), settings.editor_font_points)
        self._font.setSuffix(self.tr(" points"))
        self._line = number_field(LINE_PERCENT, settings.line_percent, 5)
        self._line.setSuffix(" %")
        self._column = number_field(COLUMN_EMS, settings.column_ems)
        self._column.setSuffix(" em")
        self._paper = QComboBox()
        self._paper.addItem(self.tr("As the window"), PageColour.WINDOW)
        self._paper.addItem(self.tr("Paper"), PageColour.PAPER)
        self._paper.addItem(self.tr("Sepia"), PageColour.SEPIA)
        self._paper.addItem(self.tr("Dark"), PageColour.DARK)
        self._paper.addItem(self.tr("High contrast"), PageColour.CONTRAST)
        self._paper.setCurrentIndex(self._paper.findData(settings.page_colour))
        self._face = QComboBox()
        for face in chinese_faces():
            self._face.addItem(self._name_of(face), face)
        self._face.setCurrentIndex(max(0, self._face.findData(settings.chinese_face)))
        self._family = self._make_families(settings.prose_family)
        self._sample = PageSample()
        self._notify = check_field(
            self.tr("Show &notifications on the desktop"), settings.notify_desktop
        )
        self._tray = check_field(self.tr("Keep &working in the tray"), settings.keep_in_tray)
        self._tray.setEnabled(tray_available or settings.keep_in_tray)
        self._lay_out(tray_available)
        self._follow_fields()

    def _lay_out(self, tray_available: bool) -> None:
        self.add_field(self.tr("&Language"), self._language)
        self.add_field(self.tr("&Colours"), self._scheme)
        self.add_field(
            self.tr("&Typeface"),
            self._family,
            self.tr("One that has Chinese letters is used for Chinese novels too."),
        )
        self.add_field(self.tr("C&hinese letters"), self._face)
        self.add_field(self.tr("&Font size of the editor"), self._font)
        self.add_field(self.tr("L&ine height"), self._line)
        self.add_field(self.tr("Wi&dth of the column"), self._column)
        self.add_field(self.tr("&Page"), self._paper)
        self.add_wide(self._sample)
        self.add_check(self._notify)
        self.add_check(
            self._tray,
            self.tr("When the window is closed, analyses go on; the tray brings it back.")
            if tray_available
            else self.tr("This desktop has no tray."),
        )

    def value(self) -> InterfaceSettings:
        """The settings as they now are."""
        return replace(
            self._settings,
            language=InterfaceLanguage(self._language.currentData()),
            colour_scheme=ColourScheme(self._scheme.currentData()),
            editor_font_points=self._font.value(),
            line_percent=self._line.value(),
            column_ems=self._column.value(),
            page_colour=PageColour(self._paper.currentData()),
            chinese_face=ChineseFace(self._face.currentData()),
            prose_family=self._family.currentData(),
            notify_desktop=self._notify.isChecked(),
            keep_in_tray=self._tray.isChecked(),
        )

    def _make_families(self, chosen: str) -> QComboBox:
        field = QComboBox()
        field.addItem(self.tr("Source Serif (included)"), "")
        field.addItem(self.tr("Sans serif, as the window"), SANS_SERIF)
        field.insertSeparator(field.count())
        for family in prose_families():
            field.addItem(family, family)
        place = field.findData(chosen)
        if place < 0:
            # It may be on another computer of the author's, or come back.
            field.addItem(self.tr("{family} (not on this computer)").format(family=chosen), chosen)
            place = field.count() - 1
        field.setCurrentIndex(place)
        field.setMaxVisibleItems(18)
        # As wide as its text permits: the name of a family may have any length.
        field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return field

    def _follow_fields(self) -> None:
        """Updates the sample."""
        for choice in (self._family, self._face, self._paper):
            choice.currentIndexChanged.connect(self._show_sample)
        for number in (self._font, self._line, self._column):
            number.valueChanged.connect(self._show_sample)
        self._show_sample()

    @Slot()
    def _show_sample(self) -> None:
        chosen = self.value()
        self._sample.show_look(chosen.page_look, chosen.editor_font_points)

    def _name_of(self, face: ChineseFace) -> str:
        names = {
            ChineseFace.SONG: self.tr("Song (serif)"),
            ChineseFace.KAI: self.tr("Kai (script)"),
            ChineseFace.HEI: self.tr("Hei (sans serif)"),
        }
        return names[face]
