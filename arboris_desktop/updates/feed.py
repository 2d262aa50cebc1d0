"""The feed of releases: where it is, and what can be believed of it."""

from __future__ import annotations

import base64
import ssl
from typing import TYPE_CHECKING

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.record import record
from arboris_desktop.resources import read_text
from arboris_desktop.updates.errors import UpdateError, UpdateFault
from arboris_desktop.updates.versions import Version

if TYPE_CHECKING:
    from arboris_desktop.updates.release import Release

MOST_BYTES = 65_536
_MOST_SIGNATURE_BYTES = 4096
_SECONDS = 20.0


@record
class FeedSource:
    """The feed's address, https, and the public keys (32 bytes each) that may sign it.

    Its signature is at the same address with ``.sig`` after it. Without an address or without a
    key there is nothing to ask.
    """

    address: str
    keys: tuple[bytes, ...]

    @property
    def is_usable(self) -> bool:
        """True if this build can look for newer versions at all."""
        return bool(self.address and self.keys)


def shipped_source() -> FeedSource:
    """The source that this build was made with (``resources/updates/feed.toml``)."""
    import tomllib

    data = tomllib.loads(read_text("updates", "feed.toml"))
    keys = tuple(base64.b64decode(key, validate=True) for key in data["keys"])
    return FeedSource(str(data["address"]), keys)


class ReleaseFeed:
    """Asks for the newest version. Only tests give the other arguments."""

    def __init__(
        self,
        source: FeedSource,
        *,
        tls: ssl.SSLContext | None = None,
        clock: Clock = utc_now,
        seconds: float = _SECONDS,
    ) -> None:
        self._source = source
        self._tls = tls
        self._clock = clock
        self._seconds = seconds

    @property
    def is_usable(self) -> bool:
        """True if this build can look for newer versions at all."""
        return self._source.is_usable

    async def newest(self, seen: Version | None = None) -> Release:
        """The newest version there is, which may be the one that runs; raises ``UpdateError``.

        ``seen`` is the newest one that was ever heard of: whoever tells of less, replays an old
        feed.
        """
        if not self._source.is_usable:
            raise UpdateError(UpdateFault.NO_ADDRESS, "this build has no update address")
        # Only now, as httpx below: most starts ask for nothing.
        from arboris_desktop.updates.release import parse_release
        from arboris_desktop.updates.signature import verify

        body, signatures = await self._fetch()
        # Before a single byte of it is read.
        verify(body, signatures, self._source.keys)
        release = parse_release(body)
        if release.expires <= self._clock():
            raise UpdateError(UpdateFault.EXPIRED, f"the feed expired at {release.expires}")
        if seen is not None and release.version < seen:
            told = f"the feed tells of {release.version} after {seen}"
            raise UpdateError(UpdateFault.ROLLED_BACK, told)
        return release

    async def _fetch(self) -> tuple[bytes, bytes]:
        # Only now: httpx takes long to import, and most starts do not need it.
        from arboris_desktop.updates.fetching import fetch, open_client

        address = self._source.address
        async with open_client(self._tls, self._seconds) as client:
            body = await fetch(client, address, MOST_BYTES)
            signatures = await fetch(client, f"{address}.sig", _MOST_SIGNATURE_BYTES)
        return body, signatures
