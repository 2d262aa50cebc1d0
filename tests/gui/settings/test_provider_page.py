from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.connection import ConnectionReport, ModelFailedError
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.server_presets import PRESETS, ServerPreset, preset_at
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.ui.settings import server_form
from arboris_desktop.ui.settings.preset_words import preset_hint
from arboris_desktop.ui.settings.provider_page import ProviderPage
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.wording import error_sentence

OPENAI = "https://api.openai.com/v1"
SERVER = ProviderSettings(
    kind=ProviderKind.OPENAI_COMPATIBLE, base_url=OPENAI, model="small", context_tokens=9000
)


class Server:
    """A server that answers the probe: it waits until it is released, then answers or fails."""

    def __init__(self) -> None:
        self.asked: list[tuple[ProviderSettings, str | None]] = []
        self.released = asyncio.Event()
        self.was_cancelled = False
        self.models = ["small", "large"]
        self.error: ProviderError | None = None
        self.context, self.speed = 0, 0.0

    async def probe(self, settings: ProviderSettings, key: str | None) -> ConnectionReport:
        self.asked.append((settings, key))
        try:
            await self.released.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        if self.error:
            raise self.error
        return ConnectionReport(tuple(self.models), settings.model, self.context, self.speed)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def page(qtbot: QtBot, server: Server) -> ProviderPage:
    shown = ProviderPage(server.probe)
    qtbot.addWidget(shown)
    shown.set_settings(SERVER, has_key=False)
    shown.show()
    return shown


def named(page: QWidget, kind: type[Any], name: str) -> Any:
    return next(each for each in page.findChildren(kind) if each.accessibleName() == name)


def button(page: QWidget, text: str) -> QPushButton:
    found = [each for each in page.findChildren(QPushButton) if each.text() == text]
    return found[0]


def visible_words(page: QWidget) -> str:
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


def play(qapp: QApplication, scene: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        runner.run(scene())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0)


def is_busy(page: ProviderPage) -> bool:
    bar = page.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    return bar.isVisible()


def test_the_settings_come_back_as_configured(page: ProviderPage) -> None:
    assert page.settings() == ProviderSettings(
        kind=ProviderKind.OPENAI_COMPATIBLE,
        base_url=OPENAI,
        model="small",
        context_tokens=9000,
        configured=True,
    )
    assert page.key() is None


def test_the_built_in_model_may_be_a_file_of_the_author(page: ProviderPage) -> None:
    page.findChildren(QRadioButton)[0].setChecked(True)
    named(page, QLineEdit, "A GGUF file of your own").setText("/models/mine.gguf")
    chosen = page.settings()
    assert (chosen.kind, chosen.model_path) == (ProviderKind.BUILT_IN, "/models/mine.gguf")
    assert page.is_complete()
    assert "English only" in visible_words(page)


def choose_service(page: ProviderPage, name: str) -> None:
    service = named(page, QComboBox, "Service")
    service.setCurrentText(name)
    service.activated.emit(service.currentIndex())


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_a_preset_fills_in_what_is_known(page: ProviderPage, preset: ServerPreset) -> None:
    page.set_settings(replace(SERVER, base_url="https://elsewhere.example/v1"), has_key=False)
    choose_service(page, preset.name)
    assert page.settings().base_url == preset.address
    assert named(page, QComboBox, "Service").currentText() == preset.name
    model = named(page, QComboBox, "Model")
    offered = [model.itemText(row) for row in range(model.count())]
    assert offered == [usual.name for usual in preset.models]
    assert model.currentText() == (offered[0] if offered else "")
    hints = [label for label in page.findChildren(QLabel) if label.text() == preset_hint(preset)]
    assert [hint.isVisible() for hint in hints] == [True]
    assert button(page, "&Get a key…").isVisible() == bool(preset.key_page)
    is_optional = named(page, QLineEdit, "Key").placeholderText().startswith("Empty")
    assert is_optional == (not preset.key_page)


def test_choosing_the_same_service_again_changes_nothing(page: ProviderPage) -> None:
    choose_service(page, "OpenAI")
    assert page.settings().model == "small"


