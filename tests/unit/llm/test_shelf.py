"""Fetching a model from a hub, whatever the hub and the way to it do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.errors import ArborisError, ErrorKind, ProviderError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.shelf import SHELF, Hub, ShelfModel, recommended, shelf_model
from arboris_desktop.llm.shelf import fetching
from arboris_desktop.llm.shelf.fetching import FetchProgress, FetchStoppedError
from arboris_desktop.llm.shelf.hubs import HubPlace
from arboris_desktop.llm.shelf.memory import total_memory
from arboris_desktop.llm.shelf.store import ModelStore, place_of
from tests.support.hub_server import (
    Deed,
    cut_after,
    hub_serving,
    other_bytes,
    status,
    too_many,
    without_ranges,
)
from tests.support.hub_server import Hub as HubServer

MODEL = SHELF[0]
CONTENT = b"GGUF" + bytes(range(256)) * 20_000


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with hub_serving(MODEL, CONTENT) as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "模型 models")


def never(_seconds: float) -> bool:
    return False


def fetch(
    store: ModelStore,
    hub: HubServer,
    wait: Callable[[float], bool] = never,
    kind: Hub = Hub.HUGGING_FACE,
) -> list[FetchProgress]:
    seen: list[FetchProgress] = []
    store.fetch(MODEL, HubPlace(kind, hub.address), seen.append, wait)
    return seen


def files(store: ModelStore) -> set[str]:
    names = {path.name for path in store.folder.iterdir()} if store.folder.exists() else set()
    return {name for name in names if not name.endswith(".lock")}


@pytest.mark.parametrize("kind", list(Hub))
def test_a_model_comes_by_a_listing_and_a_redirect(
    store: ModelStore, hub: HubServer, kind: Hub
) -> None:
    seen = fetch(store, hub, kind=kind)
    assert store.path(MODEL).read_bytes() == CONTENT
    assert files(store) == {MODEL.file}
    assert (seen[0].done, seen[-1].done, seen[-1].size) == (0, len(CONTENT), len(CONTENT))
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert len(hub.asked) == 2
    assert all("Authorization" not in headers for headers in hub.headers)


def test_one_that_is_here_is_not_fetched_again(store: ModelStore, hub: HubServer) -> None:
    fetch(store, hub)
    hub.asked.clear()
    fetch(store, hub)
    assert hub.asked == []


def test_a_fetch_that_is_cut_goes_on_where_it_was(store: ModelStore, hub: HubServer) -> None:
    hub.deeds = [cut_after(1000), cut_after(2_000_000), status(503), cut_after(5)]
    fetch(store, hub)
    assert store.path(MODEL).read_bytes() == CONTENT
    assert hub.ranges[0] == ""
    assert all(asked.startswith("bytes=") for asked in hub.ranges[1:])


def test_a_server_without_ranges_starts_over(store: ModelStore, hub: HubServer) -> None:
    hub.deeds = [cut_after(1_500_000), without_ranges]
    fetch(store, hub)
    assert store.path(MODEL).read_bytes() == CONTENT


def test_a_pause_keeps_what_came_and_a_later_fetch_goes_on(
    store: ModelStore, hub: HubServer
) -> None:
    with pytest.raises(FetchStoppedError):
        fetch(store, hub, wait=lambda _seconds: True)
    begun = store.begun(MODEL)
    assert 0 < begun < len(CONTENT)
    assert not store.has(MODEL)
    fetch(store, hub)
    assert store.path(MODEL).read_bytes() == CONTENT
    assert hub.ranges[-1] == f"bytes={begun}-"


def test_what_was_begun_of_another_file_is_not_gone_on_with(
    store: ModelStore, hub: HubServer
) -> None:
    with pytest.raises(FetchStoppedError):
        fetch(store, hub, wait=lambda _seconds: True)
    hub.content = CONTENT[::-1]
    fetch(store, hub)
    assert store.path(MODEL).read_bytes() == hub.content


@pytest.mark.parametrize("deed", [other_bytes, too_many])
def test_other_bytes_are_never_used(store: ModelStore, hub: HubServer, deed: Deed) -> None:
    hub.deeds = [deed]
    with pytest.raises(ProviderError) as caught:
        fetch(store, hub)
    assert caught.value.kind is ErrorKind.INVALID_ANSWER
    assert not store.has(MODEL)
    assert store.begun(MODEL) == 0
    fetch(store, hub)
    assert store.path(MODEL).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (401, ErrorKind.UNAUTHORIZED),
        (403, ErrorKind.UNAUTHORIZED),
        (404, ErrorKind.MODEL_NOT_FOUND),
        (410, ErrorKind.MODEL_NOT_FOUND),
        (418, ErrorKind.REQUEST_REFUSED),
        (429, ErrorKind.RATE_LIMITED),
        (500, ErrorKind.SERVER_ERROR),
    ],
)
@pytest.mark.parametrize("where", ["listing", "file"])
def test_a_refusal_of_the_hub_is_named(
    store: ModelStore, hub: HubServer, code: int, kind: ErrorKind, where: str
) -> None:
    if where == "listing":
        hub.listing_status = code
    else:
        hub.deeds = [status(code)] * 20
    with pytest.raises(ProviderError) as caught:
        fetch(store, hub)
    assert caught.value.kind is kind
    assert not store.has(MODEL)


def test_a_hub_that_asks_to_wait_is_waited_for(store: ModelStore, hub: HubServer) -> None:
    hub.deeds = [status(429, Retry_After="7"), status(503)]
    waits: list[float] = []

    def wait(seconds: float) -> bool:
        waits.append(seconds)
        return False

    fetch(store, hub, wait)
    assert store.has(MODEL)
    assert 7.0 in waits


@pytest.mark.parametrize(
    "listed",
    [
        {"path": "other.gguf"},
        {"lfs": None},
        {"lfs": {"oid": "abc", "size": 5}},
        {"lfs": {"oid": "a" * 64, "size": 0}, "size": 0},
        {"lfs": {"oid": "a" * 64, "size": "many"}, "size": None},
    ],
)
def test_without_a_hash_nothing_is_fetched(
    store: ModelStore, hub: HubServer, listed: dict[str, Any]
) -> None:
    hub.listed = listed
    with pytest.raises(ProviderError) as caught:
        fetch(store, hub)
    assert caught.value.kind in (ErrorKind.MODEL_NOT_FOUND, ErrorKind.NOT_AN_API)
    assert hub.ranges == []


def test_a_full_disk_is_told_before_anything_is_fetched(
    store: ModelStore, hub: HubServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_KEPT_FREE", 1 << 62)
    with pytest.raises(ArborisError) as caught:
        fetch(store, hub)
    assert caught.value.kind is ErrorKind.DISK_FULL
    assert hub.ranges == []


def test_another_computer_is_asked_over_https_only(store: ModelStore) -> None:
    with pytest.raises(ProviderError, match="https only"):
        store.fetch(MODEL, place_of("http://hub.example"), lambda _progress: None, never)


def test_a_hub_that_redirects_to_insecure_places_is_left(store: ModelStore, hub: HubServer) -> None:
    hub.store = "http://cdn.example"
    with pytest.raises(ProviderError, match="https only"):
        fetch(store, hub)


def test_a_model_is_removed_with_what_was_begun(store: ModelStore, hub: HubServer) -> None:
    with pytest.raises(FetchStoppedError):
        fetch(store, hub, wait=lambda _seconds: True)
    assert store.remove(MODEL)
    assert files(store) == set()
    fetch(store, hub)
    assert store.remove(MODEL)
    assert not store.has(MODEL)
    assert not store.remove(MODEL)


@pytest.mark.parametrize("model", SHELF, ids=lambda model: model.id)
def test_an_entry_of_the_shelf_is_complete(model: ShelfModel) -> None:
    assert shelf_model(model.id) is model
    assert model.file.endswith(".gguf")
    assert model.repository.count("/") == 1
    assert 100_000_000 < model.size < model.memory
    assert model.licence
    assert model.languages


def test_the_shelf_has_a_model_for_each_computer_and_language() -> None:
    assert len({model.id for model in SHELF}) == len(SHELF) >= 8
    assert [model.size for model in SHELF] == sorted(model.size for model in SHELF)
    gib = 1024**3
    assert recommended(1 * gib, Language.CHINESE) is None
    sizes = [recommended(memory * gib, Language.CHINESE) for memory in (4, 8, 16, 32)]
    assert all(model and Language.CHINESE in model.languages for model in sizes)
    found = [model.size for model in sizes if model]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_this_computer_has_memory() -> None:
    assert total_memory() > 100_000_000
