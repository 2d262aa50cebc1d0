"""The composition root of the window: builds everything once, and wires the signals."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import sys
import types
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QEventLoop, QSettings
from PySide6.QtWidgets import QApplication

from arboris_desktop import __version__
from arboris_desktop.background.end_signals import EndSignals
from arboris_desktop.background.garbage import GarbageCollection
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.background.update_watch import UpdateWatch
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, WritingSettings
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.resources import third_party_list
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.paths import data_paths
from arboris_desktop.ui.about_dialog import AboutFacts
from arboris_desktop.ui.auto.auto_desk import AutoDesk
from arboris_desktop.ui.auto.live_chapter import LiveChapter
from arboris_desktop.ui.backups.backup_desk import BackupDesk
from arboris_desktop.ui.blueprint.blueprint_desk import BlueprintDesk
from arboris_desktop.ui.candidates.desk import CandidateDesk
from arboris_desktop.ui.chapter.save_desk import SaveDesk
from arboris_desktop.ui.codex.desk import CodexDesk
from arboris_desktop.ui.concept.concept_desk import ConceptDesk
from arboris_desktop.ui.context.context_desk import ContextDesk
from arboris_desktop.ui.continuation.desk import ContinuationDesk
from arboris_desktop.ui.costs.costs_desk import CostsDesk
from arboris_desktop.ui.files.file_desk import FileAccess, FileDesk
from arboris_desktop.ui.files.opened_files import OpenedFiles, StudioApplication
from arboris_desktop.ui.guide.guide_desk import GuideDesk
from arboris_desktop.ui.icons import icon
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.notices.channels import build_notifier
from arboris_desktop.ui.notices.tray_icon import TrayIcon
from arboris_desktop.ui.outline.outline_desk import OutlineDesk
from arboris_desktop.ui.prompts.prompts_desk import PromptsDesk
from arboris_desktop.ui.review.review_desk import ReviewDesk
from arboris_desktop.ui.revision.revision_desk import RevisionDesk
from arboris_desktop.ui.sandbox import desktop_file_name, socket_name
from arboris_desktop.ui.settings.settings_desk import ProviderAccess, SettingsDesk
from arboris_desktop.ui.single_instance import SingleInstance
from arboris_desktop.ui.status_bar import StudioStatusBar
from arboris_desktop.ui.studio import Desks, Studio
from arboris_desktop.ui.tasks.batch_desk import BatchDesk
from arboris_desktop.ui.tasks.task_desk import TaskDesk
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.updates.update_desk import UpdateDesk
from arboris_desktop.ui.writing_desk import WritingDesk
from arboris_desktop.updates.feed import ReleaseFeed, shipped_source

log = logging.getLogger(__name__)

Result = TypeVar("Result")


def run(
    arguments: list[str],
    environment: Mapping[str, str] = os.environ,
    *,
    in_tray: bool = False,
    file: Path | None = None,
) -> int:
    """Shows the window until the author quits; returns the exit code.

    ``in_tray`` begins with the tray's icon only, where there is a tray. ``file`` is an absolute
    path; the author is asked whether to import it, here or in the window that is open already.
    """
    application = create_application(arguments)
    backups = Backups(data_paths(environment))
    opened = OpenedFiles()
    if isinstance(application, StudioApplication):
        application.file_opened.connect(opened.add)
    single: SingleInstance | None = None
    failure: ArborisError | None = None
    while True:
        try:
            services = _writable_services(environment)
        except ArborisError as error:
            if _restored_at_start(application, error, backups):
                continue
            return 1
        if single is None:
            single = SingleInstance(socket_name(_instance_name(services), environment))
            if not single.is_first(file):
                services.close()
                return 0
            single.file_opened.connect(opened.add)
            if file is not None:
                opened.add(file)
        main = _run_studio(application, services, single, opened, failure, in_tray=in_tray)
        chosen = run_in_qt_loop(application, main)
        services.close()
        if chosen is None:
            return 0
        # Only now is the database closed; the studio then opens anew, on whichever it is.
        failure = _restore(backups, chosen)


def _writable_services(environment: Mapping[str, str]) -> Services:
    services = build_services(environment)
    try:
        services.refuse_read_only()
    except ArborisError:
        services.close()
        raise
    return services


def run_in_qt_loop(application: QApplication, main: Coroutine[Any, Any, Result]) -> Result:
    """Runs a coroutine to its end in one loop with Qt's events."""
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(_with_finalised_generators(main))


