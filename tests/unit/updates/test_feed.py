"""Trust in a feed, and above all distrust."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import certifi
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arboris_desktop.updates.errors import UpdateError, UpdateFault
from arboris_desktop.updates.feed import MOST_BYTES, FeedSource, ReleaseFeed, shipped_source
from arboris_desktop.updates.release import Release
from arboris_desktop.updates.versions import Version
from tests.support.feed_server import CERTIFICATE, FeedServer, redirecting, release, sending


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def newest(feed: ReleaseFeed, seen: str | None = None) -> Release:
    return asyncio.run(feed.newest(None if seen is None else Version.parse(seen)))


def refused(feed: ReleaseFeed, seen: str | None = None) -> UpdateFault:
    with pytest.raises(UpdateError) as caught:
        newest(feed, seen)
    return caught.value.fault


def test_a_good_feed_is_read(server: FeedServer) -> None:
    found = newest(server.feed(), seen="9.1.0")
    assert str(found.version) == "9.1.0"
    assert found.notes_in("zh_CN") == "- 更多文字。"
    assert found.notes_in("fr") == "- <b>More</b> words.\n- Fewer faults."
    assert found.page == "https://example.org/arboris/9.1.0"


def test_what_the_computer_trusts_is_trusted_unless_a_variable_says_who_is(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(context: ssl.SSLContext, *_purpose: object) -> None:
        """Loads the certificate as if the system's store held it."""
        context.load_verify_locations(CERTIFICATE)

    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    feed = ReleaseFeed(FeedSource(server.address, (server.public_key,)), tls=None, seconds=20.0)
    assert refused(feed) is UpdateFault.NOT_SECURE
    monkeypatch.setattr(ssl.SSLContext, "load_default_certs", load)
    assert str(newest(feed).version) == "9.1.0"
    monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
    assert refused(feed) is UpdateFault.NOT_SECURE


def test_nothing_is_sent_but_the_request(server: FeedServer) -> None:
    newest(server.feed())
    assert [path for path, _headers in server.requests] == ["/feed.json", "/feed.json.sig"]
    for _path, headers in server.requests:
        assert headers.pop("Host").startswith("127.0.0.1:")
        assert headers == {
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "keep-alive",
            "User-Agent": "Arboris Desktop",
        }


def test_a_changed_byte_is_noticed(server: FeedServer) -> None:
    body = server.publish(release())
    server.answers["/feed.json"] = sending(body.replace(b"9.1.0", b"9.9.0"))
    assert refused(server.feed()) is UpdateFault.NOT_SIGNED


@pytest.mark.parametrize("signature", [b"", b"bm90IG9uZQ==", b"\xff\x00 ***", b"A" * 88])
def test_what_is_no_signature_counts_as_none(server: FeedServer, signature: bytes) -> None:
    server.answers["/feed.json.sig"] = sending(signature)
    assert refused(server.feed()) is UpdateFault.NOT_SIGNED


def test_a_missing_signature_refuses_the_feed(server: FeedServer) -> None:
    del server.answers["/feed.json.sig"]
    assert refused(server.feed()) is UpdateFault.UNREACHABLE


def test_another_key_is_not_believed(server: FeedServer) -> None:
    server.publish(release(), signed_by=Ed25519PrivateKey.generate())
    assert refused(server.feed()) is UpdateFault.NOT_SIGNED


def test_a_key_can_be_replaced(server: FeedServer) -> None:
    """The feed is signed with both keys; each version of the app knows one of them."""
    old, new = server.key, Ed25519PrivateKey.generate()
    body = server.publish(release())
    server.sign(body, old, new)
    assert newest(server.feed()).version == Version.parse("9.1.0")
    server.key = new
    assert newest(server.feed()).version == Version.parse("9.1.0")
    server.sign(body, old)
    assert refused(server.feed()) is UpdateFault.NOT_SIGNED


def test_an_expired_feed_is_not_believed(server: FeedServer) -> None:
    server.publish(release(expires="2026-11-01T00:00:00+00:00"))
    assert refused(server.feed()) is UpdateFault.EXPIRED


def test_an_older_feed_than_before_is_not_believed(server: FeedServer) -> None:
    assert refused(server.feed(), seen="9.1.1") is UpdateFault.ROLLED_BACK
    assert refused(server.feed(), seen="10.0.0-rc.1") is UpdateFault.ROLLED_BACK


@pytest.mark.parametrize("path", ["/feed.json", "/feed.json.sig"])
def test_a_long_answer_is_not_read_to_its_end(server: FeedServer, path: str) -> None:
    written: list[int] = []

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.released.is_set():
            written.append(handler.wfile.write(bytes(MOST_BYTES)))

    server.answers[path] = endless
    assert refused(server.feed()) is UpdateFault.UNREADABLE


