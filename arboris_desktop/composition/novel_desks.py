"""The desks that follow the open novel: they are read and made when the first one is opened."""

from __future__ import annotations

from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.composition.stage_desks import StageDesks
from arboris_desktop.domain.record import record
from arboris_desktop.services import Services
from arboris_desktop.ui.arrivals.desk import ArrivalDesk
from arboris_desktop.ui.asking.desk import AskingDesk
from arboris_desktop.ui.auto.desk import AutoDesk
from arboris_desktop.ui.auto.live_chapter import LiveChapter
from arboris_desktop.ui.book_search.desk import BookSearchDesk
from arboris_desktop.ui.candidates.desk import CandidateDesk
from arboris_desktop.ui.chapter.desk import WritingDesk
from arboris_desktop.ui.chapter.draft_desk import DraftDesk
from arboris_desktop.ui.chapter.plan_desk import ChapterPlanDesk
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.codex.desk import CodexDesk
from arboris_desktop.ui.codex.name_desk import NameDesk
from arboris_desktop.ui.codex.table_desk import CodexTableDesk
from arboris_desktop.ui.comments.desk import CommentDesk
from arboris_desktop.ui.context.desk import ContextDesk
from arboris_desktop.ui.continuation.desk import ContinuationDesk
from arboris_desktop.ui.files.desk import FileDesk
from arboris_desktop.ui.go_to.desk import GoToDesk
from arboris_desktop.ui.guide.desk import GuideDesk
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notes.desk import NotesDesk
from arboris_desktop.ui.novels.library import Library
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.places import AuthorPlaces
from arboris_desktop.ui.prompts.desk import PromptsDesk
from arboris_desktop.ui.publishing.desk import PublishingDesk
from arboris_desktop.ui.revision.desk import RevisionDesk
from arboris_desktop.ui.second_pane.desk import SecondPaneDesk
from arboris_desktop.ui.second_pane.places import SecondPanePlaces
from arboris_desktop.ui.second_pane.volume_desk import VolumeDesk
from arboris_desktop.ui.settings.desk import SettingsDesk
from arboris_desktop.ui.snapshots.desk import SnapshotDesk
from arboris_desktop.ui.spelling.desk import SpellingDesk
from arboris_desktop.ui.statistics.desk import StatisticsDesk
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import NovelDesks
from arboris_desktop.ui.tasks.desk import TaskDesk


@record
class NovelParts:
    """The parts that are there before a novel is open, and that its desks are joined to."""

    services: Services
    window: MainWindow
    library: Library
    saving: SaveDesk
    places: AuthorPlaces
    settings: SettingsDesk
    files: FileDesk
    tasks: TaskDesk
    operations: Operations
    processor: Processor
    keeper: StoryKeeper
    go_to: GoToDesk
    status_bar: StudioStatusBar


def build_novel_desks(parts: NovelParts) -> NovelDesks:
    """The desks, connected among themselves and to the chapter that is shown."""
    builder = _NovelBuilder(parts)
    desks = NovelDesks(builder.writing, builder.drafts, builder.build())
    for asking in parts.window.findChildren(AskingDesk):
        asking.cure_requested.connect(parts.settings.lead_to)
    return desks


