"""The command line: the same use cases without a window.

JSON goes to standard output, everything else to standard error. Wrong use exits 2 with one line, a
failed job exits 1 with the reason, and one that a signal ended exits 130. A command's module is
imported when the command is given.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from arboris_desktop import __version__
from arboris_desktop.commands.running import run_command
from arboris_desktop.file_argument import take_file

_UNREAD = re.compile("[\udc80-\udcff]")
"""Bytes of an argument that the locale's encoding does not know."""


class _Command(NamedTuple):
    """A command: its module in ``commands``, which has ``add_arguments`` and ``run``, and words."""

    module: str
    text: str


_COMMANDS = {
    "new": _Command("new", "begin a novel"),
    "outline": _Command(
        "outline", "let a model plan volumes and chapters; goes on where it stopped"
    ),
    "blueprint": _Command("blueprint", "make the missing parts of a novel's blueprint"),
    "write": _Command("write", "write a chapter, streaming it to standard output"),
    "auto": _Command("auto", "write chapters in a row, each analysed before the next"),
    "analyse": _Command("analyse", "work the queue"),
    "work": _Command("work", "work the queue as a service, until a signal ends it"),
    "serve": _Command("serve", "serve REST, WebSocket and metrics to other programs"),
    "cleanup": _Command("cleanup", "forget finished work that is old"),
    "move": _Command("move", "copy the library into a server's database, or back"),
    "batch": _Command("batch", "analyse many chapters together"),
    "status": _Command("status", "show the queue"),
    "retry": _Command("retry", "retry a task"),
    "cancel": _Command("cancel", "cancel a task"),
    "notifications": _Command("notifications", "list notifications"),
    "import": _Command("import_file", "bring a novel, text or Markdown file in as a novel"),
    "arrivals": _Command("arrivals", "decide about what came with a novel file"),
    "export": _Command("export_file", "write a novel to a file"),
    "codex": _Command("codex_table", "write the codex to a table, or take entries from one"),
    "models": _Command("models", "fetch models that run on this computer, and choose among them"),
    "doctor": _Command("doctor", "check the environment, the provider and the database"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command, or the window without one; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--builtin-server"]:
        from arboris_desktop.llm.builtin_server import main as serve

        return serve(given[1:])
    _prepare_streams()
    try:
        parser = _parser(given)
        given, file = take_file(given, _COMMANDS, parser.error)
        options = parser.parse_args(given)
        _refuse_mixtures(parser, options, file)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 2
    if options.self_test:
        from arboris_desktop.self_test import run as test

        return test(options.report)
    if options.command is None:
        # What a start reads and builds stays: to search it for garbage would only take time.
        # ``background.garbage`` collects once the window is there.
        gc.disable()
        from arboris_desktop.background.feature_scan import (
            skip_command_line_of_httpx,
            skip_feature_scan,
        )

        skip_feature_scan()
        skip_command_line_of_httpx()
        from arboris_desktop.app import run

        # The name by which the desktop knows the window as that of its entry in the menu.
        return run([parser.prog], in_tray=options.tray, file=file)
    return run_command(options.run, options)


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


def _as_text(argument: str) -> str:
    """An argument as it was typed, in a locale that knows no letters but those of ASCII."""
    try:
        return os.fsencode(argument).decode("utf-8") if _UNREAD.search(argument) else argument
    except UnicodeError:
        raise argparse.ArgumentTypeError("it is not written in UTF-8") from None


class _Parser(argparse.ArgumentParser):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.register("type", None, _as_text)

    def error(self, message: str) -> NoReturn:
        """One clear line instead of the usage."""
        sys.stderr.write(f"{self.prog}: {message} (see '{self.prog} --help')\n")
        raise SystemExit(2)


def _parser(given: Collection[str]) -> _Parser:
    """All commands by their names, and the arguments of the one that is given; none of them where
    nothing is given."""
    parser = _Parser(
        prog="arboris-desktop",
        usage="%(prog)s [-h] [--version] [--tray] [COMMAND ... | FILE]",
        description="A studio for writing long novels. Without a command: the window. With a file: "
        "the window, which asks whether to import it; one that is called like a command is given "
        "as ./FILE.",
        epilog="Exit codes: 0 done, 1 failed, 2 wrong use, 130 ended by a signal.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    text = "check that this installation is whole, in a data folder of its own"
    parser.add_argument("--self-test", action="store_true", help=text)
    parser.add_argument("--tray", action="store_true", help="start without the window")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where the self-test reports")
    parser.set_defaults(command=None)
    if given:  # The usual start has no words, and would wait for the description of each command.
        _add_commands(parser, given)
    return parser


def _add_commands(parser: _Parser, given: Collection[str]) -> None:
    commands = parser.add_subparsers(dest="command", parser_class=_Parser, prog=parser.prog)
    for name, command in _COMMANDS.items():
        subparser = commands.add_parser(name, help=command.text, description=command.text)
        if name in given:
            module = import_module(f"arboris_desktop.commands.{command.module}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)


def _refuse_mixtures(parser: _Parser, options: argparse.Namespace, file: Path | None) -> None:
    if file is not None and (options.self_test or options.command):
        parser.error("a file goes with no command")
    if options.self_test and options.command:
        parser.error("--self-test goes with no command")
    if options.report and not options.self_test:
        parser.error("--report goes with --self-test")
