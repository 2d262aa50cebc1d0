"""The connection to the session bus, on a bus of the test's own."""

from __future__ import annotations

import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, new_method_call, new_signal
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusErrorResponse

from arboris_desktop.background.session_bus import BusSignal, SessionBus

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="not installed: dbus-daemon"
)

_BUS = "org.freedesktop.DBus"
_BELL = DBusAddress("/org/example/Bell", interface="org.example.Bell")


@pytest.fixture
def daemon(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    command = ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", process.stdout.readline().strip())
        yield process
        process.kill()


@pytest.fixture
def heard() -> queue.Queue[BusSignal]:
    return queue.Queue()


@pytest.fixture
def bus(daemon: subprocess.Popen[str], heard: queue.Queue[BusSignal]) -> Iterator[SessionBus]:
    del daemon
    bus = SessionBus(heard.put)
    yield bus
    bus.close()
    for thread in threading.enumerate():
        if thread.name == "session bus":
            thread.join(60)
            assert not thread.is_alive(), "nothing of it is left"


def ask(bus: SessionBus, method: str) -> tuple[object, ...]:
    address = DBusAddress("/org/freedesktop/DBus", bus_name=_BUS, interface=_BUS)
    return bus.call(new_method_call(address, method), 10)


def ask_again_and_again(bus: SessionBus) -> None:
    """The end of a bus may be noticed a moment after it."""
    while True:
        ask(bus, "GetId")


def ring(name: str, number: int) -> None:
    with open_dbus_connection(bus="SESSION") as other:
        other.send(new_signal(_BELL, name, "u", (number,)))
        # A bus answers in order, so that the signal is on its way when this has come back.
        address = DBusAddress("/org/freedesktop/DBus", bus_name=_BUS, interface=_BUS)
        other.send_and_get_reply(new_method_call(address, "GetId"), timeout=60)


def test_calls_from_several_threads_get_their_own_answers(bus: SessionBus) -> None:
    answers: dict[str, set[str]] = {"GetId": set(), "ListNames": set()}

    def work(method: str) -> None:
        for _ in range(20):
            answers[method].add(type(ask(bus, method)[0]).__name__)

    threads = [threading.Thread(target=work, args=(method,)) for method in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == {"GetId": {"str"}, "ListNames": {"list"}}


def test_a_refused_call_says_why(bus: SessionBus) -> None:
    with pytest.raises(DBusErrorResponse, match="NoSuchMethod"):
        ask(bus, "NoSuchMethod")


def test_only_what_was_subscribed_to_is_heard(
    bus: SessionBus, heard: queue.Queue[BusSignal]
) -> None:
    ring("Unheard", 1)
    bus.subscribe("org.example.Bell", "/org/example/Bell", 10)
    ring("Heard", 2)
    found = [heard.get(timeout=60)]
    while found[-1][0] != "Heard":  # the bus itself tells of names
        found.append(heard.get(timeout=60))
    assert ("Heard", (2,)) in found
    assert "Unheard" not in [name for name, _values in found]


def test_after_closing_nothing_is_heard_and_nothing_sent(
    bus: SessionBus, heard: queue.Queue[BusSignal]
) -> None:
    bus.subscribe("org.example.Bell", "/org/example/Bell", 10)
    bus.close()
    bus.close()
    while not heard.empty():
        heard.get()
    ring("Late", 3)
    assert heard.empty()
    with pytest.raises(ConnectionError):
        ask(bus, "GetId")


def test_a_bus_that_ends_is_an_error_and_no_thread_dies_of_it(
    bus: SessionBus, daemon: subprocess.Popen[str]
) -> None:
    daemon.kill()
    daemon.wait()
    with pytest.raises(OSError, match=r"bus is gone|Broken pipe|reset"):
        ask_again_and_again(bus)


def test_without_a_bus_there_is_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    with pytest.raises(OSError, match="No such file"):
        SessionBus(lambda _signal: None)
