"""``arboris-desktop serve``: REST, WebSocket and metrics for other programs."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.commands.opening import with_services
from arboris_desktop.commands.output import fail, tell
from arboris_desktop.commands.termination import Termination
from arboris_desktop.commands.variables import add_number

if TYPE_CHECKING:
    from arboris_desktop.server.access import Access
    from arboris_desktop.services import Services

_MOST_OF_A_TOKEN = 4096


def add_arguments(serve: argparse.ArgumentParser) -> None:
    """Declares the options of ``serve``."""
    serve.add_argument(
        "--host", default=os.environ.get("ARBORIS_HOST", "127.0.0.1"), help="where it listens"
    )
    add_number(serve, "--port", "ARBORIS_PORT", "the port, 8000 unless it is given")
    serve.add_argument(
        "--token-file", type=Path, help="a file with the token (or ARBORIS_API_TOKEN holds it)"
    )
    serve.add_argument(
        "--allow-host", action="append", default=[], help="another name of this server"
    )
    serve.add_argument(
        "--allow-origin", action="append", default=[], help="an origin whose pages may call"
    )


def run(options: argparse.Namespace, ending: Termination) -> int:
    """Serves until a signal arrives, which is how a service ends, and then returns 0."""
    try:
        import arboris_desktop.server.running  # noqa: F401 (whether its packages are there)
    except ModuleNotFoundError as error:
        missing = f"the package {error.name} is missing"
        return fail(f"{missing}: pip install 'arboris-desktop[server]'", 1)
    return _run_opened(options, ending)


@with_services
def _run_opened(services: Services, options: argparse.Namespace, ending: Termination) -> int:
    from arboris_desktop.server.running import listen, serve

    access = _access(options)
    port = 8000 if options.port is None else options.port
    with listen(options.host, port) as listening:
        try:
            # A reader of this line may stop the service at once.
            tell(f"serves http://{_written(options.host)}:{listening.getsockname()[1]}")
            ending.run(serve(services, access, listening))
        except KeyboardInterrupt:
            tell("ended")
    return 0


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _access(options: argparse.Namespace) -> Access:
    """Returns the rules of access. Raises ``RuleError`` if anybody on the network could call."""
    from arboris_desktop.domain.errors import ErrorKind, RuleError
    from arboris_desktop.server.access import Access, is_loopback

    token = _token(options.token_file)
    if not token and not is_loopback(options.host):
        raise RuleError(
            ErrorKind.INVALID_VALUE,
            f"{options.host} can be reached from elsewhere: give a token in ARBORIS_API_TOKEN or "
            "--token-file",
        )
    hosts = frozenset({options.host, *options.allow_host})
    return Access(token, hosts, frozenset(options.allow_origin))


def _token(file: Path | None) -> str:
    from arboris_desktop.domain.errors import ErrorKind, RuleError

    if file is None:
        return os.environ.get("ARBORIS_API_TOKEN", "").strip()
    try:
        with file.open(encoding="utf-8") as opened:
            token = opened.read(_MOST_OF_A_TOKEN).strip()
    except (OSError, UnicodeError) as error:
        raise RuleError(ErrorKind.INVALID_VALUE, f"{file} cannot be read: {error}") from error
    if not token:
        raise RuleError(ErrorKind.INVALID_VALUE, f"{file} holds no token")
    return token
