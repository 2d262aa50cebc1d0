"""The language of the window: our translation, Qt's own, matching dates, numbers and letters."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFont, QGuiApplication

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.resources import resource_path
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.widgets.prose_font import window_families

log = logging.getLogger(__name__)

_CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
_ENGLISH = QLocale(QLocale.Language.English)


class Translations:
    """Installs the translations of one language at a time.

    Only tests pass ``folder`` and ``system``, the location of the translations and the language of
    the computer.
    """

    def __init__(
        self,
        app: QCoreApplication,
        *,
        folder: Path | None = None,
        system: QLocale | None = None,
    ) -> None:
        self._app = app
        self._folder = folder
        self._system = QLocale.system() if system is None else system
        self._installed: list[QTranslator] = []
        self._shown = InterfaceLanguage.ENGLISH

    def apply(self, language: InterfaceLanguage) -> None:
        """Shows the window in this language; every widget gets a ``LanguageChange``.

        Without the file the texts stay English: a missing translation does not prevent a start.
        """
        self.clear()
        chinese = self._is_chinese(language)
        self._shown = InterfaceLanguage.CHINESE if chinese else InterfaceLanguage.ENGLISH
        QLocale.setDefault(self._locale(_CHINESE if chinese else _ENGLISH))
        if chinese:
            qt_folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
            self._install(qt_folder / "qtbase_zh_CN.qm")
            self._install(self._file("arboris_zh_CN.qm"))
        else:
            # It only contains plurals: "1 words" is not English.
            self._install(self._file("arboris_en.qm"))
        self._choose_letters(window_language())

    @property
    def shown(self) -> InterfaceLanguage:
        """The present language of the window."""
        return self._shown

    def clear(self) -> None:
        """Removes the translations."""
        for translator in self._installed:
            self._app.removeTranslator(translator)
        self._installed.clear()
        self._choose_letters(Language.ENGLISH)

    def _choose_letters(self, language: Language) -> None:
        """Sets the font of the window, whose letters determine how high its fields are."""
        if not isinstance(self._app, QGuiApplication):
            return
        font, families = QFont(self._app.font()), window_families(language)
        if font.families() != families:
            font.setFamilies(families)
            self._app.setFont(font)

    def _is_chinese(self, language: InterfaceLanguage) -> bool:
        if language is InterfaceLanguage.SYSTEM:
            # Also zh_TW and zh_HK: simplified characters are closer to them than English.
            return any(name.startswith("zh") for name in self._system.uiLanguages()[:1])
        return language is InterfaceLanguage.CHINESE

    def _locale(self, wanted: QLocale) -> QLocale:
        """Returns the computer's own formats if they are in the language of the window."""
        return self._system if self._system.language() == wanted.language() else wanted

    def _file(self, name: str) -> Path | None:
        if self._folder is not None:
            return self._folder / name
        try:
            return resource_path("translations", name)
        except FileNotFoundError:
            return None

    def _install(self, file: Path | None) -> None:
        translator = QTranslator(self._app)
        if file is None or not translator.load(str(file)):
            log.info("there is no translation %s", file)
            return
        self._app.installTranslator(translator)
        self._installed.append(translator)