def test_nothing_is_unpacked(server: FeedServer) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    assert len(bomb) < MOST_BYTES
    server.answers["/feed.json"] = sending(bomb, headers={"Content-Encoding": "gzip"})
    assert refused(server.feed()) is UpdateFault.NOT_SIGNED


def test_a_cut_answer_is_none(server: FeedServer) -> None:
    body = server.publish(release())

    def cut(handler: BaseHTTPRequestHandler) -> None:
        sending(body[:40], headers={"Content-Length": str(len(body))})(handler)
        handler.close_connection = True

    server.answers["/feed.json"] = cut
    assert refused(server.feed()) is UpdateFault.UNREACHABLE


@pytest.mark.parametrize("drip", [b"", b"{"])
def test_a_slow_server_is_not_waited_for(server: FeedServer, drip: bytes) -> None:
    """Neither one that says nothing nor one that sends a byte now and then."""

    def slow(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not server.released.wait(0.05):
            handler.wfile.write(drip)

    server.answers["/feed.json"] = slow
    assert refused(server.feed(seconds=0.5)) is UpdateFault.UNREACHABLE


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("http://127.0.0.1:9/feed.json", UpdateFault.NOT_SECURE),
        ("ftp://127.0.0.1/feed.json", UpdateFault.NOT_SECURE),
        ("file:///etc/hostname", UpdateFault.NOT_SECURE),
        ("/feed.json", UpdateFault.UNREACHABLE),
    ],
)
def test_a_redirect_leads_nowhere_else(
    server: FeedServer, address: str, fault: UpdateFault
) -> None:
    server.answers["/feed.json"] = redirecting(address)
    assert refused(server.feed()) is fault
    assert all(path == "/feed.json" for path, _headers in server.requests)


def test_a_redirect_within_https_is_followed(server: FeedServer) -> None:
    server.answers["/elsewhere"] = server.answers["/feed.json"]
    server.answers["/feed.json"] = redirecting("/elsewhere")
    assert str(newest(server.feed()).version) == "9.1.0"


def test_a_plain_address_is_never_asked(server: FeedServer) -> None:
    plain = server.feed(address=server.address.replace("https", "http"))
    assert refused(plain) is UpdateFault.NOT_SECURE
    assert server.requests == []


def test_an_unknown_certificate_is_not_trusted(server: FeedServer) -> None:
    feed = ReleaseFeed(FeedSource(server.address, (server.public_key,)))
    assert refused(feed) is UpdateFault.NOT_SECURE
    assert server.requests == []


def test_nobody_answers() -> None:
    with FeedServer() as server:
        feed = server.feed()
    assert refused(feed) is UpdateFault.UNREACHABLE


@pytest.mark.parametrize("status", [404, 500, 304])
def test_an_error_page_is_no_feed(server: FeedServer, status: int) -> None:
    server.answers["/feed.json"] = sending(b"{}" if status != 304 else b"", status)
    assert refused(server.feed()) is UpdateFault.UNREACHABLE


@pytest.mark.parametrize(
    "data",
    [
        release("9.1"),
        release("v9.1.0"),
        release("9.1.0 "),
        release("09.1.0"),
        release("9" * 100 + ".0.0"),
        release(released="tomorrow"),
        release(expires="2126-01-01T00:00:00"),
        release(page="http://example.org/"),
        release(page="https://"),
        release(page="https://user:secret@example.org/"),
        release(page="https://example.org/\n"),
        release(page="javascript:alert(1)"),
        release(page=None),
        release(notes="More words."),
        release(notes={"en": ["More words."]}),
        [release()],
        "9.1.0",
    ],
)
def test_what_is_not_as_agreed_is_refused(server: FeedServer, data: Any) -> None:
    server.publish(data)
    assert refused(server.feed()) is UpdateFault.UNREADABLE


def test_what_is_new_in_the_feed_is_ignored(server: FeedServer) -> None:
    server.publish(release(channel="stable", notes={"en": "a\u202eb\x07\nc"}))
    assert newest(server.feed()).notes_in("en") == "ab\nc"


def test_without_address_or_key_nobody_is_asked(server: FeedServer) -> None:
    for source in (FeedSource("", (server.public_key,)), FeedSource(server.address, ())):
        feed = ReleaseFeed(source)
        assert not feed.is_usable
        assert refused(feed) is UpdateFault.NO_ADDRESS
    assert server.requests == []


def test_what_ships_is_whole_or_says_that_it_cannot_look() -> None:
    source = shipped_source()
    assert all(len(key) == 32 for key in source.keys)
    assert not source.address or source.address.startswith("https://")
    assert bool(source.address) is bool(source.keys)