async def _with_finalised_generators(main: Coroutine[Any, Any, Result]) -> Result:
    """Does what asyncio's own loops do and qasync's does not: an asynchronous generator that
    nobody closed is closed within the loop, not wherever it happens to be collected."""
    loop = asyncio.get_running_loop()

    def close(generator: AsyncGenerator[Any, Any]) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(loop.create_task, generator.aclose())

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(finalizer=close)
    try:
        return await main
    finally:
        sys.set_asyncgen_hooks(*before)


def create_application(arguments: list[str]) -> StudioApplication:
    """The Qt application with its names; quitting is left to the studio."""
    application = StudioApplication(arguments)
    application.setApplicationName("Arboris Desktop")
    application.setApplicationVersion(__version__)
    application.setOrganizationName("Arboris")
    application.setDesktopFileName(desktop_file_name(os.environ))
    application.setWindowIcon(icon("app"))
    # The tray keeps the app alive without a window; the loop must not end with the last dialog.
    application.setQuitOnLastWindowClosed(False)
    return application


async def _run_studio(
    application: QApplication,
    services: Services,
    single: SingleInstance,
    opened: OpenedFiles,
    failure: ArborisError | None,
    *,
    in_tray: bool,
) -> Path | None:
    """Runs until the author leaves; returns the backup to restore, if that is why."""
    left = asyncio.Event()
    chosen: list[Path] = []

    def leave(backup: Path | None) -> None:
        if backup is not None:
            chosen.append(backup)
        left.set()

    def open_files() -> None:
        for path in opened.take():
            window.raise_window()
            studio.files.open_file(path)

    studio, window = build_studio(application, services)
    GarbageCollection(lambda: studio.writing.is_writing, studio)
    _report_exceptions(studio.report)
    studio.leave_decided.connect(leave)
    signals = EndSignals(studio)
    for session_ends in (application.commitDataRequest, signals.came):
        session_ends.connect(studio.end_session)
    single.raise_requested.connect(window.raise_window)
    if not (in_tray and studio.can_hide()):
        window.show()
    studio.start()
    if failure is not None:
        studio.report(failure)
    opened.arrived.connect(open_files)
    open_files()
    await left.wait()
    # The application may go on with another studio.
    application.commitDataRequest.disconnect(studio.end_session)
    opened.arrived.disconnect(open_files)
    await studio.stop()
    signals.close()
    window.deleteLater()
    return chosen[0] if chosen else None


