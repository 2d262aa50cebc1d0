"""The page of models: one is as simple as ever; several have a list, and tasks their routes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.server_presets import USEFUL_CONTEXT, preset_at, usual_model
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.ui.settings.models.models_page import ModelsPage
from arboris_desktop.ui.settings.models.profile_form import ProfileForm
from arboris_desktop.ui.settings.models.profile_list import ProfileList
from arboris_desktop.ui.settings.models.routing_table import RoutingTable
from arboris_desktop.writing.providers import KeyChange
from tests.support.studio_stage import Play, Stage, child

SERVER = ProviderSettings(
    ProviderKind.OPENAI_COMPATIBLE, "https://one.example/v1", "big", "", 65536, configured=True
)
BIG = ProviderProfile("provider", "Big", SERVER, PriceSettings(2.0, 8.0, "CNY"), 4, 60)
SMALL = ProviderProfile(
    "small",
    "Small",
    ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, "https://two.example/v1", "s"),
)
BOTH = ProviderRoster(
    (BIG, SMALL), {ModelTask.DRAFTING: ("provider", "small"), ModelTask.SUMMARIES: ("small",)}
)


async def probe(settings: ProviderSettings, key: str | None, profile_id: str) -> ConnectionReport:
    return ConnectionReport((f"{profile_id}:{key}",))


def make(qtbot: QtBot, roster: ProviderRoster, *with_key: str) -> ModelsPage:
    page = ModelsPage(roster, with_key, probe)
    qtbot.addWidget(page)
    page.show()
    return page


def press(page: QWidget, words: str) -> None:
    next(
        button
        for button in page.findChildren(QPushButton)
        if words in (button.text(), button.accessibleName())
    ).click()


def listed(page: ModelsPage) -> list[str]:
    return child(page, ProfileList).names()


def choose(page: ModelsPage, row: int) -> None:
    child(page, QListWidget).setCurrentRow(row)


def field(page: QWidget, name: str) -> QLineEdit:
    return next(line for line in page.findChildren(QLineEdit) if line.accessibleName() == name)


def route(page: ModelsPage, task: str, place: int) -> QComboBox:
    wanted = f"{task}: choice {place}"
    return next(box for box in page.findChildren(QComboBox) if box.accessibleName() == wanted)


def test_one_model_has_neither_list_nor_routes(qtbot: QtBot) -> None:
    page = make(qtbot, ProviderRoster((BIG,)), "provider")
    assert not child(page, QListWidget).isVisible()
    assert not child(page, RoutingTable).isVisible()
    assert page.roster() == ProviderRoster((BIG,))
    assert page.key_changes() == []
    assert page.is_complete()


def test_what_a_server_told_of_its_context_is_shown(qtbot: QtBot) -> None:
    page = ModelsPage(BOTH, (), probe, contexts_told={"small": 4096})
    qtbot.addWidget(page)
    page.show()

    def shown() -> str:
        return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())

    assert "the server is asked" in shown()
    choose(page, 1)
    assert "Its server says: 4,096" in shown()
    address = SMALL.connection.base_url
    (line,) = [line for line in page.findChildren(QLineEdit) if line.text() == address]
    line.setText("https://three.example/v1")
    assert "Its server says" not in shown()


def test_looking_at_all_of_them_changes_nothing(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider")
    for row in (1, 0, 1):
        choose(page, row)
    configured = tuple(
        ProviderProfile(
            p.id,
            p.name,
            ProviderSettings(
                p.connection.kind,
                p.connection.base_url,
                p.connection.model,
                "",
                p.connection.context_tokens,
                configured=True,
            ),
            p.prices,
            p.max_parallel,
            p.requests_per_minute,
        )
        for p in BOTH.profiles
    )
    assert page.roster() == ProviderRoster(configured, BOTH.routes)
    assert page.key_changes() == []
    assert listed(page) == ["Big", "Small"]


def test_a_model_is_added_and_lacks_something_until_it_is_entered(qtbot: QtBot) -> None:
    page = make(qtbot, ProviderRoster((BIG,)))
    press(page, "Add a model")
    proposed = preset_at("https://api.openai.com/v1")
    assert proposed is not None
    assert listed(page) == ["Big", proposed.models[0].name]
    assert not page.is_complete(), "its key is missing"
    choose(page, 0)
    assert not page.is_complete()
    assert child(page, QListWidget).currentRow() == 1, "the one that lacks something is shown"

    next(
        box for box in page.findChildren(QComboBox) if box.accessibleName() == "Model"
    ).setEditText("gpt")
    field(page, "Key").setText("sk-new")
    assert page.is_complete()
    added = page.roster().profiles[1]
    assert added.connection.model == "gpt"
    assert added.id != "provider"
    assert page.key_changes() == [KeyChange(added.id, "sk-new")]


def test_keys_typed_for_one_are_not_those_of_another(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider")
    field(page, "Key").setText("sk-big")
    choose(page, 1)
    assert field(page, "Key").text() == ""
    field(page, "Key").setText("sk-small")
    choose(page, 0)
    assert field(page, "Key").text() == "sk-big"
    assert page.key_changes() == [KeyChange("provider", "sk-big"), KeyChange("small", "sk-small")]


def test_a_key_does_not_follow_its_model_to_another_server(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider")
    field(page, "Address").setText("https://elsewhere.example/v1")
    choose(page, 1)
    choose(page, 0)
    assert page.key_changes() == [KeyChange("provider", "")]


def test_a_copy_has_the_same_values_and_key(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider")
    press(page, "Duplicate")
    assert listed(page) == ["Big", "Big (copy)", "Small"]
    first, copy, _small = page.roster().profiles
    assert (copy.connection, copy.prices) == (first.connection, first.prices)
    assert page.key_changes() == [KeyChange(copy.id, copied_from="provider")]


def test_a_copy_is_tried_with_the_key_of_its_original(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider")
    press(page, "Duplicate")
    form = child(page, ProfileForm)
    assert asyncio.run(form._try_out(SERVER, None)).models == ("provider:None",)


def test_models_are_moved_and_removed(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH, "provider", "small")
    press(page, "Move down")
    assert listed(page) == ["Small", "Big"]
    press(page, "Remove")
    roster = page.roster()
    assert [profile.id for profile in roster.profiles] == ["small"]
    assert roster.routes == {}
    assert page.key_changes() == [KeyChange("provider")]
    assert not child(page, QListWidget).isVisible()


def test_limits_and_prices_are_each_models_own(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH)
    seen: list[list[str]] = []
    page.currencies_changed.connect(seen.append)
    choose(page, 1)
    context, parallel, per_minute, patience = child(page, ProfileForm).findChildren(QSpinBox)
    context.setValue(4096)
    parallel.setValue(2)
    per_minute.setValue(10)
    patience.setValue(900)
    price = child(page, ProfileForm).findChildren(QDoubleSpinBox)[0]
    price.setValue(0.5)
    assert seen[-1] == ["CNY", "USD"]
    small = page.roster().profiles[1]
    assert small.connection.context_tokens == 4096
    assert (small.max_parallel, small.requests_per_minute) == (2, 10)
    assert (small.first_token_seconds, small.patience) == (900, 900.0)
    assert small.prices == PriceSettings(0.5, 0.0, "USD")
    assert page.roster().profiles[0].max_parallel == 4


def test_routes_are_chosen_from_left_to_right(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH)
    assert route(page, "Chapters and passages", 1).currentText() == "Big"
    assert route(page, "Chapters and passages", 2).currentText() == "Small"
    assert not route(page, "Analysis", 2).isEnabled()

    first = route(page, "Analysis", 1)
    first.setCurrentIndex(first.findText("Small"))
    second = route(page, "Analysis", 2)
    assert second.isEnabled()
    second.setCurrentIndex(second.findText("Big"))
    assert page.roster().routes[ModelTask.ANALYSIS] == ("small", "provider")

    first.setCurrentIndex(0)
    assert ModelTask.ANALYSIS not in page.roster().routes


def test_a_new_name_is_offered_for_the_tasks_too(qtbot: QtBot) -> None:
    page = make(qtbot, BOTH)
    name = next(line for line in page.findChildren(QLineEdit) if line.text() == "Big")
    name.setText("Great")
    name.textEdited.emit("Great")
    assert listed(page) == ["Great", "Small"]
    assert route(page, "Chapters and passages", 1).currentText() == "Great"


def test_the_author_sets_up_a_second_model_in_the_window(play: Play) -> None:
    async def act(stage: Stage) -> None:
        stage.window.actions_.settings.trigger()
        await stage.until(lambda: stage.can_press("Add a model"), "the settings are open")
        stage.press("Add a model")
        page = child(stage.window, ModelsPage)
        next(
            box for box in page.findChildren(QComboBox) if box.accessibleName() == "Model"
        ).setEditText("gpt")
        field(page, "Key").setText("sk-second")
        stage.press("Save")
        providers = stage.services.providers
        await stage.until(lambda: len(providers.roster().profiles) == 2, "it is stored")
        second = providers.roster().profiles[1]
        await stage.until(lambda: providers.with_key([second]), "its key is kept")
        assert stage.services.keys.get(second.id) == "sk-second"

    play(act)


def test_nothing_is_said_of_a_context_that_cannot_be_set(qtbot: QtBot) -> None:
    page = make(qtbot, ProviderRoster((ProviderProfile(),)))
    notes = [each for each in page.findChildren(QLabel) if "8,192" in each.text()]
    assert [note.isVisibleTo(page) for note in notes] == [False]


DEEPSEEK = "https://api.deepseek.com/v1"


def enter_model(page: ModelsPage, address: str, model: str) -> None:
    field(page, "Address").setText(address)
    boxes = [box for box in page.findChildren(QComboBox) if box.accessibleName() == "Model"]
    boxes[0].setEditText(model)


def test_context_and_prices_of_a_usual_model_are_entered(qtbot: QtBot) -> None:
    unknown = replace(SMALL, id="provider")
    page = make(qtbot, ProviderRoster((unknown,)))
    enter_model(page, DEEPSEEK, "deepseek-v4-pro")
    (entered,) = page.roster().profiles
    usual = usual_model(DEEPSEEK, "deepseek-v4-pro")
    assert usual is not None
    assert entered.connection.context_tokens == USEFUL_CONTEXT
    assert entered.prices == usual.prices
    notes = [label for label in page.findChildren(QLabel) if "were published" in label.text()]
    assert [note.isVisible() for note in notes] == [True]

    enter_model(page, "https://elsewhere.example/v1", "unknown")
    (entered,) = page.roster().profiles
    assert (entered.connection.context_tokens, entered.prices) == (0, PriceSettings())
    assert not notes[0].isVisible()


def test_what_the_author_entered_stays_whatever_the_model(qtbot: QtBot) -> None:
    page = make(qtbot, ProviderRoster((BIG,)))
    enter_model(page, DEEPSEEK, "deepseek-v4-pro")
    (entered,) = page.roster().profiles
    assert (entered.connection.context_tokens, entered.prices) == (
        65536,
        PriceSettings(2, 8, "CNY"),
    )


def test_a_model_that_is_looked_at_only_stays_as_it_is(qtbot: QtBot) -> None:
    connection = replace(SERVER, base_url=DEEPSEEK, model="deepseek-v4-pro", context_tokens=0)
    free = ProviderProfile("provider", "Free", connection)
    page = make(qtbot, ProviderRoster((free, SMALL)))
    choose(page, 1)
    choose(page, 0)
    assert page.roster().profiles[0] == free
