"""Running the window: the application, its one loop, and what becomes of faults nobody caught."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import types
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from pathlib import Path
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from arboris_desktop import __version__
from arboris_desktop.background import input_method
from arboris_desktop.background.end_signals import EndSignals
from arboris_desktop.background.feature_scan import skip_feature_scan
from arboris_desktop.background.garbage import GarbageCollection
from arboris_desktop.composition import build_studio
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.settings import InterfaceLanguage
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.engine.paths import data_paths
from arboris_desktop.ui.files.opened_files import OpenedFiles, StudioApplication
from arboris_desktop.ui.sandbox import desktop_file_name
from arboris_desktop.ui.single_instance import SingleInstance
from arboris_desktop.ui.translator import Translations
from arboris_desktop.ui.widgets.icons import icon

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
    opened = OpenedFiles()
    if isinstance(application, StudioApplication):
        application.file_opened.connect(opened.add)
    single = SingleInstance(data_paths(environment))
    single.file_opened.connect(opened.add)
    single.raise_requested.connect(_raise_message)
    try:
        # Before the data is opened: a second start has nothing to do with it.
        if (code := _left_to_first(application, single, file)) is not None:
            return code
        if file is not None:
            opened.add(file)
        return _run_studios(application, environment, single, opened, in_tray=in_tray)
    finally:
        single.release()


def _left_to_first(
    application: QApplication, single: SingleInstance, file: Path | None
) -> int | None:
    """Leaves what is wanted to the window that is open already, and tells the exit code; ``None``
    if this start is to have a window."""
    if single.claim():
        return None
    from arboris_desktop.ui.second_start import Outcome, SecondStart

    outcome = SecondStart(application, single, file).run()
    return {Outcome.HANDED_OVER: 0, Outcome.GIVEN_UP: 1}.get(outcome)


def _raise_message() -> None:
    """Brings a message to the front that stands in place of the window."""
    if (message := QApplication.activeModalWidget()) is not None:
        message.raise_()
        message.activateWindow()


def _run_studios(
    application: QApplication,
    environment: Mapping[str, str],
    single: SingleInstance,
    opened: OpenedFiles,
    *,
    in_tray: bool,
) -> int:
    """Runs one studio after the other, as backups are restored between them."""
    backups = Backups(data_paths(environment))
    failure: ArborisError | None = None
    while True:
        try:
            services = _writable_services(environment)
        except ArborisError as error:
            # Another start brings the message to the front.
            single.listen()
            is_mended = _mended_at_start(application, error, backups)
            single.stop_listening()
            if is_mended:
                continue
            return 1
        main = _run_studio(application, services, single, opened, failure, in_tray=in_tray)
        chosen = run_in_qt_loop(application, main)
        is_lost = services.is_lost()
        services.close()
        if chosen is None:
            return 1 if is_lost else 0
        # Only now is the database closed; the studio then reopens, on whichever it is.
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
    skip_feature_scan()
    input_method.prepare()
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
    GarbageCollection(lambda: services.register.is_writing, studio)
    _report_exceptions(studio.report)
    studio.leave_decided.connect(leave)
    signals = EndSignals(studio)
    for session_ends in (application.commitDataRequest, signals.came):
        session_ends.connect(studio.end_session)
    single.raise_requested.connect(window.raise_window)
    window.fit_to(window.screen().availableSize())
    if not (in_tray and studio.can_hide()):
        window.show()
    studio.start()
    if failure is not None:
        studio.report(failure)
    opened.arrived.connect(open_files)
    open_files()
    # The window is painted before that is read which hears later starts; they wait for it.
    await asyncio.sleep(0)
    single.listen()
    await left.wait()
    # A start that comes now waits, and is then the first.
    single.stop_listening()
    # The application may go on with another studio.
    application.commitDataRequest.disconnect(studio.end_session)
    opened.arrived.disconnect(open_files)
    await studio.stop()
    signals.close()
    window.deleteLater()
    return chosen[0] if chosen else None


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


def _mended_at_start(application: QApplication, error: ArborisError, backups: Backups) -> bool:
    """Tells why the data cannot be opened; true when it is to be tried again: the author says so,
    or a backup now is in its place."""
    from arboris_desktop.ui.backups.start_failure import StartFailure
    from arboris_desktop.ui.wording import error_sentence

    # The author's choice of language is in the database.
    Translations(application).apply(InterfaceLanguage.SYSTEM)
    words = error_sentence(error.kind)
    sys.stderr.write(f"arboris-desktop: {words.what_happened} ({error.message})\n")
    # Those in the data folder are of the library there, not of one on a server.
    has_backups = error.kind is ErrorKind.DATABASE_CORRUPT and backups.paths.server is None
    newest = backups.newest_good() if has_backups else None
    box = StartFailure(error, newest)
    loop = QEventLoop()
    box.finished.connect(loop.exit)
    box.open()
    loop.exec()
    if newest is None or not box.wants_restore():
        return box.wants_another_try()
    failure = _restore(backups, newest[0].path)
    return failure is None or _mended_at_start(application, failure, backups)


def _restore(backups: Backups, backup: Path) -> ArborisError | None:
    try:
        kept = backups.restore(backup)
    except ArborisError as error:
        return error
    log.info("restored %s; what was there is kept as %s", backup.name, kept)
    return None
