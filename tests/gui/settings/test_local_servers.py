"""Servers found on this computer: looked for when the page is opened, chosen by one click."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm.local_servers import find_local_servers
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog
from arboris_desktop.ui.settings.local_servers import FindServers
from arboris_desktop.ui.settings.provider_page import ProviderPage
from tests.support.model_lists import listing, place, serving
from tests.support.studio_stage import collecting_only_here

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

PATIENT = 30.0


async def no_models(settings: ProviderSettings, key: str | None) -> ConnectionReport:
    del settings, key
    return ConnectionReport()


def play(qapp: QApplication, scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    # The search has a thread of its own, which must delete no widget of an earlier test.
    with (
        collecting_only_here(),
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner,
    ):
        runner.run(scene())


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.01)


def looking(*ports: int) -> FindServers:
    async def find() -> tuple[LocalServer, ...]:
        places = [place("Ollama", port) for port in ports]
        return await asyncio.to_thread(find_local_servers, places, PATIENT)

    return find


def buttons(widget: QWidget, words: str) -> list[QPushButton]:
    found = widget.findChildren(QPushButton)
    return [each for each in found if words in each.text() and each.isVisible()]


def words(widget: QWidget) -> str:
    return "\n".join(each.text() for each in widget.findChildren(QLabel) if each.isVisible())


def test_one_click_chooses_a_server_and_its_model(qtbot: QtBot, qapp: QApplication) -> None:
    with serving(listing("qwen3:8b", "gemma3:12b", owner="library")) as port:

        async def scene() -> None:
            page = ProviderPage(no_models, looking(port))
            qtbot.addWidget(page)
            page.show()
            await until(lambda: buttons(page, "Ollama: gemma3:12b"))
            assert page.settings().kind is ProviderKind.BUILT_IN
            buttons(page, "Ollama: gemma3:12b")[0].click()
            chosen = page.settings()
            assert chosen.kind is ProviderKind.OPENAI_COMPATIBLE
            assert (chosen.base_url, chosen.model) == (f"http://localhost:{port}/v1", "gemma3:12b")
            assert page.is_complete()
            (model,) = [b for b in page.findChildren(QComboBox) if b.accessibleName() == "Model"]
            assert [model.itemText(n) for n in range(model.count())] == ["qwen3:8b", "gemma3:12b"]

        play(qapp, scene)


def test_where_none_runs_it_is_said_and_can_be_looked_again(
    qtbot: QtBot, qapp: QApplication
) -> None:
    answers = [(), (LocalServer("LM Studio", "http://localhost:1234/v1", ("R&D",)),)]

    async def find() -> tuple[LocalServer, ...]:
        return answers.pop(0)

    async def scene() -> None:
        page = ProviderPage(no_models, find)
        qtbot.addWidget(page)
        page.show()
        await until(lambda: "No server runs" in words(page))
        buttons(page, "&Look again")[0].click()
        await until(lambda: buttons(page, "LM Studio: R&&D"))
        assert "No server runs" not in words(page)

    play(qapp, scene)


def test_leaving_ends_the_search(qtbot: QtBot, qapp: QApplication) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def find() -> tuple[LocalServer, ...]:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return ()

    async def scene() -> None:
        page = ProviderPage(no_models, find)
        qtbot.addWidget(page)
        page.show()
        async with asyncio.timeout(60):
            await begun.wait()
        assert "Looking for" in words(page)
        page.hide()
        async with asyncio.timeout(60):
            await ended.wait()
        begun.clear()
        page.show()
        async with asyncio.timeout(60):
            await begun.wait()
        page.hide()

    play(qapp, scene)


def test_the_first_page_takes_a_found_server_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    with serving(listing("qwen3:8b", owner="library")) as port:

        async def scene() -> None:
            dialog = FirstRunDialog(no_models, looking(port))
            qtbot.addWidget(dialog)
            dialog.open()
            await until(lambda: buttons(dialog, "Ollama: qwen3:8b"))
            (found,) = buttons(dialog, "Ollama: qwen3:8b")
            (built_in,) = buttons(dialog, "demonstration")
            assert _top(found, dialog) < _top(built_in, dialog)
            found.click()
            assert dialog.result() == FirstRunDialog.DialogCode.Accepted.value
            assert dialog.settings() == ProviderSettings(
                ProviderKind.OPENAI_COMPATIBLE,
                f"http://localhost:{port}/v1",
                "qwen3:8b",
                configured=True,
            )
            assert dialog.key() is None

        play(qapp, scene)


@pytest.fixture
def in_chinese() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    yield
    QLocale.setDefault(before)


def _top(widget: QWidget, dialog: QWidget) -> int:
    return widget.mapTo(dialog, widget.rect().topLeft()).y()


def test_in_chinese_the_demonstration_comes_last_and_enter_does_not_take_it(
    qtbot: QtBot, in_chinese: None
) -> None:
    dialog = FirstRunDialog(no_models)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.open()
    (built_in,) = buttons(dialog, "demonstration")
    service = next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == "Service")
    assert _top(built_in, dialog) > _top(service, dialog)
    assert not built_in.isDefault()
    assert service.itemText(0) == "DeepSeek"