class _NovelBuilder:
    """Builds each desk in a method of its own."""

    def __init__(self, parts: NovelParts) -> None:
        self._parts = parts
        self._services = parts.services
        self._window = parts.window
        self._operations = parts.operations
        self.writing = self._build_writing()
        self.drafts = self._build_drafts()
        self._codex = self._build_codex()

    def build(self) -> tuple[NovelDesk, ...]:
        """Makes the desks, in the order of the book's stages."""
        services, window = self._services, self._window
        return (
            self._build_arrivals(),
            self._codex,
            GuideDesk(window, services.guides),
            *StageDesks(self._parts, self.writing).following(),
            ChapterPlanDesk(window, services.outline_editing, self._operations),
            self._build_candidates(),
            self._build_continuation(),
            self._build_revision(),
            self._build_auto(),
            self._build_context(),
            CodexTableDesk(window, services.codex_table),
            self._build_book_search(),
            self._build_snapshots(),
            self._build_notes(),
            *self._build_second_pane(),
            self._build_publishing(),
            self._build_statistics(),
            PromptsDesk(window, services.prompt_texts, self._operations),
            *self._build_sharing(),
        )

    def _build_arrivals(self) -> ArrivalDesk:
        parts = self._parts
        arrivals = ArrivalDesk(self._window, self._services.arriving, parts.files.take_import)
        arrivals.tasks_changed.connect(parts.tasks.look_again)
        return arrivals

    def _build_sharing(self) -> tuple[NovelDesk, ...]:
        """Looks after chapters that others have open too, where they can."""
        services, parts = self._services, self._parts
        if not services.database.is_shared:
            return ()
        from arboris_desktop.ui.sharing.coauthor_desk import CoauthorDesk

        desk = CoauthorDesk(
            self._window,
            services.editing,
            parts.saving,
            self._operations,
            self.writing.open_chapter,
        )
        parts.processor.changed_elsewhere.connect(desk.look)
        self.writing.chapter_shown.connect(desk.show_chapter)
        return (desk,)

    def _build_codex(self) -> CodexDesk:
        panel = self._window.codex_panel
        panel.waiting_changed.connect(self._window.codex_button.show_count)
        codex = CodexDesk(panel, self._services.codex)
        codex.passage_opened.connect(self.writing.show_passage)
        analyse = self._window.actions_.analyse_many
        self._window.codex_panel.analysis_requested.connect(analyse.trigger)
        self._parts.settings.codex_settings_changed.connect(codex.refresh)
        return codex

    # --- chapters ---

    def _build_writing(self) -> WritingDesk:
        services, parts = self._services, self._parts
        return WritingDesk(
            self._window,
            parts.library,
            services.novels,
            services.editing,
            services.drafting,
            self._operations,
            saving=parts.saving,
            places=parts.places,
        )

    def _build_drafts(self) -> DraftDesk:
        services, parts = self._services, self._parts
        drafts = DraftDesk(
            self._window,
            services.editing,
            services.drafting,
            services.register,
            self._operations,
            saving=parts.saving,
            wants_candidates=lambda: services.versions_wanted() > 1,
        )
        drafts.task_queued.connect(self.writing.task_queued)
        drafts.replaced.connect(self.writing.show_replaced)
        return drafts

    def _build_candidates(self) -> CandidateDesk:
        services, writing = self._services, self.writing
        desk = CandidateDesk(
            self._window,
            services.candidates,
            services.rounds,
            services.evaluation,
            services.preferences,
            self._operations,
            how_many=services.versions_wanted,
        )
        self._window.candidate_page.cure_requested.connect(self._parts.settings.lead_to)
        self.drafts.candidates_requested.connect(desk.begin)
        writing.chapter_shown.connect(desk.show_chapter)
        desk.chapter_wanted.connect(writing.lead_to)
        desk.chapter_decided.connect(writing.show_replaced)
        return desk

    def _build_continuation(self) -> ContinuationDesk:
        desk = ContinuationDesk(self._window, self._services.continuing, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_revision(self) -> RevisionDesk:
        desk = RevisionDesk(self._window, self._services.revision, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_book_search(self) -> BookSearchDesk:
        services, writing = self._services, self.writing
        desk = BookSearchDesk(
            self._window, services.book_search, services.book_replacing, self._operations
        )
        self._codex.renamed.connect(desk.offer_to_rename)
        self._parts.go_to.search_requested.connect(desk.open_for)
        desk.place_opened.connect(writing.show_passage)
        desk.chapter_replaced.connect(writing.show_replaced)
        return desk

    def _build_snapshots(self) -> SnapshotDesk:
        services = self._services
        desk = SnapshotDesk(self._window, services.snapshots, services.editing, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_comments(self) -> CommentDesk:
        services = self._services
        desk = CommentDesk(self._window, services.comments, services.editing, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        desk.passage_opened.connect(self.writing.show_passage)
        return desk

    def _build_notes(self) -> NotesDesk:
        desk = NotesDesk(self._window, self._services.notes, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_second_pane(self) -> tuple[NovelDesk, ...]:
        """The second pane, and what looks after the text in both."""
        services, parts = self._services, self._parts
        places = SecondPanePlaces(parts.places.settings)
        volume = VolumeDesk(self._window, services.editing)
        desk = SecondPaneDesk(self._window, services.editing, parts.saving, places, volume)
        self.writing.chapter_shown.connect(desk.show_chapter)
        comments = self._build_comments()
        spelling = SpellingDesk(self._window, services.spelling, self._operations)
        desk.pane_made.connect(comments.follow_pane)
        desk.pane_made.connect(lambda pane: spelling.judge_too(pane.editor))
        names = NameDesk(self._window)
        self._codex.shown.connect(names.show_overview)
        desk.pane_made.connect(names.follow_pane)
        return volume, desk, comments, spelling

    def _build_publishing(self) -> PublishingDesk:
        services = self._services
        desk = PublishingDesk(
            self._window, services.preferences, services.novels, self._parts.library.refresh
        )
        self.writing.chapter_shown.connect(desk.show_chapter)
        return desk

    def _build_statistics(self) -> StatisticsDesk:
        services, parts = self._services, self._parts
        desk = StatisticsDesk(
            self._window,
            services.writing_days,
            services.preferences,
            self._operations,
            parts.status_bar,
        )
        parts.saving.saved.connect(desk.note_saved)
        parts.settings.writing_settings_changed.connect(desk.refresh)
        self.writing.chapter_shown.connect(desk.show_chapter)
        self.writing.task_queued.connect(desk.refresh)
        return desk

    def _build_auto(self) -> AutoDesk:
        services, writing = self._services, self.writing
        auto = AutoDesk(
            self._window,
            services.auto_writer,
            services.preferences,
            self._operations,
            how_many=services.versions_wanted,
        )
        auto.chapter_stored.connect(writing.task_queued)
        live = LiveChapter(self._window.chapter_view, services.drafting)
        live.failed.connect(writing.failed)
        auto.chapter_grew.connect(live.follow)
        auto.run_waits.connect(live.run_waits)
        self._parts.processor.task_finished.connect(auto.queue_changed)
        return auto

    def _build_context(self) -> ContextDesk:
        """Looks after what later chapters are told, whenever an analysis has ended."""
        services, keeper = self._services, self._parts.keeper
        desk = ContextDesk(self._window, services.inspection, keeper, self._operations)
        self.writing.chapter_shown.connect(desk.show_chapter)
        self.writing.task_queued.connect(desk.index_novel)
        return desk
