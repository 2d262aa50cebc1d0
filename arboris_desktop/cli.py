"""The command line: the same use cases without a window.

JSON goes to standard output, everything else to standard error. Wrong use exits 2 with one line,
a failed job exits 1 with the reason. Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Collection, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from arboris_desktop import __version__
from arboris_desktop.commands.auto import add_arguments as add_auto_arguments
from arboris_desktop.commands.auto import run as auto_command
from arboris_desktop.commands.batch import add_arguments
from arboris_desktop.commands.batch import run as batch_command
from arboris_desktop.commands.blueprint import add_arguments as add_blueprint_arguments
from arboris_desktop.commands.blueprint import run as blueprint_command
from arboris_desktop.commands.outline import add_arguments as add_outline_arguments
from arboris_desktop.commands.outline import run as outline_command
from arboris_desktop.file_argument import take_file

if TYPE_CHECKING:
    from arboris_desktop.domain.errors import ErrorKind
    from arboris_desktop.domain.tasks import AnalysisTask, Notification
    from arboris_desktop.services import Services
    from arboris_desktop.tasks.worker import TaskOutcome
    from arboris_desktop.writing.chapters.drafting import DraftStored

_INTERRUPTED = 130
_BUILT_IN = "built-in"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command, or the window without one; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--builtin-server"]:
        from arboris_desktop.llm.builtin_server import main as serve

        return serve(given[1:])
    _prepare_streams()
    try:
        parser = _parser()
        given, file = take_file(given, parser.command_names, parser.error)
        options = parser.parse_args(given)
        if file is not None and (options.self_test or options.command):
            parser.error("a file goes with no command")
        if options.self_test and options.command:
            parser.error("--self-test goes with no command")
        if options.report and not options.self_test:
            parser.error("--report goes with --self-test")
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 2
    if options.self_test:
        from arboris_desktop.self_test import run as test

        return test(options.report)
    if options.command is None:
        from arboris_desktop.app import run

        # The name by which the desktop knows the window as that of its entry in the menu.
        return run([parser.prog], in_tray=options.tray, file=file)
    return _run_command(options)


def _prepare_streams() -> None:
    """Novels are written in every script, whatever encoding the console claims.

    The frozen window of Windows has no console and so no streams: what is printed is dropped.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _run_command(options: argparse.Namespace) -> int:
    from arboris_desktop.domain.errors import ArborisError, NotFoundError, RuleError

    try:
        if options.command == "doctor":
            from arboris_desktop.doctor import run

            return run(options)
        return _with_services(options)
    except RuleError as error:
        return _fail(str(error), 2)
    except NotFoundError as error:
        return _fail(str(error), 1)
    except ArborisError as error:
        return _fail(f"{_words(error.kind)}: {error.message}{_advice(error.kind)}", 1)
    except (KeyboardInterrupt, asyncio.CancelledError):
        return _fail("stopped", _INTERRUPTED)
    except BrokenPipeError:
        # The interpreter would meet the closed pipe again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _fail("nobody reads the output any more; what a chapter had is kept as a draft", 1)
    except Exception as error:
        # Only the place: the text of a foreign error might contain a key.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return _fail(f"internal error: {type(error).__name__} in {where}", 1)


def _with_services(options: argparse.Namespace) -> int:
    from arboris_desktop.services import build_services

    services = build_services()
    try:
        provider: str | None = getattr(options, "provider", None)
        if provider is not None:
            services = _written_by(services, provider)
        run: Callable[[Services, argparse.Namespace], int] = options.run
        return run(services, options)
    finally:
        services.close()


