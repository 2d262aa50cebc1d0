"""A service may be ended as soon as it has said that it runs."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path

import pytest

from arboris_desktop.cli import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends signals as POSIX does")


class EndsWhenTold(io.StringIO):
    """A reader that ends the service at its first word."""

    def write(self, text: str) -> int:
        written = super().write(text)
        if text.startswith(("works ", "serves ")):
            os.kill(os.getpid(), signal.SIGTERM)
        return written


@pytest.mark.parametrize("arguments", [["work"], ["serve", "--port", "0"]])
def test_the_first_word_may_be_answered_by_a_signal(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARBORIS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "stderr", reader := EndsWhenTold())

    assert main(arguments) == 0, reader.getvalue()
