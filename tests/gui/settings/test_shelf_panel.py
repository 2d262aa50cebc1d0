"""The shelf in the settings, with the real client against a hub on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.background.model_fetches import ModelFetches
from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.domain.shelf import SHELF, Hub, ShelfModel
from arboris_desktop.llm.shelf.hubs import HubPlace
from arboris_desktop.llm.shelf.store import ModelStore
from arboris_desktop.ui.settings.provider_page import ProviderPage
from arboris_desktop.ui.settings.shelf_panel import ShelfPanel
from tests.support.hub_server import Hub as HubServer
from tests.support.hub_server import hub_serving, other_bytes
from tests.support.studio_stage import child, collecting_only_here

MODEL = SHELF[0]
CONTENT = b"GGUF" + bytes(3_000_000)
WAIT = 60_000


class StoreOfHub(ModelStore):
    """The real store, whose hubs are on this computer."""

    def __init__(self, folder: Path, hub: HubServer) -> None:
        super().__init__(folder)
        self._hub = hub

    def fetch_from(
        self,
        model: ShelfModel,
        hub: Hub,
        on_bytes: Callable[[int, int], None],
        wait: Callable[[float], bool],
    ) -> bool:
        return self.fetch_at(model, HubPlace(hub, self._hub.address), on_bytes, wait)


@pytest.fixture
def hub() -> Iterator[HubServer]:
    # The fetch has a thread of its own, which must delete no widget of an earlier test.
    with collecting_only_here(), hub_serving(MODEL, CONTENT) as running:
        yield running


@pytest.fixture
def fetches(tmp_path: Path, hub: HubServer) -> Iterator[ModelFetches]:
    made = ModelFetches(StoreOfHub(tmp_path / "models", hub))
    yield made
    made.stop()


async def probe(settings: ProviderSettings, key: str | None) -> ConnectionReport:
    del settings, key
    return ConnectionReport()


@pytest.fixture
def page(qtbot: QtBot, fetches: ModelFetches) -> ProviderPage:
    shown = ProviderPage(probe, make_shelf=lambda: ShelfPanel(fetches, 1 << 40))
    qtbot.addWidget(shown)
    shown.show()
    models = next(
        box
        for box in shown.findChildren(QComboBox)
        if box.accessibleName() == "Models for this computer"
    )
    assert "recommended" in models.itemText(len(SHELF) - 1)
    models.setCurrentIndex(0)
    return shown


def button(page: QWidget, words: str) -> QPushButton | None:
    found = [each for each in page.findChildren(QPushButton) if each.text() == words]
    return next((each for each in found if each.isVisible()), None)


def press(page: QWidget, words: str) -> None:
    found = button(page, words)
    assert found is not None, words
    found.click()


def said(page: QWidget) -> str:
    return "\n".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())


def test_a_model_is_fetched_used_and_removed(page: ProviderPage, qtbot: QtBot) -> None:
    assert "0.6 GB to download" in said(page)
    press(page, "Do&wnload")
    assert button(page, "Do&wnload") is None
    qtbot.waitUntil(lambda: button(page, "Use for &writing") is not None, timeout=WAIT)
    press(page, "Use for &writing")
    chosen = page.settings()
    assert chosen.kind is ProviderKind.BUILT_IN
    assert Path(chosen.model_path).read_bytes() == CONTENT
    press(page, "&Remove")
    assert page.settings().model_path == ""
    assert not Path(chosen.model_path).exists()
    assert button(page, "Do&wnload") is not None


def test_a_fetch_is_paused_and_goes_on(page: ProviderPage, qtbot: QtBot, hub: HubServer) -> None:
    go_on = threading.Event()

    def half(hub: HubServer, handler: BaseHTTPRequestHandler, _begin: int) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(hub.content)))
        handler.end_headers()
        handler.wfile.write(hub.content[:1_500_000])
        go_on.wait(WAIT)
        handler.wfile.write(hub.content[1_500_000:1_600_000])
        handler.close_connection = True

    hub.deeds = [half]
    press(page, "Do&wnload")
    bar = next(
        b for b in page.findChildren(QProgressBar) if b.accessibleName().startswith("Download")
    )
    qtbot.waitUntil(lambda: bar.value() >= 400, timeout=WAIT)
    press(page, "&Pause")
    go_on.set()
    qtbot.waitUntil(lambda: button(page, "R&esume") is not None, timeout=WAIT)
    press(page, "R&esume")
    qtbot.waitUntil(lambda: button(page, "Use for &writing") is not None, timeout=WAIT)
    assert hub.ranges[-1].startswith("bytes=")


def test_what_went_wrong_is_said(page: ProviderPage, qtbot: QtBot, hub: HubServer) -> None:
    hub.deeds = [other_bytes]
    press(page, "Do&wnload")
    qtbot.waitUntil(lambda: "not the file that the hub lists" in said(page), timeout=WAIT)
    assert button(page, "Use for &writing") is None
    assert button(page, "Do&wnload") is not None


def test_a_fetch_goes_on_while_the_settings_are_closed(
    page: ProviderPage, qtbot: QtBot, fetches: ModelFetches
) -> None:
    with qtbot.waitSignal(fetches.ended, timeout=WAIT):
        press(page, "Do&wnload")
        page.hide()
    again = ShelfPanel(fetches, 0)
    qtbot.addWidget(again)
    again.show()
    assert button(again, "Use for &writing") is not None
    assert child(again, QComboBox).currentText() == MODEL.title