def _written_by(services: Services, provider: str) -> Services:
    """The same services, with chapters written by a profile, the built-in model or a server."""
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.domain.profiles import ProviderProfile
    from arboris_desktop.domain.settings import ProviderKind

    roster = services.providers.roster()
    if (named := roster.named(provider)) is not None:
        return services.written_by(named)
    if provider == _BUILT_IN:
        settings = replace(roster.first.connection, kind=ProviderKind.BUILT_IN, configured=True)
        return services.written_by(ProviderProfile(_BUILT_IN, connection=settings))
    if provider != "localhost" and not any(mark in provider for mark in ".:"):
        known = ", ".join(profile.title for profile in roster.profiles)
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"no provider is called '{provider}' (there is: {known})"
        )
    environment = dict(os.environ)
    if environment.get("ARBORIS_BASE_URL", provider) != provider:
        # That key belongs to another server, which alone may see it.
        environment.pop("ARBORIS_API_KEY", None)
    return services.written_by(roster.first, environment | {"ARBORIS_BASE_URL": provider})


def _fail(reason: str, code: int) -> int:
    sys.stderr.write(f"arboris-desktop: {reason}\n")
    return code


def _words(kind: ErrorKind) -> str:
    return kind.value.replace("_", " ")


def _advice(kind: ErrorKind) -> str:
    from arboris_desktop.doctor import TO_DO

    to_do = TO_DO.get(kind.value)
    return f" ({to_do})" if to_do else ""


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))


# --- commands ---


def _new(services: Services, options: argparse.Namespace) -> int:
    from arboris_desktop.domain.novel import Language, NewNovel

    novel = NewNovel(
        title=options.title, premise=options.premise, language=Language(options.language)
    )
    project_id = services.novels.create(novel)
    if options.json:
        _print_json({"project_id": project_id})
    else:
        print(project_id)
    return 0


def _write(services: Services, options: argparse.Namespace) -> int:
    chapter = services.novels.ensure_chapter(options.project_id, options.chapter)
    resume = bool(options.draft == "continue")
    if chapter.has_draft and options.draft is None:
        return _fail("an unfinished draft is stored: give --draft continue or --draft discard", 1)
    previous = signal.signal(signal.SIGTERM, _raise_interrupt)
    try:
        if options.candidates > 1:
            from arboris_desktop.commands.write import write_candidates

            return write_candidates(services, chapter.id, options)
        stored = asyncio.run(_stream(services, chapter.id, resume=resume, silent=options.json))
    except KeyboardInterrupt:
        kept = "as a draft" if options.candidates == 1 else "among the versions in the window"
        return _fail(f"stopped; what came is kept {kept}", _INTERRUPTED)
    finally:
        signal.signal(signal.SIGTERM, previous)
    if options.json:
        _print_json(
            {
                "chapter_id": chapter.id,
                "version_id": stored.version.id,
                "task_id": stored.task_id,
                "characters": len(stored.version.content),
                "token_usage": stored.usage.to_json(),
                "cut": stored.cut,
            }
        )
    else:
        print()
        if stored.cut:
            sys.stderr.write("the model reached its length limit: the end may be missing\n")
        sys.stderr.write(f"stored; analysis is task {stored.task_id}\n")
    return 0


