"""The closed list of what a file may set here, and a range for every number in it.

A file may come from anybody. What is not named in ``TAKEN`` is as this computer has it, whatever
the file says; work that waits in it rests until the author asks for it.
"""

from __future__ import annotations

import json
from typing import Any

from arboris_desktop.domain.tasks import (
    DEFAULT_MAX_RETRIES,
    DEFAULT_PRIORITY,
    GenerationConfig,
    TaskStatus,
)
from arboris_desktop.domain.writing_days import MOST_WORDS
from arboris_desktop.storage.portable.tables import CarriedTable

_TAKEN = {
    "novel_projects": "title initial_prompt language status metadata author numbering created_at"
    " updated_at",
    "volumes": "volume_number title summary planned_chapters label",
    "chapter_outlines": "chapter_number title summary label",
    "chapters": "chapter_number real_summary status word_count published_at created_at updated_at",
    "chapter_versions": "version_label origin provider content revision metadata created_at",
    "chapter_drafts": "content provider started_at updated_at error_type raw_answer",
    "chapter_snapshots": "kind name content word_count created_at",
    "chapter_comments": "quotation start end is_stale content created_at updated_at resolved_at",
    "chapter_notes": "status scratchpad updated_at",
    "novel_spelling": "dictionary",
    "novel_words": "word",
    "writing_days": "day own_words model_words",
    "writing_targets": "chapter_words day_words book_words",
    "story_summaries": "level first_chapter last_chapter content source_hash updated_at",
    "novel_conversations": "seq role content metadata created_at",
    "concept_briefs": "brief confirmed_at updated_at",
    "novel_blueprints": "title target_audience genre style tone one_sentence_summary full_synopsis"
    " world_setting created_at updated_at",
    "blueprint_characters": "name identity personality goals abilities"
    " relationship_to_protagonist extra position",
    "blueprint_relationships": "character_from character_to description position",
    "outline_runs": "kind first_chapter last_chapter range_size instruction proposals status"
    " error_type created_at updated_at",
    "auto_runs": "first_chapter last_chapter next_chapter options status stop_reason detail seconds"
    " created_at updated_at completed_at",
    "chapter_candidates": "round position status content instruction angle provider finish_reason"
    " error_type token_usage created_at updated_at decided_at raw_answer",
    "chapter_evaluations": "decision feedback score created_at kind version_revision details"
    " provider",
    "passage_revisions": "kind instruction start original proposal status provider created_at"
    " updated_at",
    "context_choices": "kind key choice updated_at",
    # Both are put aside until the author has seen them (``exchange/novel_file/instructions.py``).
    "prompt_overrides": "name language content updated_at",
    "writing_guides": "persona style_samples constitution updated_at",
    "instructions_aside": "kind name language content",
    "codex_entries": "kind name aliases attributes created_at updated_at origin description"
    " due_chapter refused_aliases",
    "codex_facts": "version_revision statement reason quotation start end confidence status"
    " created_at step effect attribute value is_stale decided_by aliases",
    "codex_journal": "action actor before after created_at undone_at",
    "codex_alerts": "kind attribute signature quotation start end status created_at closed_at",
    "analysis_batches": "status total estimate created_at updated_at completed_at",
    "pending_analysis": "version_revision status attempt result error_type created_at started_at"
    " completed_at updated_at duration_seconds token_usage",
    "analysis_steps": "step result duration_seconds completed_at provider model",
    "model_calls": "task prompt provider model outcome prompt_tokens completion_tokens estimated"
    " cached_tokens"
    " cost currency started_at duration_seconds",
}
TAKEN = {table: frozenset(columns.split()) for table, columns in _TAKEN.items()}
"""The columns that come from a file, by table; keys and references are newly made."""

_NOTHING_SPENT = {"prompt_tokens": 0, "completion_tokens": 0}

GIVEN: dict[str, Any] = {
    "pending_analysis.priority": DEFAULT_PRIORITY,
    "pending_analysis.retry_count": 0,
    "pending_analysis.max_retries": DEFAULT_MAX_RETRIES,
    "pending_analysis.rescue_count": 0,
    "pending_analysis.generation_config": GenerationConfig().to_json(),
    "pending_analysis.current_step": None,
    "pending_analysis.error_message": None,
    "pending_analysis.lease_owner": None,
    "pending_analysis.lease_expires_at": None,
    "pending_analysis.not_before": None,
    "pending_analysis.held": 0,
    "pending_analysis.claim_rank": 0.0,
    # What the steps took was paid elsewhere; the task that goes on with them tells its own cost.
    "analysis_steps.token_usage": _NOTHING_SPENT,
    "model_calls.profile": "",
    "model_calls.came_with_file": 1,
    "chapter_drafts.owner": "",
    "chapter_drafts.error_message": None,
    "chapter_candidates.owner": "",
    "chapter_candidates.error_message": None,
    "outline_runs.error_message": None,
}
"""Values put into the columns that are not taken from the file."""

_COUNT = (0, 10**9)
_FLAG = (0, 1)
_CHAPTER = (1, 1_000_000)
_MONEY = (0, 1_000_000)
_TARGET = (0, MOST_WORDS)

