"""The socket that is served sends what it is given at once."""

from __future__ import annotations

import asyncio
import socket

import pytest

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.server.running import listen


def test_what_is_written_is_not_held_back_until_the_other_side_has_confirmed() -> None:
    async def option_of_a_connection() -> int:
        made: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            own = writer.get_extra_info("socket")
            made.set_result(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen("127.0.0.1", 0)
        async with await asyncio.start_server(connected, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname()[:2])
            option = await made
            writer.close()
            await writer.wait_closed()
        return option

    assert asyncio.run(option_of_a_connection()) != 0


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.1", ""])
def test_a_place_that_cannot_be_had_is_told(host: str) -> None:
    with pytest.raises(RuleError, match="cannot listen"), listen(host, 0):
        pass
