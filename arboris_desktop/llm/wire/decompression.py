"""Decompressing a body, whatever its headers say: proxies compress without saying so, and say so
without compressing."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import cast

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError

_GZIP = b"\x1f\x8b"
_ANY_HEADER, _NO_HEADER = 47, -15
_NOT_ASKED_FOR = frozenset({"br", "zstd", "compress", "x-compress"})


async def decompressed(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    """Yields the bytes of a body as they arrive.

    Raises ``ProviderError`` for an encoding that nobody asked for, and the errors of httpx.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    if packing in _NOT_ASKED_FOR:
        raise ProviderError(
            ErrorKind.NOT_AN_API, f"the answer is packed with {packing}, which was not asked for"
        )
    unpack = _Decompressor(packing)
    is_read = response.is_stream_consumed
    raw: AsyncIterator[bytes] = response.aiter_bytes() if is_read else response.aiter_raw()
    # httpx makes it a generator, but only promises an iterator.
    async with aclosing(cast(AsyncGenerator[bytes, None], raw)) as chunks:
        async for chunk in chunks:
            if data := unpack(chunk):
                yield data
    if data := unpack(b"", ended=True):
        yield data


class _Decompressor:
    """Takes the bytes of one body; the first two tell whether they are compressed."""

    def __init__(self, packing: str) -> None:
        self._packing = packing
        self._held: bytes | None = b""
        self._inflate: zlib._Decompress | None = None

    def __call__(self, chunk: bytes, *, ended: bool = False) -> bytes:
        if self._held is not None:
            self._held += chunk
            if len(self._held) < len(_GZIP) and not ended:
                return b""
            chunk, self._held = self._held, None
            self._choose(chunk)
        if self._inflate is None:
            return chunk
        try:
            return self._inflated(self._inflate, chunk)
        except zlib.error as error:
            raise ProviderError(
                ErrorKind.INVALID_ANSWER, f"the packing is broken: {error}"
            ) from None

    def _inflated(self, inflate: zlib._Decompress, chunk: bytes) -> bytes:
        """Yields the contents of a chunk, in which one stream may end and the next begin: some
        proxies compress each piece by itself."""
        data = inflate.decompress(chunk)
        while inflate.eof and inflate.unused_data.startswith(_GZIP[:1]):
            inflate, rest = zlib.decompressobj(_ANY_HEADER), inflate.unused_data
            self._inflate = inflate
            data += inflate.decompress(rest)
        return data

    def _choose(self, start: bytes) -> None:
        if start.startswith(_GZIP):
            self._inflate = zlib.decompressobj(_ANY_HEADER)
        elif self._packing == "deflate":
            has_header = len(start) > 1 and int.from_bytes(start[:2], "big") % 31 == 0
            has_header = has_header and start[0] & 15 == zlib.DEFLATED
            self._inflate = zlib.decompressobj(_ANY_HEADER if has_header else _NO_HEADER)