RANGES: dict[str, tuple[float, float]] = {
    "volumes.volume_number": _CHAPTER,
    "volumes.planned_chapters": (0, 1_000_000),
    "chapter_outlines.chapter_number": _CHAPTER,
    "chapters.chapter_number": _CHAPTER,
    "chapters.word_count": _COUNT,
    "chapter_versions.revision": _COUNT,
    "chapter_snapshots.word_count": _COUNT,
    "chapter_comments.start": _COUNT,
    "chapter_comments.end": _COUNT,
    "chapter_comments.is_stale": _FLAG,
    "writing_days.own_words": (-(10**9), 10**9),
    "writing_days.model_words": (-(10**9), 10**9),
    "writing_targets.chapter_words": _TARGET,
    "writing_targets.day_words": _TARGET,
    "writing_targets.book_words": _TARGET,
    "story_summaries.first_chapter": _CHAPTER,
    "story_summaries.last_chapter": _CHAPTER,
    "novel_conversations.seq": _COUNT,
    "blueprint_characters.position": _COUNT,
    "blueprint_relationships.position": _COUNT,
    "outline_runs.first_chapter": _CHAPTER,
    "outline_runs.last_chapter": _CHAPTER,
    "outline_runs.range_size": (1, 1_000),
    "auto_runs.first_chapter": _CHAPTER,
    "auto_runs.last_chapter": _CHAPTER,
    "auto_runs.next_chapter": (1, 1_000_001),
    "auto_runs.seconds": _COUNT,
    "chapter_candidates.round": (1, 1_000_000),
    "chapter_candidates.position": (1, 1_000),
    "chapter_evaluations.score": (0, 1_000),
    "chapter_evaluations.version_revision": _COUNT,
    "passage_revisions.start": _COUNT,
    "codex_entries.due_chapter": _CHAPTER,
    "codex_facts.version_revision": _COUNT,
    "codex_facts.start": _COUNT,
    "codex_facts.end": _COUNT,
    "codex_facts.confidence": (0, 1),
    "codex_facts.is_stale": _FLAG,
    "codex_alerts.start": _COUNT,
    "codex_alerts.end": _COUNT,
    "analysis_batches.total": _COUNT,
    "pending_analysis.version_revision": _COUNT,
    "pending_analysis.attempt": (0, 1_000_000),
    "pending_analysis.duration_seconds": _COUNT,
    "analysis_steps.duration_seconds": _COUNT,
    "model_calls.prompt_tokens": _COUNT,
    "model_calls.completion_tokens": _COUNT,
    "model_calls.cached_tokens": _COUNT,
    "model_calls.estimated": _FLAG,
    "model_calls.cost": _MONEY,
    "model_calls.duration_seconds": _COUNT,
}
"""The smallest and the largest value of each number that is taken, by table and column."""

WORDS: dict[str, frozenset[str]] = {
    "pending_analysis.status": frozenset(status.value for status in TaskStatus),
}
"""The words that may stand in a column, where the code that reads rows would pass over others."""

_ON_ARRIVAL = {
    "pending_analysis": {"pending": "resting", "processing": "resting"},
    "analysis_batches": {"running": "cancelled", "paused": "cancelled"},
    "auto_runs": {"running": "paused"},
    "outline_runs": {"running": "stopped"},
}
"""New states for work that would otherwise go on here by itself."""

_BOUND_TO_BE_SET_ANEW = {"max_tokens": 1, "max_cost": 0.0, "max_minutes": 0}
"""The bounds of a run that waits: reached at once, so that the author sets them here."""


def check_value(place: str, value: Any) -> Any:
    """The value of a "table.column" if it lies in its range; raises ``ValueError``."""
    if place in RANGES:
        least, most = RANGES[place]
        if not least <= value <= most:
            raise ValueError(value)
    if place in WORDS and value not in WORDS[place]:
        raise ValueError(value)
    return value


def is_spent(value: Any) -> bool:
    """True if JSON says what calls took, with numbers that make sense."""
    if not isinstance(value, dict):
        return False
    money = value.get("money", {})
    counts = (
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "cached_tokens",
        "unpriced",
        "chapters",
    )
    return (
        all(_is_within(value[name], 0, 10**12) for name in counts if name in value)
        and isinstance(money, dict)
        and all(_is_within(amount, *_MONEY) for amount in money.values())
    )


def _is_within(value: Any, least: float, most: float) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and least <= value <= most


def accepted(carried: CarriedTable, row: dict[str, Any]) -> dict[str, Any]:
    """The row of a file as this computer takes it."""
    taken = TAKEN[carried.name]
    kept = {
        name: value
        if name in taken or name in carried.references or name == carried.key
        else json.loads(json.dumps(GIVEN[f"{carried.name}.{name}"]))
        for name, value in row.items()
    }
    status = _ON_ARRIVAL.get(carried.name, {}).get(str(row.get("status")))
    if status is not None:
        kept["status"] = status
    if carried.name == "auto_runs" and kept["status"] == "paused":
        kept["options"] = {**kept["options"], **_BOUND_TO_BE_SET_ANEW}
    return kept


def undecided(carried: CarriedTable) -> list[str]:
    """Columns of which nobody has said whether a file may set them, or in which range."""
    problems = []
    for column in carried.table.columns:
        place = f"{carried.name}.{column.name}"
        if column.name == carried.key or column.name in carried.references:
            continue
        is_taken = column.name in TAKEN.get(carried.name, ())
        if is_taken == (place in GIVEN):
            problems.append(f"{place}: name it in TAKEN, or say in GIVEN what it is here")
        if is_taken and column.type.python_type in (int, float) and place not in RANGES:
            problems.append(f"{place}: a number needs its RANGES")
    return problems
