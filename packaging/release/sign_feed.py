"""The feed that tells of a release (see `arboris_desktop/updates/`), signed.

    sign_feed.py new-key FILE
        makes a private key, and prints the public one for resources/updates/feed.toml
    sign_feed.py sign --out DIR --page URL [--days N] [--notes-zh FILE] [--key FILE ...]
        writes DIR/feed.json and DIR/feed.json.sig for the present version

A private key is 32 bytes in base64: in a file, or in the variable ARBORIS_FEED_KEY. While a key is
being replaced, give both: versions that know only the old one then still believe the feed.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from arboris_desktop.updates.errors import UpdateError
from arboris_desktop.updates.feed import MOST_BYTES, shipped_source
from arboris_desktop.updates.release import parse_release
from arboris_desktop.updates.signature import verify
from freeze import names
from release.notes import NotesError, notes

KEY_VARIABLE = "ARBORIS_FEED_KEY"
DAYS = 180
"""The days for which the feed is believed; sign it again before that, also when there is no new
version."""


class FeedError(Exception):
    """The feed cannot be made; the message says what to do."""


def make_feed(
    changelog: str, version: str, page: str, expires: datetime, notes_zh: str = ""
) -> bytes:
    """The feed's bytes. Raises NotesError, and UpdateError for what the app would refuse."""
    text = {"en": notes(changelog, version)}
    if notes_zh:
        text["zh_CN"] = notes_zh
    day = re.search(rf"^## {re.escape(version)} \(([^)]*)\)", changelog, flags=re.M)
    assert day is not None  # else there were no notes
    feed = {
        "version": version,
        "released": day[1],
        "notes": text,
        "page": page,
        "expires": expires.isoformat(timespec="seconds"),
    }
    body = (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()
    if len(body) > MOST_BYTES:
        raise FeedError(
            f"the feed has {len(body)} bytes, the app reads {MOST_BYTES}: cut the notes"
        )
    parse_release(body)
    return body


def sign(body: bytes, keys: Sequence[bytes]) -> bytes:
    """A line in base64 for each private key."""
    signatures = (Ed25519PrivateKey.from_private_bytes(key).sign(body) for key in keys)
    return b"".join(base64.b64encode(signature) + b"\n" for signature in signatures)


def public_key(private: bytes) -> str:
    """The entry for feed.toml."""
    key = Ed25519PrivateKey.from_private_bytes(private).public_key()
    return base64.b64encode(key.public_bytes_raw()).decode()


def new_key(path: Path) -> str:
    """Makes a private key in a new file that only its owner may read; returns the public one."""
    private = Ed25519PrivateKey.generate().private_bytes_raw()
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(base64.b64encode(private) + b"\n")
    return public_key(private)


def read_keys(files: Sequence[Path], environment: Mapping[str, str]) -> list[bytes]:
    """The private keys of the files, else that of the environment. Raises FeedError."""
    texts = [path.read_text(encoding="ascii") for path in files]
    if not texts and environment.get(KEY_VARIABLE):
        texts = [environment[KEY_VARIABLE]]
    if not texts:
        raise FeedError(f"give --key FILE or the variable {KEY_VARIABLE}")
    try:
        keys = [base64.b64decode(text.strip(), validate=True) for text in texts]
    except ValueError:
        raise FeedError("a key is not 32 bytes in base64") from None
    if any(len(key) != 32 for key in keys):
        raise FeedError("a key is not 32 bytes in base64")
    return keys


def _sign(options: argparse.Namespace) -> None:
    keys = read_keys(options.key, os.environ)
    changelog = (names.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    notes_zh = options.notes_zh.read_text(encoding="utf-8") if options.notes_zh else ""
    expires = datetime.now(UTC) + timedelta(days=options.days)
    body = make_feed(changelog, names.version(), options.page, expires, notes_zh)
    signatures = sign(body, keys)
    # As the app will do it: a feed by a key that no version knows would never be believed.
    verify(body, signatures, shipped_source().keys)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "feed.json").write_bytes(body)
    (options.out / "feed.json.sig").write_bytes(signatures)


def main(arguments: Sequence[str]) -> int:
    """Does what the arguments say; 1 with the reason when it cannot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("new-key")
    make.add_argument("file", type=Path)
    signing = commands.add_parser("sign")
    signing.add_argument("--out", type=Path, required=True)
    signing.add_argument("--page", required=True)
    signing.add_argument("--days", type=int, default=DAYS)
    signing.add_argument("--notes-zh", type=Path)
    signing.add_argument("--key", type=Path, action="append", default=[])
    options = parser.parse_args(arguments)
    try:
        if options.command == "new-key":
            print(new_key(options.file))
        else:
            _sign(options)
    except (FeedError, NotesError, UpdateError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
