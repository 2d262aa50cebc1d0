"""Builds every part of the window once, in the order in which one needs the other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from arboris_desktop import __version__
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.background.update_watch import UpdateWatch
from arboris_desktop.composition.wiring import Wiring
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import InterfaceSettings
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.resources import third_party_list
from arboris_desktop.services import Services
from arboris_desktop.storage.engine.private_files import make_private_file
from arboris_desktop.ui.about_facts import AboutFacts
from arboris_desktop.ui.backups.desk import BackupDesk
from arboris_desktop.ui.backups.lost_library import LostLibraryNotice
from arboris_desktop.ui.batches.desk import BatchDesk
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.costs.desk import CostsDesk
from arboris_desktop.ui.files.desk import FileDesk
from arboris_desktop.ui.go_to.desk import GoToDesk
from arboris_desktop.ui.help.desk import HelpDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.channels import build_notifier
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.places import AuthorPlaces
from arboris_desktop.ui.settings.desk import ProviderAccess, SettingsDesk
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import Desks, NovelDesks, Studio
from arboris_desktop.ui.tasks.desk import TaskDesk
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.updates.desk import UpdateDesk
from arboris_desktop.ui.widgets.theme import prepare_theme
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.ui.writers.desk import WriterDesk
from arboris_desktop.updates.feed import ReleaseFeed, shipped_source

if TYPE_CHECKING:
    from arboris_desktop.domain.codex_overview import CodexOverview
    from arboris_desktop.ui.sharing.connection_desk import ConnectionDesk


def build_studio(
    application: QApplication, services: Services, feed: ReleaseFeed | None = None
) -> tuple[Studio, MainWindow]:
    """All widgets and controllers, connected but not started.

    ``feed`` tells of newer versions, in tests only: the shipped one is built in.
    """
    builder = _Builder(application, services, feed or ReleaseFeed(shipped_source()))
    return builder.studio(), builder.window


class _Builder:
    """Holds what most desks need, and builds each in a method of its own."""

    def __init__(self, application: QApplication, services: Services, feed: ReleaseFeed) -> None:
        self._services = services
        self._feed = feed
        interface = services.preferences.get(InterfaceSettings)
        prepare_theme(application, interface.colour_scheme)
        self._translations = Translations(application)
        self._translations.apply(interface.language)
        self._status_bar = StudioStatusBar()
        remembered = services.paths.window_settings
        make_private_file(remembered)
        settings = QSettings(str(remembered), QSettings.Format.IniFormat)
        self.window = MainWindow(settings, self._status_bar)
        self._places = AuthorPlaces(settings)
        self._operations = Operations(self.window)
        self._processor = Processor(
            services.queue,
            lambda: services.worker,
            services.preferences,
            self.window,
            tidy=services.tidy,
        )
        self._tray = TrayIcon(self.window)
        self._notifier = build_notifier(
            services.inbox,
            self._operations,
            self._tray,
            self.window,
            lambda: services.preferences.known(InterfaceSettings).notify_desktop,
        )
        self._library = Library(
            self.window, services.novels, self._operations, self._places, _read_what_shows_a_novel
        )
        self._saving = SaveDesk(self.window, services.editing, services.rescue, self._operations)
        self._keeper = self._build_keeper()
        HelpDesk(self.window)
        self._go_to = GoToDesk(self.window, self._codex_of)
        self._go_to.chapter_requested.connect(self._library.go_to)

    def studio(self) -> Studio:
        """The studio with all its desks."""
        services, window = self._services, self.window
        updates, watch = self._build_updates()
        settings = self._build_settings(updates, watch)
        files = self._build_files()
        tasks = self._build_tasks()
        desks = Desks(
            library=self._library,
            saving=self._saving,
            tasks=tasks,
            settings=settings,
            backups=BackupDesk(window, Backups(services.paths), self._operations),
            of_any_novel=(self._go_to, self._build_costs(settings)),
            of_open_novel=Lazy(lambda: self._build_novel_desks(settings, files, tasks)),
            updates=updates,
            writers=WriterDesk(window, services.register, services.novels, self._operations),
            lost_library=LostLibraryNotice(window, services.keep_lost_library),
            connection=self._build_connection(),
            files=files,
        )
        database = services.database
        about = AboutFacts(
            __version__,
            services.paths.home,
            third_party_list(),
            database.place if database.is_shared else None,
        )
        studio = Studio(
            window, desks, self._tray, self._processor, self._keeper, self._operations, about
        )
        Wiring(
            window,
            desks,
            self._tray,
            self._status_bar,
            self._processor,
            self._operations,
            self._notifier,
        ).wire(studio)
        return studio

    def _build_connection(self) -> ConnectionDesk | None:
        if not self._services.database.is_shared:
            return None
        from arboris_desktop.ui.sharing.connection_desk import ConnectionDesk

        self.window.start_page.set_shared()
        return ConnectionDesk(self.window, self._services.reach)

    def _build_novel_desks(
        self, settings: SettingsDesk, files: FileDesk, tasks: TaskDesk
    ) -> NovelDesks:
        # Read when the first novel is opened.
        from arboris_desktop.composition.novel_desks import NovelParts, build_novel_desks

        return build_novel_desks(
            NovelParts(
                services=self._services,
                window=self.window,
                library=self._library,
                saving=self._saving,
                places=self._places,
                settings=settings,
                files=files,
                tasks=tasks,
                operations=self._operations,
                processor=self._processor,
                keeper=self._keeper,
                go_to=self._go_to,
                status_bar=self._status_bar,
            )
        )

    def _codex_of(self, project_id: str) -> CodexOverview:
        return self._services.codex.overview(project_id)

    # --- the whole application ---

    def _build_keeper(self) -> StoryKeeper:
        services, processor = self._services, self._processor
        keeper = StoryKeeper(
            services.search, services.cares, lambda: processor.may_ask, self.window
        )
        processor.task_started.connect(keeper.note_task)
        processor.task_finished.connect(keeper.on_finished)
        return keeper

    def _build_tasks(self) -> TaskDesk:
        services, library = self._services, self._library
        batches = BatchDesk(
            self.window, services.batches, self._operations, lambda: library.contents
        )
        return TaskDesk(
            self.window,
            services.queue,
            services.inbox,
            self._processor,
            self._notifier,
            self._operations,
            batches,
        )

    def _build_updates(self) -> tuple[UpdateDesk, UpdateWatch]:
        preferences, translations = self._services.preferences, self._translations
        watch = UpdateWatch(self._feed, preferences, self._operations, __version__, self.window)
        return UpdateDesk(self.window, watch, lambda: translations.shown.value), watch

    def _build_settings(self, updates: UpdateDesk, watch: UpdateWatch) -> SettingsDesk:
        services = self._services
        access = ProviderAccess(
            probe=services.probe,
            find_servers=services.find_servers,
            open_shelf=services.open_shelf,
            total_memory=_total_memory,
            providers=services.providers,
            keep_key_for_session=services.keys.keep_for_session,
            describe=services.source.describe,
            is_configured=services.source.is_configured,
        )
        return SettingsDesk(
            self.window,
            services.preferences,
            access,
            self._processor,
            self._operations,
            self._translations,
            self._status_bar,
            tray_available=self._tray.is_available,
            check_updates=updates.check_now if watch.can_check else None,
        )

    def _build_files(self) -> FileDesk:
        services, library = self._services, self._library

        def open_novel() -> NovelProject | None:
            return library.contents.project if library.contents else None

        return FileDesk(
            self.window,
            Lazy(lambda: services.files),
            services.preferences,
            self._operations,
            open_novel,
        )

    # --- the open novel ---

    def _build_costs(self, settings: SettingsDesk) -> CostsDesk:
        costs = CostsDesk(self.window, self._services.costs, self._operations)
        costs.limits_requested.connect(settings.open_limits)
        self._processor.task_finished.connect(costs.refresh_chapter)
        return costs


def _total_memory() -> int:
    # Read when models are offered: it brings ctypes along.
    from arboris_desktop.llm.shelf.memory import total_memory

    return total_memory()


def _read_what_shows_a_novel() -> None:
    """Reads the modules that ``_build_novel_desks`` and the pages of the window need."""
    for name in (
        "composition.novel_desks",
        "ui.auto.bar",
        "ui.book_search.panel",
        "ui.chapter.editor.proposed_passage",
        "ui.chapter.page_proposal",
        "ui.chapter.selection_place",
        "ui.frame.chapter_parts",
        "ui.revision.panel",
    ):
        import_module(f"arboris_desktop.{name}")
