"""The first start, in the conditions that authors have."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QRadioButton

from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog
from tests.support.studio_stage import Stage, perform

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An environment that names no provider."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return {"ARBORIS_HOME": str(tmp_path / "home")}


async def first_run(stage: Stage) -> FirstRunDialog:
    shown = stage.window.findChildren
    await stage.until(lambda: shown(FirstRunDialog), "the first-run page shows")
    return shown(FirstRunDialog)[0]


def type_server(dialog: FirstRunDialog, address: str, model: str = "some-model") -> None:
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    fields["Address"].setText(address)
    models = {box.accessibleName(): box for box in dialog.findChildren(QComboBox)}
    models["Model"].setEditText(model)


def words(dialog: FirstRunDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_who_has_chosen_nothing_is_asked(
    application: QApplication, new_home: dict[str, str]
) -> None:
    async def act(stage: Stage) -> None:
        dialog = await first_run(stage)
        dialog.reject()
        await stage.until(lambda: not stage.window.findChildren(FirstRunDialog), "it is gone")

    perform(application, new_home, act)


def test_who_has_named_a_provider_in_the_environment_is_not_asked(
    application: QApplication, world: dict[str, str]
) -> None:
    async def act(stage: Stage) -> None:
        await stage.until(lambda: stage.can_press("Chinese sample"), "the novels are shown")
        assert not stage.services.preferences.get(ProviderSettings).configured
        assert not stage.window.findChildren(FirstRunDialog)

    perform(application, world, act)


def test_without_a_network_the_connection_test_says_so(
    application: QApplication, new_home: dict[str, str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        port = taken.getsockname()[1]

        async def act(stage: Stage) -> None:
            dialog = await first_run(stage)
            type_server(dialog, f"http://127.0.0.1:{port}/v1")
            stage.press("Test connection")
            said = "The model could not be reached. Check the network connection"
            await stage.until(lambda: said in words(dialog), "it is told in words")
            assert stage.can_press("built-in demonstration"), "which needs no network"
            dialog.reject()

        perform(application, new_home, act)


@pytest.mark.parametrize(
    "address",
    [
        "https://mara:s3cret@example.org/v1",
        "https://s3cret@example.org/v1",
        "http://mara:s3/cret@127.0.0.1:8080/v1",
        "https://:s3cret@example.org",
    ],
)
def test_a_password_in_the_address_is_refused_with_the_reason(
    application: QApplication, new_home: dict[str, str], address: str
) -> None:
    async def act(stage: Stage) -> None:
        dialog = await first_run(stage)
        choice = next(r for r in dialog.findChildren(QRadioButton) if "server" in r.text())
        assert choice.isChecked()
        type_server(dialog, address)
        assert "enter the password as the key" in words(dialog)
        assert not stage.can_press("Use this model")
        assert not stage.can_press("Test connection")
        type_server(dialog, "https://example.org/v1/@cf")
        assert stage.can_press("Use this model")
        dialog.reject()

    keys = SessionKeyStore()
    perform(application, new_home, act, keys)
    home = Path(new_home["ARBORIS_HOME"])
    assert all(b"cret" not in file.read_bytes() for file in home.glob("arboris.db*"))
