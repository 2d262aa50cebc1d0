"""Fetching one file of many gigabytes: cut, paused, resumed, and checked before it is used."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx

from arboris_desktop.domain.errors import ArborisError, ErrorKind, ProviderError
from arboris_desktop.llm.shelf.hubs import HubFile
from arboris_desktop.llm.shelf.web import opened, refuse_failure
from arboris_desktop.llm.wire.refusals import error_for_exception

_MOST_CUTS = 8
"""So often in a row a connection may break without a byte that is new."""

_LONGEST_PAUSE = 30.0
_KEPT_FREE = 500_000_000
"""Bytes that stay free on the disk: the author's books need room as well."""


class FetchStoppedError(Exception):
    """The author has paused the fetch; what came is kept."""


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """The part of a file that has been fetched, in bytes."""

    done: int
    size: int


OnProgress = Callable[[FetchProgress], None]
Wait = Callable[[float], bool]
"""Waits for so many seconds; true when the fetch is to stop."""


class PartialFile:
    """A file that is not whole yet, beside where it will be, with what it is to become."""

    def __init__(self, target: Path, wanted: HubFile) -> None:
        self.target = target
        self._wanted = wanted
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def prepare(self) -> int:
        """Keeps what is of the same file, drops all else; the bytes that are here."""
        if self._noted() != self._wanted.sha256:
            self.drop()
            self._note.write_text(json.dumps({"sha256": self._wanted.sha256}), "utf-8")
        done = self.path.stat().st_size if self.path.exists() else 0
        if done > self._wanted.size:
            self.path.unlink()
            done = 0
        return done

    def drop(self) -> None:
        """Forgets everything."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def accept(self) -> None:
        """Puts the file in its place, if it is what it is to be.

        Raises ``ProviderError`` (INVALID_ANSWER) for other bytes, which are dropped.
        """
        with self.path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        if sha256 != self._wanted.sha256:
            self.drop()
            raise ProviderError(
                ErrorKind.INVALID_ANSWER, "what came is not the file that the hub lists"
            )
        os.replace(self.path, self.target)
        self._note.unlink(missing_ok=True)

    def _noted(self) -> str:
        try:
            return str(json.loads(self._note.read_text("utf-8")).get("sha256", ""))
        except (OSError, ValueError, AttributeError):
            return ""


def fetch_file(
    address: str, wanted: HubFile, target: Path, on_progress: OnProgress, wait: Wait
) -> None:
    """Fetches a file to ``target``, going on where it was cut before.

    Raises ``FetchStoppedError``, ``ProviderError``, and ``ArborisError`` (DISK_FULL, DISK_ERROR).
    """
    try:
        partial = PartialFile(target, wanted)
        done = partial.prepare()
        _refuse_full_disk(target.parent, wanted.size - done)
        _fetch_all(address, wanted, partial, on_progress, wait)
        partial.accept()
    except OSError as error:
        kind = ErrorKind.DISK_FULL if error.errno in _FULL else ErrorKind.DISK_ERROR
        raise ArborisError(kind, str(error)) from error


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""The disk, or the author's share of it, is full."""


def _refuse_full_disk(folder: Path, missing: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < missing + _KEPT_FREE:
        raise ArborisError(
            ErrorKind.DISK_FULL,
            f"{missing + _KEPT_FREE} bytes are needed, {free} are free at {folder}",
        )


def _fetch_all(
    address: str, wanted: HubFile, partial: PartialFile, on_progress: OnProgress, wait: Wait
) -> None:
    cuts, done = 0, partial.prepare()
    while done < wanted.size:
        on_progress(FetchProgress(done, wanted.size))
        try:
            _fetch_some(address, wanted, partial, done, on_progress, wait)
            reason = ProviderError(ErrorKind.CONNECTION, "the connection was closed too early")
        except httpx.HTTPError as error:
            reason = error_for_exception(error, None)
        except ProviderError as error:
            if error.kind not in (ErrorKind.SERVER_ERROR, ErrorKind.RATE_LIMITED):
                raise
            reason = error
        before, done = done, partial.prepare()
        cuts = 0 if done > before else cuts + 1
        if cuts > _MOST_CUTS:
            raise reason
        if done < wanted.size and wait(_pause(cuts, reason)):
            raise FetchStoppedError
    on_progress(FetchProgress(done, wanted.size))


def _pause(cuts: int, reason: ProviderError) -> float:
    return min(reason.retry_after or float(2**cuts - 1), _LONGEST_PAUSE)


def _fetch_some(
    address: str,
    wanted: HubFile,
    partial: PartialFile,
    done: int,
    on_progress: OnProgress,
    wait: Wait,
) -> None:
    """Fetches until the end or a cut. Raises httpx's errors besides."""
    headers = {"Range": f"bytes={done}-"} if done else {}
    with opened(address, headers) as response:
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            # What is here is not of this file after all.
            partial.drop()
            return
        refuse_failure(response)
        begins = _begins_at(response)
        if begins > done:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the hub left bytes out")
        with partial.path.open("r+b" if done else "wb") as file:
            file.seek(begins)
            file.truncate()
            for piece in response.iter_raw():
                if file.tell() + len(piece) > wanted.size:
                    partial.drop()
                    raise ProviderError(
                        ErrorKind.INVALID_ANSWER, "the file is longer than the hub lists it"
                    )
                file.write(piece)
                on_progress(FetchProgress(file.tell(), wanted.size))
                if wait(0):
                    raise FetchStoppedError


def _begins_at(response: httpx.Response) -> int:
    """The place of the first byte: a server may send all, whatever was asked for."""
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    stated = response.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
    if not (stated.isdecimal() and stated.isascii()):
        raise ProviderError(ErrorKind.INVALID_ANSWER, "the hub does not say which bytes it sends")
    return int(stated)
