"""The model hubs: what they say about a file, and where it is downloaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.shelf import HUB_ADDRESSES, Hub, ShelfModel

_SHA256 = re.compile(r"[0-9a-f]{64}")


@record
class HubFile:
    """A file as a hub lists it: its exact size, and its SHA-256 hash."""

    size: int
    sha256: str


@record
class HubPlace:
    """A hub at its own address or that of a mirror."""

    hub: Hub
    address: str = ""

    @property
    def root(self) -> str:
        """The address without a trailing slash."""
        return (self.address or HUB_ADDRESSES[self.hub]).rstrip("/")

    def listing(self, model: ShelfModel) -> str:
        """The address that lists the files of the model's repository."""
        if self.hub is Hub.MODELSCOPE:
            return (
                f"{self.root}/api/v1/models/{model.repository}/repo/files"
                "?Revision=master&Recursive=true"
            )
        return f"{self.root}/api/models/{model.repository}/tree/main?recursive=true"

    def download(self, model: ShelfModel) -> str:
        """The address of the file itself, from which hubs redirect."""
        file = quote(model.file)
        if self.hub is Hub.MODELSCOPE:
            return f"{self.root}/models/{model.repository}/resolve/master/{file}"
        return f"{self.root}/{model.repository}/resolve/main/{file}"


def file_in(listing: object, model: ShelfModel) -> HubFile:
    """Finds the model's file in a listing.

    Raises ``ProviderError``: NOT_AN_API if it is no listing, MODEL_NOT_FOUND without the file.
    """
    for entry in _entries(listing):
        if entry.get("path", entry.get("Path")) == model.file:
            return _read(entry)
    raise ProviderError(ErrorKind.MODEL_NOT_FOUND, f"the hub does not list {model.file}")


def _entries(listing: object) -> list[Mapping[str, object]]:
    if isinstance(listing, Mapping):
        data = listing.get("Data")
        listing = data.get("Files") if isinstance(data, Mapping) else None
    if not isinstance(listing, list):
        raise ProviderError(ErrorKind.NOT_AN_API, "the hub does not list its files")
    return [entry for entry in listing if isinstance(entry, Mapping)]


def _read(entry: Mapping[str, object]) -> HubFile:
    # Hugging Face gives the hash of a large file separately; the other one is of the pointer to it.
    stored = entry.get("lfs")
    large = stored if isinstance(stored, Mapping) else {}
    sha256 = str(large.get("oid") or entry.get("Sha256") or "").lower()
    size = large.get("size") or entry.get("size") or entry.get("Size")
    if not _SHA256.fullmatch(sha256) or not isinstance(size, int) or size <= 0:
        raise ProviderError(ErrorKind.NOT_AN_API, "the hub states no hash of the file")
    return HubFile(size, sha256)
