"""Downloading a file of many gigabytes: interrupted, paused, resumed, and verified before use."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import httpx

from arboris_desktop.domain.errors import ArborisError, ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.llm.shelf.hubs import HubFile
from arboris_desktop.llm.shelf.web import opened, refuse_failure
from arboris_desktop.llm.wire.refusals import error_for_exception

_MOST_CUTS = 8
"""Consecutive connections that may break without a new byte."""

_LONGEST_PAUSE = 30.0
_KEPT_FREE = 500_000_000
"""Bytes that are left free on the disk: the author's books need room as well."""


class FetchStoppedError(Exception):
    """The author has paused the download; what arrived is kept."""


@record
class FetchProgress:
    """The part of a file that has been downloaded, in bytes."""

    done: int
    size: int


OnProgress = Callable[[FetchProgress], None]
Wait = Callable[[float], bool]
"""Waits for the given seconds; returns true if the download is to stop."""


class PartialFile:
    """An incomplete file beside its target, with a note of what it will be."""

    def __init__(self, target: Path, wanted: HubFile) -> None:
        self.target = target
        self._wanted = wanted
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def prepare(self) -> int:
        """Keeps what belongs to the same file and drops the rest; returns the bytes that are
        here."""
        if self._noted() != self._wanted.sha256:
            self.drop()
            self._note.write_text(json.dumps({"sha256": self._wanted.sha256}), "utf-8")
        done = self.path.stat().st_size if self.path.exists() else 0
        if done > self._wanted.size:
            self.path.unlink()
            done = 0
        return done

    def drop(self) -> None:
        """Deletes everything."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def accept(self) -> None:
        """Moves the file to its target if it is what it should be.

        Raises ``ProviderError`` (INVALID_ANSWER) for other contents, which are dropped.
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
    """Downloads a file to ``target``, resuming where it was interrupted.

    Raises ``FetchStoppedError``, ``ProviderError``, and ``ArborisError`` (DISK_FULL, DISK_ERROR).
    """
    try:
        partial = PartialFile(target, wanted)
        done = partial.prepare()
        _refuse_full_disk(target.parent, wanted.size - done)
        _fetch_all(address, wanted, partial, on_progress, wait)
        partial.accept()
    except OSError as error:
        raise ArborisError(_kind_of(error), str(error)) from error


def _kind_of(error: OSError) -> ErrorKind:
    if error.errno == errno.EFBIG:
        return ErrorKind.FILE_SIZE_LIMIT
    return ErrorKind.DISK_FULL if error.errno in _FULL else ErrorKind.DISK_ERROR


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""The disk, or the author's quota on it, is full."""


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
    """Downloads until the end or an interruption. Also raises the errors of httpx."""
    headers = {"Range": f"bytes={done}-"} if done else {}
    with opened(address, headers) as response:
        if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            # What is here belongs to another file after all.
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
    """Returns the offset of the first byte: a server may send everything, whatever was asked
    for."""
    if response.status_code != HTTPStatus.PARTIAL_CONTENT:
        return 0
    stated = response.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
    if not (stated.isdecimal() and stated.isascii()):
        raise ProviderError(ErrorKind.INVALID_ANSWER, "the hub does not say which bytes it sends")
    return int(stated)
