"""The settings on a computer that has no keyring."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QLineEdit, QRadioButton

from arboris_desktop.domain.profiles import FIRST_PROFILE
from arboris_desktop.llm.keys import KeyringStore
from arboris_desktop.ui.settings.dialog import SettingsDialog
from tests.support.studio_stage import Play, Stage, perform

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


async def save_with_key(stage: Stage, key: str) -> None:
    """Opens the settings, chooses a server, enters a key and saves."""
    stage.window.actions_.settings.trigger()
    shown = stage.window.findChildren
    await stage.until(lambda: shown(SettingsDialog), "the settings open")
    dialog = shown(SettingsDialog)[0]
    for radio in dialog.findChildren(QRadioButton):
        if "server" in radio.text().lower():
            radio.click()
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit)}
    next(f for name, f in fields.items() if "ddress" in name).setText("http://127.0.0.1:9/v1")
    fields["Key"].setText(key)
    models = {box.accessibleName(): box for box in dialog.findChildren(QComboBox)}
    models["Model"].setEditText("some-model")
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    box.button(QDialogButtonBox.StandardButton.Save).click()
    await stage.until(lambda: stage.can_press("Keep Until I Quit"), "the author is asked")


@pytest.mark.parametrize(
    ("answer", "kept"), [("Keep Until I Quit", "sk-typed"), ("Do Not Keep", None)]
)
def test_a_key_can_be_kept_for_the_session(
    play: Play,
    application: QApplication,
    world: dict[str, str],
    no_keyring: None,
    answer: str,
    kept: str | None,
) -> None:
    async def act(stage: Stage) -> None:
        await save_with_key(stage, "sk-typed")
        stage.press(answer)
        await stage.until(
            lambda: not stage.can_press(answer) and stage.services.keys.get(FIRST_PROFILE) == kept,
            "the answer is followed",
        )
        assert b"sk-typed" not in stage.services.paths.database.read_bytes()

    perform(application, world, act, KeyringStore())
