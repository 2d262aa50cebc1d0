"""The tables of what is counted along, so that nobody has to count a million rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Float, Integer, String, Table

from arboris_desktop.domain.tasks import DURATION_BOUNDS
from arboris_desktop.storage.tables.columns import metadata

SLOTS = 8
"""Rows among which a count is spread that every process raises: they need not wait for each
other."""


def _number(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


def _slot() -> Column[int]:
    return Column("slot", Integer, primary_key=True, autoincrement=False)


# Kept by the triggers of ``counting``. Without a reference, since a novel goes before its counts.
analysis_counts = Table(
    "analysis_counts",
    metadata,
    Column("project_id", String(36), primary_key=True),
    # Those that wait and those that run: a claim changes nothing here.
    _number("unfinished"),
    _number("completed"),
    _number("failed"),
    _number("cancelled"),
    _number("resting"),
)

# Kept by the triggers of ``counting``: what this library's calls took, by whoever was asked.
call_totals = Table(
    "call_totals",
    metadata,
    Column("provider", String(255), primary_key=True),
    Column("model", String(255), primary_key=True),
    Column("currency", String(8), primary_key=True),
    _slot(),
    _number("calls"),
    _number("prompt_tokens"),
    _number("completion_tokens"),
    Column("cost", Float, nullable=False, server_default="0"),
)

# How long completed analyses took; clean-up does not lessen it.
analysis_durations = Table(
    "analysis_durations",
    metadata,
    Column("bound", String(8), primary_key=True),
    _slot(),
    Column("number", Integer, nullable=False, server_default="0"),
    Column("seconds", Float, nullable=False, server_default="0"),
)


def duration_rows() -> list[dict[str, Any]]:
    """The rows of ``analysis_durations`` in a new library: nothing is added later."""
    return [{"bound": bound, "slot": slot} for bound in DURATION_BOUNDS for slot in range(SLOTS)]