def test_get_a_key_opens_the_page_of_the_service(
    page: ProviderPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(server_form, "open_address", lambda url: opened.append(url.toString()))
    button(page, "&Get a key…").click()
    preset = preset_at(OPENAI)
    assert preset is not None
    assert opened == [preset.key_page]


def test_an_address_of_ones_own_is_other(page: ProviderPage) -> None:
    named(page, QLineEdit, "Address").setText("http://localhost:9000/v1/")
    assert named(page, QComboBox, "Service").currentText() == "Other"
    assert page.settings().base_url == "http://localhost:9000/v1"


@pytest.mark.parametrize("address", ["", "ftp://host/v1", "https://", "http://[x"])
def test_what_is_no_address_is_not_complete(page: ProviderPage, qtbot: QtBot, address: str) -> None:
    with qtbot.waitSignal(page.complete_changed, check_params_cb=lambda complete: not complete):
        named(page, QLineEdit, "Address").setText(address)
    assert not page.is_complete()
    assert not button(page, "&Test connection").isEnabled()


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("localhost:8080", "http://localhost:8080/v1"),
        (" “https://api.example.com/v1/chat/completions” ", "https://api.example.com/v1"),
        ("api.example.com", "https://api.example.com/v1"),
        ("https：／／api．example．com／v1", "https://api.example.com/v1"),
        ("base_url = https://api.example.com/v1/", "https://api.example.com/v1"),
        ("192.168.1.20:1234\u200b", "http://192.168.1.20:1234/v1"),
        ("http:/localhost:5001/api/v1/models", "http://localhost:5001/api/v1"),
    ],
)
def test_an_address_is_cleaned_of_what_was_pasted_along(
    page: ProviderPage, typed: str, cleaned: str
) -> None:
    field = named(page, QLineEdit, "Address")
    field.setText(typed)
    assert page.settings().base_url == cleaned
    assert button(page, "&Test connection").isEnabled()
    field.editingFinished.emit()
    assert field.text() == cleaned


@pytest.mark.parametrize(
    "pasted",
    [
        "Bearer sk-abc123",
        " 'sk-abc123' ",
        "“sk-abc123”",
        "ｓｋ－ａｂｃ１２３",
        "sk-abc\u200b123\ufeff",
        'OPENAI_API_KEY="sk-abc123"',
        "Authorization: Bearer sk-abc123",
        "sk-abc\n123",
    ],
)
def test_a_key_is_cleaned_of_what_was_pasted_along(page: ProviderPage, pasted: str) -> None:
    field = named(page, QLineEdit, "Key")
    field.setText(pasted)
    assert page.key() == "sk-abc123"
    assert page.is_complete()
    field.editingFinished.emit()
    assert field.text() == "sk-abc123"


def test_a_key_with_impossible_characters_has_words_of_its_own(page: ProviderPage) -> None:
    named(page, QLineEdit, "Key").setText("sk-我的密钥")
    assert not page.is_complete()
    assert "characters that no key can have: 我 的 密 钥." in visible_words(page)


def test_a_key_is_hidden_until_it_is_asked_for(page: ProviderPage) -> None:
    field = named(page, QLineEdit, "Key")
    field.setText("sk-secret")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    button(page, "Show").click()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    button(page, "Hide").click()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert page.key() == "sk-secret"
    assert "keyring" in visible_words(page)


def test_a_kept_key_can_be_forgotten(page: ProviderPage) -> None:
    page.set_settings(SERVER, has_key=True)
    assert page.key() is None
    button(page, "Forget").click()
    assert page.key() == ""


def test_a_kept_key_is_not_sent_to_another_server(page: ProviderPage) -> None:
    page.set_settings(SERVER, has_key=True)
    address = named(page, QLineEdit, "Address")
    address.setText("https://elsewhere.example/v1")
    assert page.key() == ""
    address.setText(f"{OPENAI}/")
    assert page.key() is None


def test_the_test_fills_the_list_of_models(
    page: ProviderPage, server: Server, qapp: QApplication
) -> None:
    async def scene() -> None:
        named(page, QLineEdit, "Key").setText("sk-typed")
        button(page, "&Test connection").click()
        await until(lambda: bool(server.asked))
        assert is_busy(page)
        server.released.set()
        await until(lambda: not is_busy(page))

    play(qapp, scene)
    assert server.asked == [(page.settings(), "sk-typed")]
    assert "Connected: 2 models." in visible_words(page)
    model = named(page, QComboBox, "Model")
    assert [model.itemText(row) for row in range(model.count())] == ["small", "large"]
    assert page.settings().model == "small"


