"""Builds every part of the window once, in the order in which one needs the other."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from arboris_desktop import __version__
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.background.update_watch import UpdateWatch
from arboris_desktop.composition.wiring import Wiring
from arboris_desktop.domain.export_presets import ExportSettings
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import InterfaceSettings
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.llm.shelf.memory import total_memory
from arboris_desktop.resources import third_party_list
from arboris_desktop.services import Services
from arboris_desktop.storage.engine.private_files import make_private_file
from arboris_desktop.ui.about_facts import AboutFacts
from arboris_desktop.ui.arrivals.desk import ArrivalDesk
from arboris_desktop.ui.auto.desk import AutoDesk
from arboris_desktop.ui.auto.live_chapter import LiveChapter
from arboris_desktop.ui.backups.desk import BackupDesk
from arboris_desktop.ui.backups.exchange import ExchangeNotice
from arboris_desktop.ui.batches.desk import BatchDesk
from arboris_desktop.ui.blueprint.desk import BlueprintDesk
from arboris_desktop.ui.book_search.desk import BookSearchDesk
from arboris_desktop.ui.candidates.desk import CandidateDesk
from arboris_desktop.ui.chapter.desk import WritingDesk
from arboris_desktop.ui.chapter.plan_desk import ChapterPlanDesk
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.codex.desk import CodexDesk
from arboris_desktop.ui.codex.table_desk import CodexTableDesk
from arboris_desktop.ui.concept.desk import ConceptDesk
from arboris_desktop.ui.context.desk import ContextDesk
from arboris_desktop.ui.continuation.desk import ContinuationDesk
from arboris_desktop.ui.costs.desk import CostsDesk
from arboris_desktop.ui.files.desk import FileAccess, FileDesk
from arboris_desktop.ui.go_to.desk import GoToDesk
from arboris_desktop.ui.guide.desk import GuideDesk
from arboris_desktop.ui.help.desk import HelpDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.channels import build_notifier
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.places import AuthorPlaces
from arboris_desktop.ui.outline.desk import OutlineDesk
from arboris_desktop.ui.prompts.desk import PromptsDesk
from arboris_desktop.ui.publishing.desk import PublishingDesk
from arboris_desktop.ui.review.desk import ReviewDesk
from arboris_desktop.ui.revision.desk import RevisionDesk
from arboris_desktop.ui.settings.desk import ProviderAccess, SettingsDesk
from arboris_desktop.ui.snapshots.desk import SnapshotDesk
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import Desks, Studio
from arboris_desktop.ui.tasks.desk import TaskDesk
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.updates.desk import UpdateDesk
from arboris_desktop.ui.writers.desk import WriterDesk
from arboris_desktop.updates.feed import ReleaseFeed, shipped_source


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
        self._translations = Translations(application)
        self._translations.apply(services.preferences.get(InterfaceSettings).language)
        self._status_bar = StudioStatusBar()
        remembered = services.paths.window_settings
        make_private_file(remembered)
        settings = QSettings(str(remembered), QSettings.Format.IniFormat)
        self.window = MainWindow(settings, self._status_bar)
        self._places = AuthorPlaces(settings)
        self._operations = Operations(self.window)
        self._processor = Processor(
            services.queue,
            services.worker,
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
            lambda: services.preferences.get(InterfaceSettings).notify_desktop,
        )
        self._library = Library(self.window, services.novels, self._operations, self._places)
        self._saving = SaveDesk(self.window, services.editing, services.rescue, self._operations)
        self._writing = self._build_writing()
        self._codex = CodexDesk(self.window.codex_panel, services.codex)
        HelpDesk(self.window)
        self._go_to = GoToDesk(self.window, services.codex)
        self._go_to.chapter_requested.connect(self._library.go_to)
        self._writing.chapter_shown.connect(self._go_to.show_chapter)

    def studio(self) -> Studio:
        """The studio with all its desks."""
        services, window = self._services, self.window
        updates, watch = self._build_updates()
        settings = self._build_settings(updates, watch)
        files, arrivals = self._build_files()
        tasks = self._build_tasks()
        arrivals.tasks_changed.connect(tasks.look_again)
        desks = Desks(
            library=self._library,
            writing=self._writing,
            saving=self._saving,
            tasks=tasks,
            settings=settings,
            codex=self._codex,
            backups=BackupDesk(window, Backups(services.paths), self._operations),
            of_novel=(*self._build_novel_desks(settings), arrivals),
            updates=updates,
            writers=WriterDesk(window, services.register, self._operations),
            exchange=ExchangeNotice(window, services.keep_lost_library),
            files=files,
        )
        about = AboutFacts(__version__, services.paths.home, third_party_list())
        studio = Studio(window, desks, self._tray, self._processor, self._operations, about)
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

    def _build_novel_desks(self, settings: SettingsDesk) -> tuple[NovelDesk, ...]:
        """The desks that follow the open novel, in the order of the book's stages."""
        services, window = self._services, self.window
        reviews = self._build_reviews()
        return (
            self._go_to,
            GuideDesk(window, services.guides),
            *self._build_planning(),
            self._build_outline(),
            ChapterPlanDesk(window, services.outline_editing, self._operations),
            self._build_candidates(),
            self._build_continuation(),
            self._build_revision(),
            self._build_auto(),
            self._build_context(reviews),
            self._build_codex_table(),
            self._build_book_search(),
            self._build_snapshots(),
            PublishingDesk(window, services.preferences, services.novels, self._library.refresh),
            PromptsDesk(window, services.prompt_texts, self._operations),
            reviews,
            self._build_costs(settings),
        )

    # --- the whole application ---

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
            total_memory=total_memory,
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

    def _build_files(self) -> tuple[FileDesk, ArrivalDesk]:
        services, library = self._services, self._library
        access = FileAccess(
            services.look_into,
            services.import_book,
            services.export_book,
            services.look_into_several,
            services.import_several,
            services.append_book,
            services.export_library,
            lambda: services.preferences.get(ExportSettings),
            services.preferences.set,
        )

        def open_novel() -> NovelProject | None:
            return library.contents.project if library.contents else None

        files = FileDesk(self.window, access, self._operations, open_novel)
        arrivals = ArrivalDesk(self.window, services.arriving)
        files.imported.connect(arrivals.note_import)
        return files, arrivals

    # --- planning ---

    def _build_planning(self) -> tuple[ConceptDesk, BlueprintDesk]:
        services = self._services
        concept = ConceptDesk(self.window, services.concept, self._operations)
        blueprint = BlueprintDesk(self.window, services.blueprint, services.codex, self._operations)
        concept.blueprint_requested.connect(blueprint.go_on)
        return concept, blueprint

    def _build_outline(self) -> OutlineDesk:
        services, window = self._services, self.window
        outline = OutlineDesk(
            window,
            services.outline_editing,
            services.outlining,
            services.regeneration,
            self._operations,
        )
        window.project_tree.outline_requested.connect(outline.show_plan)
        window.chapter_view.outline_requested.connect(outline.show_plan)
        outline.chapter_opened.connect(self._writing.open_chapter)
        outline.chapter_opened.connect(window.show_chapters)
        return outline

    def _build_codex_table(self) -> CodexTableDesk:
        return CodexTableDesk(self.window, self._services.codex_table)

    # --- chapters ---

    def _build_writing(self) -> WritingDesk:
        services = self._services
        return WritingDesk(
            self.window,
            self._library,
            services.novels,
            services.editing,
            services.drafting,
            services.register,
            self._operations,
            saving=self._saving,
            places=self._places,
            wants_candidates=lambda: services.versions_wanted() > 1,
        )

    def _build_candidates(self) -> CandidateDesk:
        services, writing = self._services, self._writing
        desk = CandidateDesk(
            self.window,
            services.candidates,
            services.rounds,
            services.evaluation,
            services.preferences,
            self._operations,
            how_many=services.versions_wanted,
        )
        writing.candidates_requested.connect(desk.begin)
        writing.chapter_shown.connect(desk.show_chapter)
        desk.chapter_wanted.connect(writing.lead_to)
        desk.chapter_decided.connect(writing.show_replaced)
        return desk

    def _build_continuation(self) -> ContinuationDesk:
        desk = ContinuationDesk(self.window, self._services.continuing, self._operations)
        self._writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_revision(self) -> RevisionDesk:
        desk = RevisionDesk(self.window, self._services.revision, self._operations)
        self._writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_book_search(self) -> BookSearchDesk:
        services, writing = self._services, self._writing
        desk = BookSearchDesk(
            self.window, services.book_search, services.book_replacing, self._operations
        )
        self._codex.renamed.connect(desk.offer_to_rename)
        self._go_to.search_requested.connect(desk.open_for)
        desk.place_opened.connect(writing.show_passage)
        desk.chapter_replaced.connect(writing.show_replaced)
        return desk

    def _build_snapshots(self) -> SnapshotDesk:
        services = self._services
        desk = SnapshotDesk(self.window, services.snapshots, services.editing, self._operations)
        self._writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_auto(self) -> AutoDesk:
        services, writing = self._services, self._writing
        auto = AutoDesk(
            self.window,
            services.auto_writer,
            services.preferences,
            self._operations,
            how_many=services.versions_wanted,
        )
        auto.chapter_stored.connect(writing.task_queued)
        live = LiveChapter(self.window.chapter_view, services.drafting)
        live.failed.connect(writing.failed)
        auto.chapter_grew.connect(live.follow)
        auto.run_waits.connect(live.run_waits)
        self._processor.task_finished.connect(auto.queue_changed)
        return auto

    def _build_context(self, reviews: ReviewDesk) -> ContextDesk:
        """Looks after what later chapters are told, whenever an analysis has ended."""
        services, processor = self._services, self._processor
        keeper = StoryKeeper(
            services.search, services.cares, lambda: processor.may_ask, self.window
        )
        keeper.refreshed.connect(reviews.look_for_broken_rules)
        processor.task_started.connect(keeper.note_task)
        processor.task_finished.connect(keeper.on_finished)
        desk = ContextDesk(self.window, services.inspection, keeper, self._operations)
        self._writing.chapter_shown.connect(desk.show_chapter)
        self._writing.task_queued.connect(desk.index_novel)
        return desk

    # --- looking back ---

    def _build_reviews(self) -> ReviewDesk:
        writing = self._writing
        reviews = ReviewDesk(self.window, self._services.reviews, self._operations)
        writing.chapter_shown.connect(reviews.show_chapter)
        reviews.passage_opened.connect(writing.show_passage)
        reviews.chapter_opened.connect(writing.open_chapter)
        reviews.chapter_opened.connect(self.window.show_chapters)
        return reviews

    def _build_costs(self, settings: SettingsDesk) -> CostsDesk:
        costs = CostsDesk(self.window, self._services.costs, self._operations)
        costs.limits_requested.connect(settings.open_limits)
        self._writing.chapter_shown.connect(costs.show_chapter)
        self._processor.task_finished.connect(costs.refresh_chapter)
        return costs
