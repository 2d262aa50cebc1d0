"""The signature of the feed: an Ed25519 signature over its exact bytes, by a key that is built
in."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence

from arboris_desktop.updates.errors import UpdateError, UpdateFault

_MOST_SIGNATURES = 8


def verify(body: bytes, signatures: bytes, keys: Sequence[bytes]) -> None:
    """Raises ``UpdateError`` (NOT_SIGNED) unless one of the signatures is by one of the keys.

    ``signatures`` are lines of base64. There may be several: while a key is being replaced, the
    feed is signed with the old and the new one, and each version of the app knows at least one.
    """
    # Only now: the library takes 25 ms to import, and most starts do not need it.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for signature in _decoded(signatures):
        for key in keys:
            try:
                Ed25519PublicKey.from_public_bytes(key).verify(signature, body)
            except InvalidSignature:
                continue
            return
    raise UpdateError(UpdateFault.NOT_SIGNED, "no signature of the feed is by a known key")


def _decoded(lines: bytes) -> list[bytes]:
    found = []
    for line in lines.split()[:_MOST_SIGNATURES]:
        try:
            found.append(base64.b64decode(line, validate=True))
        except binascii.Error:
            continue
    return found
