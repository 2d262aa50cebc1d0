"""Texts with headings, and what is found in them."""

from __future__ import annotations

from tests.support.parsing import parse_text, shape
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH

ZH, EN = "\n".join(CHINESE), "\n".join(ENGLISH)


def chapters(*headings: str, prose: str = ZH) -> str:
    return "\n".join(f"{heading}\n{prose}" for heading in headings)


def titles(text: str) -> list[str]:
    ((volume, found),) = shape(parse_text(text))
    assert volume == ""
    return found