@pytest.mark.parametrize(
    ("models", "told"),
    [
        ([], "Connected. The server does not tell what models it has."),
        (["large", "huge"], "The server does not list small"),
        (["small:latest"], "Connected: 1 model"),
    ],
)
def test_a_model_that_is_not_listed_is_told(
    page: ProviderPage, server: Server, qapp: QApplication, models: list[str], told: str
) -> None:
    server.models = models
    server.released.set()

    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: bool(server.asked) and not is_busy(page))

    play(qapp, scene)
    assert told in visible_words(page)
    assert ("does not list" in visible_words(page)) is ("does not list" in told)


def test_a_failure_is_told_in_words_and_in_detail(
    page: ProviderPage, server: Server, qapp: QApplication
) -> None:
    server.error = ProviderError(ErrorKind.UNAUTHORIZED, "401 <b>no such key</b>")
    server.released.set()

    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: not is_busy(page))

    play(qapp, scene)
    assert error_sentence(ErrorKind.UNAUTHORIZED).what_happened in visible_words(page)
    assert "401 <b>no such key</b>" in visible_words(page)
    assert button(page, "&Test connection").isEnabled()


@pytest.mark.parametrize("leave", ["close", "edit"])
def test_leaving_or_editing_cancels_the_test(
    page: ProviderPage, server: Server, qapp: QApplication, leave: str
) -> None:
    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: bool(server.asked))
        if leave == "close":
            page.close()
        else:
            named(page, QLineEdit, "Address").setText("https://elsewhere.example/v1")
        await until(lambda: server.was_cancelled)

    play(qapp, scene)
    assert not is_busy(page)
    assert "Connected" not in visible_words(page)


def test_the_only_model_is_chosen(page: ProviderPage, server: Server, qapp: QApplication) -> None:
    named(page, QComboBox, "Model").setEditText("")
    assert not page.is_complete()
    server.models = ["only"]
    server.released.set()

    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: not is_busy(page))

    play(qapp, scene)
    assert page.settings().model == "only"
    assert page.is_complete()


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("http://api.example.com/v1", True),
        ("https://api.example.com/v1", False),
        ("http://localhost:11434/v1", False),
    ],
)
def test_an_address_without_https_on_another_network_is_told(
    qtbot: QtBot, server: Server, address: str, is_told: bool
) -> None:
    page = ProviderPage(server.probe)
    qtbot.addWidget(page)
    page.set_settings(replace(SERVER, base_url=address), False)
    page.show()
    notes = [label for label in page.findChildren(QLabel) if "Without https" in label.text()]
    assert [note.isVisible() for note in notes] == [is_told]


def test_speed_and_context_are_told(page: ProviderPage, server: Server, qapp: QApplication) -> None:
    server.context, server.speed = 32768, 12.4
    server.released.set()

    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: not is_busy(page))

    play(qapp, scene)
    said = visible_words(page)
    assert "about 12 tokens a second" in said
    assert "32,768 tokens" in said


def test_the_models_are_offered_although_the_chosen_one_fails(
    page: ProviderPage, server: Server, qapp: QApplication
) -> None:
    refusal = ProviderError(ErrorKind.MODEL_NOT_FOUND, "no small here")
    server.error = ModelFailedError(refusal, ("medium", "large"))
    server.released.set()

    async def scene() -> None:
        button(page, "&Test connection").click()
        await until(lambda: not is_busy(page))

    play(qapp, scene)
    model = named(page, QComboBox, "Model")
    assert [model.itemText(row) for row in range(model.count())] == ["medium", "large"]
    assert error_sentence(ErrorKind.MODEL_NOT_FOUND).what_happened in visible_words(page)


@pytest.mark.parametrize("fails", [False, True])
def test_the_focus_stays_and_the_result_is_in_sight(
    qtbot: QtBot, page: ProviderPage, server: Server, qapp: QApplication, fails: bool
) -> None:
    server.error = ProviderError(ErrorKind.CONNECTION, "refused") if fails else None
    server.released.set()
    area = QScrollArea()
    qtbot.addWidget(area)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.resize(500, 160)
    area.show()
    area.verticalScrollBar().setValue(0)
    test = button(page, "&Test connection")
    test.setFocus()

    def result_is_in_sight() -> bool:
        (result,) = (frame for frame in page.findChildren(ToneFrame) if frame.isVisible())
        bottom = result.mapTo(area.viewport(), result.rect().bottomLeft()).y()
        return 0 < bottom <= area.viewport().height()

    async def scene() -> None:
        test.click()
        await until(lambda: not is_busy(page))
        await until(result_is_in_sight)

    play(qapp, scene)
    assert page.focusWidget() is test
    area.takeWidget()
