"""Looking for a newer version: only when wanted, and never more than telling."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QCheckBox, QDialogButtonBox, QLabel, QListWidget

from arboris_desktop.background import update_watch
from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.settings import (
    InterfaceLanguage,
    InterfaceSettings,
    ProviderSettings,
    UpdateRecord,
    UpdateSettings,
)
from arboris_desktop.ui.settings.dialog import SettingsDialog
from arboris_desktop.ui.updates.release_dialog import ReleaseDialog
from arboris_desktop.ui.updates.words import _FAULTS
from arboris_desktop.updates.errors import UpdateFault
from tests.support.feed_server import FeedServer, release, sending
from tests.support.studio_stage import Act, Stage, child, open_services, perform


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_watch, "FIRST_MILLISECONDS", 1)


def play(
    application: QApplication,
    world: dict[str, str],
    server: FeedServer,
    act: Act,
    *,
    check: bool = True,
    record: UpdateRecord | None = None,
) -> UpdateRecord:
    """Plays the act; returns what is remembered afterwards."""
    services = open_services(world)
    services.preferences.set(
        ProviderSettings(configured=True),
        InterfaceSettings(language=InterfaceLanguage.ENGLISH),
        UpdateSettings(check=check),
        record or UpdateRecord(),
    )
    services.close()
    perform(application, world, act, feed=server.feed())
    services = open_services(world)
    try:
        return services.preferences.get(UpdateRecord)
    finally:
        services.close()


def is_told(stage: Stage) -> bool:
    return stage.window.update_banner.isVisible()


async def settled(stage: Stage) -> None:
    """Everything that was asked for at the start has been answered."""
    operations = stage.studio._operations
    await asyncio.sleep(0.05)
    await stage.until(lambda: operations.is_idle, "the operations are done")


def test_a_newer_version_is_told_and_nothing_more(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    async def act(stage: Stage) -> None:
        await stage.until(lambda: is_told(stage), "the banner shows")
        assert "9.1.0" in stage.window.update_banner.text()
        stage.press("What Is New")
        shown = stage.window.findChildren
        await stage.until(lambda: shown(ReleaseDialog), "the notes show")
        assert shown(ReleaseDialog)[0].text() == "- <b>More</b> words.\n- Fewer faults."
        shown(ReleaseDialog)[0].reject()

    record = play(application, world, server, act)
    assert record.last_seen_version == "9.1.0"
    assert abs(record.last_checked_at - utc_now().timestamp()) < 60
    assert [path for path, _headers in server.requests] == ["/feed.json", "/feed.json.sig"]


def test_the_page_is_opened_in_the_browser(
    application: QApplication,
    world: dict[str, str],
    server: FeedServer,
) -> None:
    opened: list[str] = []

    def open_address(address: QUrl) -> bool:
        opened.append(address.toString())
        return True

    async def act(stage: Stage) -> None:
        await stage.until(lambda: is_told(stage), "the banner shows")
        stage.studio._desks.updates._open_address = open_address
        stage.press("Open the Download Page")

    play(application, world, server, act)
    assert opened == ["https://example.org/arboris/9.1.0"]


def test_without_a_browser_the_address_can_be_copied(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    async def act(stage: Stage) -> None:
        await stage.until(lambda: is_told(stage), "the banner shows")
        stage.studio._desks.updates._open_address = lambda _url: False
        stage.press("Open the Download Page")
        await stage.until(lambda: stage.window.findChildren(ReleaseDialog), "the notes show")
        dialog = child(stage.window, ReleaseDialog)
        words = [label.text() for label in dialog.findChildren(QLabel)]
        assert "https://example.org/arboris/9.1.0" in words
        dialog.reject()

    play(application, world, server, act)


def test_a_skipped_version_is_not_told_again_but_the_next_one_is(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    async def skip(stage: Stage) -> None:
        await stage.until(lambda: is_told(stage), "the banner shows")
        stage.press("Skip This Version")
        assert not is_told(stage)

    record = play(application, world, server, skip)
    assert record.skipped_version == "9.1.0"

    async def silent(stage: Stage) -> None:
        checked: list[object] = []
        stage.studio._desks.updates._watch.checked.connect(checked.append)
        await stage.until(lambda: checked, "it was looked again")
        assert not is_told(stage)

    later = UpdateRecord(record.last_seen_version, 0.0, record.skipped_version)
    record = play(application, world, server, silent, record=later)
    server.publish(release("9.2.0"))

    async def told(stage: Stage) -> None:
        await stage.until(lambda: is_told(stage), "the next version shows")

    play(application, world, server, told, record=later)


@pytest.mark.parametrize(
    ("check", "age", "asked"),
    [
        (False, timedelta(days=400), False),
        (True, timedelta(hours=23), False),
        (True, timedelta(hours=25), True),
        (True, timedelta(days=-3), True),
    ],
)
def test_it_is_asked_only_when_wanted_and_once_a_day(
    application: QApplication,
    world: dict[str, str],
    server: FeedServer,
    check: bool,
    age: timedelta,
    asked: bool,
) -> None:
    async def act(stage: Stage) -> None:
        if asked:
            await stage.until(lambda: is_told(stage), "the banner shows")
        else:
            await settled(stage)

    record = UpdateRecord(last_checked_at=(utc_now() - age).timestamp())
    play(application, world, server, act, check=check, record=record)
    assert bool(server.requests) is asked


def test_a_failure_is_silent_unless_it_was_asked_for(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    server.answers["/feed.json.sig"] = sending(b"")

    async def act(stage: Stage) -> None:
        await stage.until(lambda: len(server.requests) >= 2, "it was asked")
        await settled(stage)
        assert not is_told(stage)
        dialog = await open_page(stage)
        stage.press("Check &Now")
        words = "not signed by the makers"
        await stage.until(lambda: words in result(dialog), "it is told in words")
        dialog.reject()

    record = play(application, world, server, act)
    assert record.last_seen_version == ""
    assert record.last_checked_at > 0


def test_who_is_offline_is_asked_again_at_the_next_start(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    del server.answers["/feed.json"]

    async def act(stage: Stage) -> None:
        await stage.until(lambda: server.requests, "it was asked")
        await settled(stage)

    assert play(application, world, server, act).last_checked_at == 0


def test_an_older_feed_than_before_is_told_to_who_asks(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    async def act(stage: Stage) -> None:
        dialog = await open_page(stage)
        stage.press("Check &Now")
        await stage.until(lambda: "older than one that came" in result(dialog), "it is told")
        dialog.reject()

    seen = UpdateRecord(last_seen_version="9.3.0")
    record = play(application, world, server, act, check=False, record=seen)
    assert record.last_seen_version == "9.3.0"


def test_quitting_does_not_wait_for_an_answer(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    def silent(handler: BaseHTTPRequestHandler) -> None:
        del handler
        server.released.wait(60)

    server.answers["/feed.json"] = silent
    ended: list[float] = []

    async def act(stage: Stage) -> None:
        await stage.until(lambda: server.requests, "it was asked")
        ended.append(asyncio.get_running_loop().time())

    play(application, world, server, act)
    # `play` ends while the server is still silent; only its own end lets it answer.
    assert ended
    assert not server.released.is_set()


def test_a_build_without_an_address_says_so(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    services = open_services(world)
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    services.close()

    async def act(stage: Stage) -> None:
        dialog = await open_page(stage)
        assert "no update address" in result(dialog)
        assert not stage.can_press("Check &Now")
        dialog.reject()

    perform(application, world, act)


def test_allowing_it_looks_at_once(
    application: QApplication, world: dict[str, str], server: FeedServer
) -> None:
    async def act(stage: Stage) -> None:
        dialog = await open_page(stage)
        boxes = [box for box in dialog.findChildren(QCheckBox) if box.isVisible()]
        assert not boxes[0].isChecked(), "off until the author wants it"
        boxes[0].click()
        child(dialog, QDialogButtonBox).button(QDialogButtonBox.StandardButton.Save).click()
        await stage.until(lambda: is_told(stage), "the banner shows")

    play(application, world, server, act, check=False)


def test_every_fault_has_its_words() -> None:
    assert set(_FAULTS) == set(UpdateFault)


async def open_page(stage: Stage) -> SettingsDialog:
    """Opens the settings at the page about updates."""
    stage.window.actions_.settings.trigger()
    shown = stage.window.findChildren
    await stage.until(lambda: shown(SettingsDialog), "the settings open")
    dialog = shown(SettingsDialog)[0]
    names = child(dialog, QListWidget)
    row = next(row for row in range(names.count()) if names.item(row).text() == "Updates")
    names.setCurrentRow(row)
    return dialog


def result(dialog: SettingsDialog) -> str:
    labels = dialog.findChildren(QLabel)
    return next(each.text() for each in labels if each.accessibleName() == "Result of the check")
