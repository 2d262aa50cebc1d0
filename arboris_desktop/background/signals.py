"""Signals by which a system, a service manager or a person ends a process."""

from __future__ import annotations

import signal

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


def end_signals() -> tuple[signal.Signals, ...]:
    """The signals that are to end this process; which there are depends on the system.

    One that is ignored stays so: ``nohup`` and a shell that puts a job behind a script ask for
    it in this way.
    """
    known = (getattr(signal, name, None) for name in _NAMES)
    return tuple(one for one in known if one and signal.getsignal(one) != signal.SIG_IGN)
