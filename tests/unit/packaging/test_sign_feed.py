"""Making and signing the feed that tells of a release."""

from __future__ import annotations

import base64
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from arboris_desktop.updates.errors import UpdateError
from arboris_desktop.updates.feed import FeedSource
from arboris_desktop.updates.release import parse_release
from arboris_desktop.updates.signature import verify
from freeze import names
from release import sign_feed

PAGE = "https://example.org/arboris"
CHANGELOG = "# Changelog\n\n## 0.1.0 (2026-12-01)\n- One thing.\n"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "feed.key"
    assert sign_feed.main(["new-key", str(path)]) == 0
    return path


@pytest.fixture
def checkout(tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place with a changelog that is ready, and an app that knows the key."""
    (tmp_path / "arboris_desktop").mkdir()
    (tmp_path / "arboris_desktop" / "__init__.py").write_text('__version__ = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    monkeypatch.setattr(names, "ROOT", tmp_path)
    public = sign_feed.public_key(sign_feed.read_keys([key], {})[0])
    source = FeedSource("https://example.org/feed.json", (base64.b64decode(public),))
    monkeypatch.setattr(sign_feed, "shipped_source", lambda: source)
    return tmp_path


def test_a_private_key_is_its_owners_only_and_never_replaced(key: Path) -> None:
    before = key.read_bytes()
    if sys.platform != "win32":
        assert key.stat().st_mode & 0o077 == 0
    assert sign_feed.main(["new-key", str(key)]) == 1
    assert key.read_bytes() == before


def test_what_is_signed_is_believed(checkout: Path, key: Path) -> None:
    out = checkout / "out"
    (checkout / "zh.txt").write_text("- 一件事。", encoding="utf-8")
    given = ["sign", "--out", str(out), "--page", PAGE, "--key", str(key)]
    assert sign_feed.main([*given, "--notes-zh", str(checkout / "zh.txt")]) == 0
    body = (out / "feed.json").read_bytes()
    public = sign_feed.public_key(sign_feed.read_keys([key], {})[0])
    verify(body, (out / "feed.json.sig").read_bytes(), [base64.b64decode(public)])
    release = parse_release(body)
    assert str(release.version) == "0.1.0"
    assert release.notes_in("en") == "- One thing.\n"
    assert release.notes_in("zh_CN") == "- 一件事。"
    assert release.expires - datetime.now(UTC) > timedelta(days=sign_feed.DAYS - 1)


def test_the_key_may_come_from_the_environment(
    checkout: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(sign_feed.KEY_VARIABLE, key.read_text())
    assert sign_feed.main(["sign", "--out", str(checkout / "out"), "--page", PAGE]) == 0


def test_a_key_that_no_version_knows_signs_nothing(
    checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_feed.main(["new-key", str(tmp_path / "other.key")])
    given = ["sign", "--out", str(checkout / "out"), "--page", PAGE]
    assert sign_feed.main([*given, "--key", str(tmp_path / "other.key")]) == 1
    assert "no signature of the feed is by a known key" in capsys.readouterr().err
    assert not (checkout / "out").exists()


@pytest.mark.parametrize("text", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_what_is_no_key_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "bad.key").write_text(text)
    with pytest.raises(sign_feed.FeedError):
        sign_feed.read_keys([tmp_path / "bad.key"], {})
    with pytest.raises(sign_feed.FeedError, match=r"give --key"):
        sign_feed.read_keys([], {})


def test_what_the_app_would_refuse_is_not_made() -> None:
    expires = datetime.now(UTC) + timedelta(days=1)
    with pytest.raises(UpdateError):
        sign_feed.make_feed(CHANGELOG, "0.1.0", "http://example.org", expires)
    with pytest.raises(sign_feed.FeedError, match="cut the notes"):
        sign_feed.make_feed(CHANGELOG, "0.1.0", PAGE, expires, "字" * 30_000)


def test_no_private_key_is_in_the_repository() -> None:
    assert not list((names.ROOT / "packaging").rglob("*.key"))
    assert not list((names.ROOT / "resources").rglob("*.key"))
