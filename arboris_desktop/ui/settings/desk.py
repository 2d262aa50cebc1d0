"""Connects the settings: the first-run page, the settings dialog, and the effects of a change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ArborisError, Cure, ErrorKind
from arboris_desktop.domain.profiles import FIRST_PROFILE, ProviderRoster
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import (
    CodexSettings,
    InterfaceSettings,
    ProviderSettings,
    QueueSettings,
    RetentionSettings,
    TypingSettings,
    UpdateSettings,
    WritingSettings,
)
from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.widgets.dialogs import agreed, confirm
from arboris_desktop.ui.widgets.theme import apply_theme
from arboris_desktop.ui.work.desk import Desk, spawned, spawned_once
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import KeyChange, Providers

# The many pages are imported when they are first shown.
if TYPE_CHECKING:
    from arboris_desktop.background.model_fetches import ModelFetches, Shelf
    from arboris_desktop.domain.connection import ConnectionReport
    from arboris_desktop.ui.frame.chapter_parts import ChapterParts
    from arboris_desktop.ui.settings.dialog import AllSettings
    from arboris_desktop.ui.settings.local_servers import FindServers
    from arboris_desktop.ui.settings.models.profile_form import ProbeProfile
    from arboris_desktop.ui.settings.shelf_panel import ShelfPanel
    from arboris_desktop.ui.settings.update_page import CheckNow


@record
class ProviderAccess:
    """The window's access to models and their keys.

    ``probe`` tests a model with the given settings, and a key or the stored one of a profile's id;
    ``find_servers`` looks for those on this computer; ``open_shelf`` opens the folder of downloaded
    models; ``describe`` names the model that writes chapters, and ``is_configured`` says whether
    one was ever chosen.
    """

    probe: ProbeProfile
    find_servers: FindServers
    open_shelf: Callable[[], Shelf]
    total_memory: Callable[[], int]
    providers: Providers
    keep_key_for_session: Callable[[str, str], None]
    describe: Callable[[], str]
    is_configured: Callable[[], bool]


class SettingsDesk(Desk):
    """Asks for settings, stores them, and applies them at once."""

    codex_settings_changed = Signal()
    """The rule for overdue seeds may have changed."""

    writing_settings_changed = Signal()
    """The default length of chapters may have changed."""

    update_settings_changed = Signal()
    """The permission to look for newer versions may have changed."""

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
        self._fetches: ModelFetches | None = None

    @property
    def keep_in_tray(self) -> bool:
        """True if closing the window leaves the app running in the tray."""
        return self._preferences.known(InterfaceSettings).keep_in_tray

    def start(self) -> None:
        """Applies the settings, and asks for a provider the first time."""
        self._apply_interface(self._preferences.known(InterfaceSettings))
        self._show_provider()
        self._begin()

    @spawned
    async def _begin(self) -> None:
        self._apply_typing(
            await self._operations.call(lambda: self._preferences.get(TypingSettings))
        )
        if not await self._operations.call(self._access.is_configured):
            await self._ask_for_provider()

    async def _ask_for_provider(self) -> None:
        from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog

        dialog = FirstRunDialog(
            self._probe_first, self._access.find_servers, self._make_shelf, self._window
        )
        if await agreed(dialog):
            settings, key = dialog.settings(), dialog.key()
            await self._operations.call(lambda: self._access.providers.set_first(settings))
            self._use_models([] if key is None else [KeyChange(FIRST_PROFILE, key)])

    async def _probe_first(self, settings: ProviderSettings, key: str | None) -> ConnectionReport:
        return await self._access.probe(settings, key, FIRST_PROFILE)

    @spawned_once
    async def open(self) -> None:
        """Opens the settings."""
        await self._change_settings()

    @spawned_once
    async def open_limits(self) -> None:
        """Opens the settings at the limits on spending."""
        await self._change_settings(Cure.LIMIT)

    @spawned
    async def lead_to(self, cure: Cure) -> None:
        """Opens the settings at the place that fixes an error."""
        await self._change_settings(cure)

    async def _change_settings(self, cure: Cure = Cure.SETTINGS) -> None:
        from arboris_desktop.ui.settings.dialog import SettingsDialog

        present = await self._operations.call(self._present)
        dialog = SettingsDialog(
            present,
            await self.in_background(lambda: self._with_key(present.models)),
            self._access.probe,
            self._window,
            find_servers=self._access.find_servers,
            make_shelf=self._make_shelf,
            tray_available=self._tray_available(),
            check_updates=self._check_updates,
            contexts_told=await self.in_background(
                lambda: self._access.providers.contexts_told(present.models.profiles)
            ),
        )
        dialog.show_cure(cure)
        if await agreed(dialog):
            await self._apply(dialog.all_settings(), dialog.key_changes())

    def _present(self) -> AllSettings:
        """Runs on the operations' thread: returns all settings as they are stored."""
        from arboris_desktop.ui.settings.dialog import AllSettings

        get = self._preferences.get
        return AllSettings(
            models=self._access.providers.roster(),
            queue=get(QueueSettings),
            analysis=get(GenerationConfig),
            interface=get(InterfaceSettings),
            writing=get(WritingSettings),
            typing=get(TypingSettings),
            codex=get(CodexSettings),
            retention=get(RetentionSettings),
            spending=get(SpendSettings),
            updates=get(UpdateSettings),
        )

    async def _apply(self, chosen: AllSettings, changes: list[KeyChange]) -> None:
        # Requested at once, so that it is stored even if the program is quit now.
        await self._operations.call(lambda: self._store(chosen))
        self.codex_settings_changed.emit()
        self.writing_settings_changed.emit()
        self.update_settings_changed.emit()
        self._use_models(changes)
        self._processor.apply_settings(self._still_held(chosen.queue))
        self._apply_interface(chosen.interface)
        self._apply_typing(chosen.typing)

    def _still_held(self, queue: QueueSettings) -> QueueSettings:
        """Returns settings of the queue that leave it held or going on as it is: the author may
        have said otherwise since the dialog was opened, in the tray or in another window."""
        return replace(queue, paused=self._processor.is_paused)

    def _store(self, chosen: AllSettings) -> None:
        self._preferences.set(
            self._still_held(chosen.queue),
            chosen.analysis,
            chosen.interface,
            chosen.writing,
            chosen.typing,
            chosen.codex,
            chosen.retention,
            chosen.spending,
            chosen.updates,
        )
        self._access.providers.store(chosen.models)

    def _apply_typing(self, settings: TypingSettings) -> None:
        """Applies them wherever prose is typed."""
        self._window.chapter_parts.when_made(lambda made: made.view.set_typing_help(settings))

    def _with_key(self, roster: ProviderRoster) -> frozenset[str]:
        try:
            return self._access.providers.with_key(roster.profiles)
        except ArborisError:
            # The settings open nevertheless: a key that is not entered again stays as it is.
            return frozenset()

    def _use_models(self, changes: list[KeyChange]) -> None:
        """Shows the present model and lets the queue retry, once the keys are stored."""
        self._show_provider()
        # Requested at once, so that it is stored even if the program is quit now.
        self.spawn(self._see_keys(self._operations.call(lambda: self._change_keys(changes))))

    def _change_keys(self, changes: list[KeyChange]) -> list[tuple[KeyChange, ArborisError]]:
        """Applies what is possible, and returns the rest with the reason."""
        failures = []
        for change in changes:
            try:
                self._access.providers.change_key(change)
            except ArborisError as error:
                failures.append((change, error))
        return failures

    async def _see_keys(self, changed: Awaitable[list[tuple[KeyChange, ArborisError]]]) -> None:
        failures = await changed
        typed = [change for change, error in failures if _may_be_kept_in_memory(change, error)]
        for change, error in failures:
            if change not in typed:
                self.failed.emit(error)
        if typed:
            await self._offer_session(typed)
        else:
            self._processor.provider_changed()

    async def _offer_session(self, changes: list[KeyChange]) -> None:
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
            for change in changes:
                self._access.keep_key_for_session(change.profile_id, change.key)
        self._processor.provider_changed()

    def _apply_interface(self, settings: InterfaceSettings) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, settings.colour_scheme)
        self._translations.apply(settings.language)
        self._window.chapter_parts.when_made(lambda made: _apply_look(made, settings))

    @spawned
    async def _show_provider(self) -> None:
        self._status_bar.show_provider(await self._operations.call(self._access.describe))

    def _make_shelf(self) -> ShelfPanel:
        from arboris_desktop.background.model_fetches import ModelFetches
        from arboris_desktop.ui.settings.shelf_panel import ShelfPanel

        if self._fetches is None:
            self._fetches = ModelFetches(self._access.open_shelf(), self)
        return ShelfPanel(self._fetches, self._access.total_memory())

    async def stop(self) -> None:
        """Closes open dialogs without storing anything, and pauses downloads."""
        await super().stop()
        if self._fetches is not None:
            await self.in_background(self._fetches.stop)


def _may_be_kept_in_memory(change: KeyChange, error: ArborisError) -> bool:
    return bool(change.key) and error.kind is ErrorKind.KEYRING


def _apply_look(chapters: ChapterParts, settings: InterfaceSettings) -> None:
    for page in (chapters.view, chapters.stage):
        page.set_font_points(settings.editor_font_points)
        page.set_page_look(settings.page_look)