def build_studio(
    application: QApplication, services: Services, feed: ReleaseFeed | None = None
) -> tuple[Studio, MainWindow]:
    """All widgets and controllers, connected but not started.

    ``feed`` tells of newer versions, in tests only: the shipped one is built in.
    """
    translations = Translations(application)
    translations.apply(services.preferences.get(InterfaceSettings).language)
    status_bar = StudioStatusBar()
    settings = QSettings(str(services.paths.home / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(settings, status_bar)
    operations = Operations(window)
    processor = Processor(services.queue, services.worker, services.preferences, window)
    tray = TrayIcon(window)
    notifier = build_notifier(
        services.inbox,
        operations,
        tray,
        window,
        lambda: services.preferences.get(InterfaceSettings).notify_desktop,
    )
    saving = SaveDesk(window, services.editing, services.rescue, operations)
    writing = WritingDesk(
        window,
        services.novels,
        services.editing,
        services.drafting,
        operations,
        saving=saving,
        wants_candidates=lambda: services.preferences.get(WritingSettings).candidates > 1,
    )
    batches = BatchDesk(window, services.batches, operations, lambda: writing.contents)
    tasks = TaskDesk(
        window, services.queue, services.inbox, processor, notifier, operations, batches
    )
    access = ProviderAccess(
        probe=services.probe,
        providers=services.providers,
        keep_key_for_session=services.keys.keep_for_session,
        describe=services.source.describe,
        is_configured=services.source.is_configured,
    )
    watch = UpdateWatch(
        feed or ReleaseFeed(shipped_source()),
        services.preferences,
        operations,
        __version__,
        window,
    )
    updates = UpdateDesk(window, watch, lambda: translations.shown.value)
    settings_desk = SettingsDesk(
        window,
        services.preferences,
        access,
        processor,
        operations,
        translations,
        status_bar,
        tray_available=tray.is_available,
        check_updates=updates.check_now if watch.can_check else None,
    )
    revision = RevisionDesk(window, services.revision, operations)
    writing.chapter_shown.connect(revision.show_chapter)
    reviews = ReviewDesk(window, services.reviews, operations, writing.flush)
    writing.chapter_shown.connect(reviews.show_chapter)
    reviews.passage_opened.connect(writing.show_passage)
    reviews.chapter_opened.connect(writing.open_chapter)
    reviews.chapter_opened.connect(window.show_chapters)
    auto = AutoDesk(window, services.auto_writer, services.preferences, operations)
    writing.novel_changed.connect(auto.show_contents)
    auto.chapter_stored.connect(writing.task_queued)
    auto.chapter_stored.connect(writing.refresh)
    live = LiveChapter(window.chapter_view, services.drafting, lambda: writing.contents)
    live.failed.connect(writing.failed)
    auto.chapter_grew.connect(live.follow)
    auto.run_waits.connect(live.run_waits)
    processor.task_finished.connect(auto.queue_changed)
    concept = ConceptDesk(window, services.concept, operations)
    blueprint = BlueprintDesk(window, services.blueprint, services.codex, operations)
    concept.blueprint_requested.connect(blueprint.go_on)
    blueprint.novel_changed.connect(writing.refresh)
    codex = CodexDesk(window.codex_panel, services.codex, operations)
    blueprint.codex_changed.connect(codex.refresh)
    costs = _build_costs(window, services, operations, writing, settings_desk)
    context = _build_context(window, services, processor, reviews, writing)
    outline = _build_outline_desk(window, services, operations, writing)
    processor.task_finished.connect(costs.refresh_chapter)
    desks = Desks(
        writing=writing,
        saving=saving,
        tasks=tasks,
        settings=settings_desk,
        codex=codex,
        backups=BackupDesk(window, Backups(services.paths)),
        of_novel=(
            GuideDesk(window, services.guides, operations),
            concept,
            blueprint,
            outline,
            revision,
            reviews,
            auto,
            _build_candidates(window, services, operations, writing),
            costs,
            context,
            PromptsDesk(window, services.prompt_texts),
            _build_continuation(window, services, writing),
        ),
        updates=updates,
        files=_build_files(services, operations, writing, window),
    )
    about = AboutFacts(__version__, services.paths.home, third_party_list())
    studio = Studio(window, desks, tray, status_bar, processor, operations, about)
    notifier.unread_changed.connect(studio.show_unread)
    return studio, window


def _build_context(
    window: MainWindow,
    services: Services,
    processor: Processor,
    reviews: ReviewDesk,
    writing: WritingDesk,
) -> ContextDesk:
    """What later chapters are told is looked after when an analysis has ended."""
    cares = (services.summaries.refresh, services.reviews.check_new_chapters)
    keeper = StoryKeeper(services.search, cares, lambda: processor.may_ask, window)
    keeper.refreshed.connect(reviews.look_for_broken_rules)
    processor.task_started.connect(keeper.note_task)
    processor.task_finished.connect(keeper.on_finished)
    desk = ContextDesk(window, services.inspection, keeper)
    writing.chapter_shown.connect(desk.show_chapter)
    writing.task_queued.connect(desk.index_novel)
    return desk


def _build_outline_desk(
    window: MainWindow, services: Services, operations: Operations, writing: WritingDesk
) -> OutlineDesk:
    outline = OutlineDesk(
        window, services.outline_editing, services.outlining, services.regeneration, operations
    )
    outline.outline_changed.connect(writing.refresh)
    window.project_tree.outline_requested.connect(outline.show_plan)
    outline.chapter_opened.connect(writing.open_chapter)
    outline.chapter_opened.connect(window.show_chapters)
    return outline


def _build_continuation(
    window: MainWindow, services: Services, writing: WritingDesk
) -> ContinuationDesk:
    desk = ContinuationDesk(window, services.continuing)
    writing.chapter_shown.connect(desk.show_chapter)
    return desk


def _build_costs(
    window: MainWindow,
    services: Services,
    operations: Operations,
    writing: WritingDesk,
    settings: SettingsDesk,
) -> CostsDesk:
    costs = CostsDesk(window, services.costs, operations)
    costs.limits_requested.connect(settings.open_limits)
    writing.chapter_shown.connect(costs.show_chapter)
    return costs


def _build_candidates(
    window: MainWindow, services: Services, operations: Operations, writing: WritingDesk
) -> CandidateDesk:
    desk = CandidateDesk(
        window,
        services.candidates,
        services.rounds,
        services.evaluation,
        services.preferences,
        operations,
    )
    writing.candidates_requested.connect(desk.begin)
    writing.chapter_shown.connect(desk.show_chapter)
    desk.chapter_wanted.connect(writing.open_chapter)
    desk.chapter_decided.connect(writing.show_replaced)
    return desk


def _build_files(
    services: Services, operations: Operations, writing: WritingDesk, window: MainWindow
) -> FileDesk:
    access = FileAccess(services.look_into, services.import_book, services.export_book)

    def open_novel() -> NovelProject | None:
        return writing.contents.project if writing.contents else None

    return FileDesk(window, access, operations, open_novel)


def _report_exceptions(report: Callable[[Exception], None]) -> None:
    """Sends exceptions that nobody caught to the log and to the author, from either loop."""

    def on_exception(
        kind: type[BaseException], error: BaseException, trace: types.TracebackType | None
    ) -> None:
        log.critical("uncaught", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            loop.call_soon_threadsafe(report, error)

    loop = asyncio.get_running_loop()
    sys.excepthook = on_exception
    loop.set_exception_handler(lambda _loop, context: _from_loop(context, on_exception))


def _from_loop(
    context: dict[str, object],
    on_exception: Callable[[type[BaseException], BaseException, types.TracebackType | None], None],
) -> None:
    error = context.get("exception")
    if isinstance(error, BaseException):
        on_exception(type(error), error, error.__traceback__)
    else:
        log.error("event loop: %s", context.get("message"))


def _instance_name(services: Services) -> str:
    home = str(services.paths.home.resolve())
    return f"arboris-{hashlib.sha256(home.encode()).hexdigest()[:16]}"


def _restored_at_start(application: QApplication, error: ArborisError, backups: Backups) -> bool:
    """Tells why the data cannot be opened; true when a backup now is in its place."""
    from arboris_desktop.ui.backups.start_failure import StartFailure
    from arboris_desktop.ui.wording import error_sentence

    # The author's choice of language is in the database.
    Translations(application).apply(InterfaceLanguage.SYSTEM)
    words = error_sentence(error.kind)
    sys.stderr.write(f"arboris-desktop: {words.what_happened} ({error.message})\n")
    newest = backups.newest_good() if error.kind is ErrorKind.DATABASE_CORRUPT else None
    box = StartFailure(error, newest)
    loop = QEventLoop()
    box.finished.connect(loop.exit)
    box.open()
    loop.exec()
    if newest is None or not box.wants_restore():
        return False
    failure = _restore(backups, newest[0].path)
    return failure is None or _restored_at_start(application, failure, backups)


def _restore(backups: Backups, backup: Path) -> ArborisError | None:
    try:
        kept = backups.restore(backup)
    except ArborisError as error:
        return error
    log.info("restored %s; what was there is kept as %s", backup.name, kept)
    return None