def _raise_interrupt(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


async def _stream(
    services: Services, chapter_id: int, *, resume: bool, silent: bool
) -> DraftStored:
    from arboris_desktop.writing.chapters.drafting import DraftStored, DraftText

    stored: DraftStored | None = None
    async with aclosing(services.drafting.write(chapter_id, resume=resume)) as events:
        async for event in events:
            if isinstance(event, DraftText) and not silent:
                print(event.text, end="", flush=True)
            elif isinstance(event, DraftStored):
                stored = event
    assert stored is not None  # the stream ends with it, or raises
    return stored


def _analyse(services: Services, options: argparse.Namespace) -> int:
    from arboris_desktop.background.headless import work_queue
    from arboris_desktop.background.processor import Processor
    from arboris_desktop.domain.settings import QueueSettings

    settings = services.preferences.get(QueueSettings)
    if options.max_concurrent is not None:
        settings = replace(settings, max_concurrent=options.max_concurrent)
    if settings.paused:
        return _fail("the queue is paused; resume it in the window", 1)
    ended = work_queue(
        lambda: Processor(services.queue, services.worker, services.preferences),
        settings,
        services.queue.is_idle if options.until_empty else None,
        _tell,
    )
    if ended.reason:
        return _fail(ended.reason, 1)
    if ended.interrupted:
        return _fail("stopped; what ran is back in the queue", _INTERRUPTED)
    return 1 if ended.failed else 0


def _tell(outcome: TaskOutcome) -> None:
    reason = f": {_words(outcome.error)}: {outcome.message}" if outcome.error else ""
    sys.stderr.write(f"task {outcome.task_id} {outcome.kind.value}{reason}\n")


def _status(services: Services, options: argparse.Namespace) -> int:
    if options.project_id is not None:
        services.novels.open(options.project_id)
    counts = services.queue.counts(options.project_id)
    tasks = services.queue.recent(options.project_id, limit=20)
    if options.json:
        _print_json(
            {
                "total": counts.total,
                "pending": counts.pending,
                "processing": counts.processing,
                "completed": counts.completed,
                "failed": counts.failed,
                "cancelled": counts.cancelled,
                "recent_tasks": [_task(task) for task in tasks],
            }
        )
        return 0
    print(
        f"{counts.pending} pending, {counts.processing} processing, "
        f"{counts.completed} completed, {counts.failed} failed"
    )
    for task in tasks:
        error = f"  {task.error_type}: {task.error_message}" if task.error_type else ""
        chapter = f"{task.project_title}, chapter {task.chapter_number}"
        print(f"{task.id:6}  {task.status.value:10}  {chapter}{error}")
    return 0


def _task(task: AnalysisTask) -> dict[str, object]:
    return {
        "id": task.id,
        "project_id": task.project_id,
        "chapter_id": task.chapter_id,
        "chapter_number": task.chapter_number,
        "chapter_title": task.chapter_title,
        "status": task.status.value,
        "priority": task.priority,
        "attempt": task.attempt,
        "current_step": task.current_step.value if task.current_step else None,
        "error_type": task.error_type,
        "error_message": task.error_message,
        "duration_seconds": task.duration_seconds,
        "token_usage": task.token_usage.to_json(),
        "created_at": task.created_at.isoformat(),
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
    }


def _retry(services: Services, options: argparse.Namespace) -> int:
    services.queue.retry(options.task_id)
    return 0


def _cancel(services: Services, options: argparse.Namespace) -> int:
    services.queue.cancel(options.task_id)
    return 0


def _notifications(services: Services, options: argparse.Namespace) -> int:
    if options.action == "read":
        if options.id is None:
            return _fail("'notifications read' needs the number of a notification", 2)
        services.inbox.mark_read(options.id)
        return 0
    found = services.inbox.list(unread_only=options.unread)
    if options.json:
        _print_json([_notification(notification) for notification in found])
    else:
        for notification in found:
            mark = " " if notification.is_read else "*"
            print(f"{mark}{notification.id:6}  {notification.title}: {notification.message}")
    return 0


def _notification(notification: Notification) -> dict[str, object]:
    return {
        "id": notification.id,
        "task_id": notification.task_id,
        "chapter_id": notification.chapter_id,
        "type": notification.type.value,
        "title": notification.title,
        "message": notification.message,
        "data": notification.data,
        "is_read": notification.is_read,
        "created_at": notification.created_at.isoformat(),
    }


def _import(services: Services, options: argparse.Namespace) -> int:
    project_id = services.import_book(options.file)
    if options.json:
        _print_json({"project_id": project_id})
    else:
        print(project_id)
    return 0


def _export(services: Services, options: argparse.Namespace) -> int:
    services.export_book(
        options.project_id, options.format, options.out, overwrite=options.overwrite
    )
    return 0


# --- arguments ---


class _Parser(argparse.ArgumentParser):
    command_names: Collection[str] = ()

    def error(self, message: str) -> NoReturn:
        """One clear line instead of the usage."""
        sys.stderr.write(f"{self.prog}: {message} (see '{self.prog} --help')\n")
        raise SystemExit(2)


def _parser() -> _Parser:
    parser = _Parser(
        prog="arboris-desktop",
        usage="%(prog)s [-h] [--version] [--tray] [COMMAND ... | FILE]",
        description="A studio for writing long novels. Without a command: the window. With a file: "
        "the window, which asks whether to import it; one that is called like a command is given "
        "as ./FILE.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    text = "check that this installation is whole, in a data folder of its own"
    parser.add_argument("--self-test", action="store_true", help=text)
    parser.add_argument("--tray", action="store_true", help="start without the window")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the self-test reports")
    commands = parser.add_subparsers(dest="command", parser_class=_Parser, prog=parser.prog)
    _add_writing(commands)
    _add_queue(commands)
    _add_files(commands)
    parser.command_names = commands.choices
    return parser


def _add(
    commands: Any, name: str, run: Callable[[Services, argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(run=run)
    return command


def _add_writing(commands: Any) -> None:
    new = _add(commands, "new", _new, "begin a novel")
    new.add_argument("title")
    new.add_argument("--premise", default="")
    new.add_argument("--language", choices=("en", "zh"), default="en")
    new.add_argument("--json", action="store_true")
    text = "let a model plan volumes and chapters; goes on where it stopped"
    add_outline_arguments(_add(commands, "outline", outline_command, text))
    text = "make the missing parts of a novel's blueprint"
    add_blueprint_arguments(_add(commands, "blueprint", blueprint_command, text))
    write = _add(commands, "write", _write, "write a chapter, streaming it to standard output")
    write.add_argument("project_id")
    write.add_argument("--chapter", type=int, required=True)
    write.add_argument(
        "--provider",
        help="the name of a model in the settings, built-in, or the address of a server",
    )
    text = "write so many versions at once and take the one that an evaluation recommends"
    write.add_argument("--candidates", type=int, choices=range(1, 6), default=1, help=text)
    write.add_argument("--draft", choices=("continue", "discard"), help="what to do with a draft")
    write.add_argument("--json", action="store_true")
    text = "write chapters in a row, each analysed before the next"
    add_auto_arguments(_add(commands, "auto", auto_command, text))


def _add_queue(commands: Any) -> None:
    analyse = _add(commands, "analyse", _analyse, "work the queue")
    analyse.add_argument("--until-empty", action="store_true")
    analyse.add_argument("--max-concurrent", type=int)
    text = "analyse many chapters together"
    add_arguments(_add(commands, "batch", batch_command, text))
    status = _add(commands, "status", _status, "show the queue")
    status.add_argument("project_id", nargs="?")
    status.add_argument("--json", action="store_true")
    for name, run in (("retry", _retry), ("cancel", _cancel)):
        _add(commands, name, run, f"{name} a task").add_argument("task_id", type=int)
    notifications = _add(commands, "notifications", _notifications, "list notifications")
    notifications.add_argument("action", nargs="?", choices=("list", "read"), default="list")
    notifications.add_argument("id", nargs="?", type=int)
    notifications.add_argument("--unread", action="store_true")
    notifications.add_argument("--json", action="store_true")


def _add_files(commands: Any) -> None:
    bring = _add(commands, "import", _import, "bring a novel, text or Markdown file in as a novel")
    bring.add_argument("file", type=Path)
    bring.add_argument("--json", action="store_true")
    export = _add(commands, "export", _export, "write a novel to a file")
    export.add_argument("project_id")
    export.add_argument("--format", choices=("arboris", "md", "txt"), required=True)
    export.add_argument("--out", type=Path, required=True)
    export.add_argument(
        "--overwrite", action="store_true", help="replace an older novel file (texts always are)"
    )
    text = "check the environment, the provider and the database"
    doctor = commands.add_parser("doctor", help=text, description=text)
    task = doctor.add_mutually_exclusive_group()
    task.add_argument("--list-backups", action="store_true", help="list and check the backups")
    task.add_argument("--restore", metavar="FILE", help="put a backup, or the 'newest', in place")
    doctor.add_argument("--json", action="store_true", help="with --list-backups")
