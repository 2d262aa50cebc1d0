"""JSON as models write it: what is read of it, by a form like those of the analysis."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.llm.structured import parse_answer


class Finding(BaseModel):
    name: str
    change: str = ""
    quotation: str = ""
    confidence: float = 0.5
    aliases: list[str] = []


class Findings(BaseModel):
    findings: list[Finding] = []


def read(text: str) -> list[list[str]] | None:
    """The value that was found; ``None`` where nothing can be read without guessing."""
    try:
        found = parse_answer(text, Findings).findings
    except ProviderError:
        return None
    return [[one.name, one.change, one.quotation] for one in found]


def test_answers_in_many_spellings_are_read_without_a_second_call() -> None:
    lines = Path(__file__).with_name("json_as_written.jsonl").read_text("utf-8").splitlines()
    written = [json.loads(line) for line in lines]
    assert len(written) > 130
    wrong = {text: read(text) for text, found in written if read(text) != found}
    assert wrong == {}
