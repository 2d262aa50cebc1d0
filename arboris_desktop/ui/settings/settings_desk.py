"""Wires the settings: the first-run page, the settings dialog, and what follows from a change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.settings import (
    CodexSettings,
    InterfaceSettings,
    PriceSettings,
    ProviderSettings,
    QueueSettings,
    RetentionSettings,
    UpdateSettings,
    WritingSettings,
)
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.ui.coroutines import Coroutines
from arboris_desktop.ui.dialogs import ask, confirm
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog
from arboris_desktop.ui.settings.settings_dialog import AllSettings, SettingsDialog
from arboris_desktop.ui.settings.settings_update_page import CheckNow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.theme import apply_theme
from arboris_desktop.ui.translator import Translations
from arboris_desktop.writing.preferences import Preferences


@dataclass(frozen=True, slots=True)
class ProviderAccess:
    """What the window may do with providers and their keys.

    ``probe`` lists the models by the given settings and key; ``describe`` names the provider in
    force, and ``is_configured`` says whether one was ever chosen. ``store_key`` and ``has_key``
    raise ``ArborisError`` (KEYRING).
    """

    probe: Callable[[ProviderSettings, str | None], Awaitable[list[str]]]
    store_key: Callable[[str], None]
    keep_key_for_session: Callable[[str], None]
    has_key: Callable[[], bool]
    describe: Callable[[], str]
    is_configured: Callable[[], bool]


class SettingsDesk(QObject):
    """Asks for settings, stores them, and applies them at once."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    codex_settings_changed = Signal()
    """Another rule for what of the codex counts as overdue may be in force."""

    update_settings_changed = Signal()
    """Looking for newer versions may have been allowed."""

    def __init__(
        self,
        window: MainWindow,
        preferences: Preferences,
        access: ProviderAccess,
        processor: Processor,
        operations: Operations,
        translations: Translations,
        status_bar: StudioStatusBar,
        *,
        tray_available: Callable[[], bool],
        check_updates: CheckNow | None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._access = access
        self._processor = processor
        self._operations = operations
        self._translations = translations
        self._status_bar = status_bar
        self._tray_available = tray_available
        self._check_updates = check_updates
        self._dialogs = Coroutines(self.failed.emit)

    @property
    def keep_in_tray(self) -> bool:
        """Whether closing the window leaves the app working in the tray."""
        return self._preferences.get(InterfaceSettings).keep_in_tray

    def start(self) -> None:
        """Applies the settings, and asks for a provider the first time."""
        self._apply_interface(self._preferences.get(InterfaceSettings))
        self._show_provider()
        if not self._access.is_configured():
            self._dialogs.spawn(self._ask_for_provider())

    async def _ask_for_provider(self) -> None:
        dialog = FirstRunDialog(self._access.probe, self._window)
        try:
            if await ask(dialog) == FirstRunDialog.DialogCode.Accepted.value:
                self._store(dialog.settings(), dialog.key())
        finally:
            dialog.deleteLater()

    @Slot()
    def open(self) -> None:
        """Opens the settings."""
        self._dialogs.spawn(self._change_settings())

    async def _change_settings(self) -> None:
        get = self._preferences.get
        provider = get(ProviderSettings)
        present = AllSettings(
            provider=provider,
            queue=get(QueueSettings),
            analysis=get(GenerationConfig),
            interface=get(InterfaceSettings),
            writing=get(WritingSettings),
            codex=get(CodexSettings),
            retention=get(RetentionSettings),
            prices=get(PriceSettings),
            updates=get(UpdateSettings),
        )
        has_key = await asyncio.to_thread(self._has_key)
        dialog = SettingsDialog(
            present,
            has_key,
            self._access.probe,
            self._window,
            tray_available=self._tray_available(),
            check_updates=self._check_updates,
        )
        try:
            accepted = await ask(dialog) == SettingsDialog.DialogCode.Accepted.value
            chosen, key = dialog.all_settings(), dialog.key()
        finally:
            dialog.deleteLater()
        if accepted:
            self._apply(chosen, key)

    def _apply(self, chosen: AllSettings, key: str | None) -> None:
        self._preferences.set(
            chosen.queue,
            chosen.analysis,
            chosen.interface,
            chosen.writing,
            chosen.codex,
            chosen.retention,
            chosen.prices,
            chosen.updates,
        )
        self.codex_settings_changed.emit()
        self.update_settings_changed.emit()
        self._store(chosen.provider, key)
        self._processor.apply_settings(chosen.queue)
        self._apply_interface(chosen.interface)

    def _has_key(self) -> bool:
        try:
            return self._access.has_key()
        except ArborisError:
            # The settings open all the same: a key that is not entered anew stays as it is.
            return False

    def _store(self, provider: ProviderSettings, key: str | None) -> None:
        self._preferences.set(provider)
        self._show_provider()
        if key is None:
            self._processor.provider_changed()
        else:
            self._operations.run(
                lambda: self._access.store_key(key),
                lambda _none: self._processor.provider_changed(),
                lambda error: self._on_key_not_stored(error, key),
            )

    def _on_key_not_stored(self, error: Exception, key: str) -> None:
        if key and isinstance(error, ArborisError) and error.kind is ErrorKind.KEYRING:
            self._dialogs.spawn(self._offer_session(key))
        else:
            self.failed.emit(error)

    async def _offer_session(self, key: str) -> None:
        agreed = await confirm(
            self._window,
            self.tr("No Keyring"),
            self.tr(
                "This computer has no keyring that can be used, so the key cannot be stored "
                "safely. Arboris can keep it in memory until you quit."
            ),
            yes=self.tr("Keep Until I Quit"),
            no=self.tr("Do Not Keep"),
        )
        if agreed:
            self._access.keep_key_for_session(key)
        self._processor.provider_changed()

    def _apply_interface(self, settings: InterfaceSettings) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, settings.colour_scheme)
        self._translations.apply(settings.language)
        self._window.chapter_view.set_font_points(settings.editor_font_points)
        self._window.candidate_page.set_font_points(settings.editor_font_points)

    def _show_provider(self) -> None:
        self._status_bar.show_provider(self._access.describe())

    async def stop(self) -> None:
        """Closes open dialogs without storing anything."""
        await self._dialogs.stop()
