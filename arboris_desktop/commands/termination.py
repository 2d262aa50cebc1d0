"""The end of a command by SIGTERM: as by Ctrl+C."""

from __future__ import annotations

import signal


def as_interrupt(_number: int, _frame: object) -> None:
    """A handler that makes a signal into Ctrl+C, which asyncio makes into a cancellation.

    Raises ``KeyboardInterrupt`` itself where SIGINT is ignored, as a shell does for what a
    script puts in the background: there a raised SIGINT would be lost.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)
