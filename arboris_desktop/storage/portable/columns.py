"""Rules that the schema does not show: ids within JSON, and what is only true on this computer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Column, Integer

from arboris_desktop.domain.record import record
from arboris_desktop.storage.portable.acceptance import is_spent
from arboris_desktop.storage.portable.tables import CarriedTable

MapRow = Callable[[str, dict[str, Any]], dict[str, Any]]
"""Gives the ids in (a part of) a row of a table new values."""

KEPT_WHEN_GONE = frozenset({"codex_entries", "codex_facts"})
"""Rows that are gone and can come back by an undo: their ids must stay distinct."""


# --- JSON ---


@record
class JsonColumn:
    """The contents of a column of JSON: its form, and where ids and images of rows are in it, if
    any."""

    has_form: Callable[[Any], bool]
    ids: Callable[[Any, MapRow], Any] | None = None
    images: Callable[[Any], Iterable[tuple[str, list[dict[str, Any]]]]] = lambda _any: ()


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_text_object(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())


_IMAGES = {"entries": "codex_entries", "facts": "codex_facts"}
_NEEDED = {"entries": ("id", "merged_into"), "facts": ("id", "entry_id", "other_entry_id")}
"""The columns that undoing a change looks for in the images of its rows (``codex/journal.py``)."""


def _is_image(value: Any) -> bool:
    return isinstance(value, dict) and all(
        name in _IMAGES and isinstance(rows, list) and all(_is_row(name, row) for row in rows)
        for name, rows in value.items()
    )


def _is_row(name: str, row: Any) -> bool:
    return isinstance(row, dict) and all(column in row for column in _NEEDED[name])


def _images(value: Any) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for name, rows in value.items():
        yield _IMAGES[name], rows


def _ids_in_image(value: Any, map_row: MapRow) -> Any:
    return {name: [map_row(_IMAGES[name], row) for row in rows] for name, rows in value.items()}


def _ids_in_step(value: Any, map_row: MapRow) -> Any:
    """Developments name the seed by the number of its entry (``analysis/answers.py``)."""
    answers = value.get("answers") if isinstance(value, dict) else None
    if not isinstance(answers, list):
        return value
    return {**value, "answers": [_ids_in_answer(answer, map_row) for answer in answers]}


def _ids_in_answer(answer: Any, map_row: MapRow) -> Any:
    found = answer.get("developments") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        return answer
    return {**answer, "developments": [_ids_in_development(one, map_row) for one in found]}


def _ids_in_development(development: Any, map_row: MapRow) -> Any:
    if not isinstance(development, dict) or not isinstance(development.get("seed"), int):
        return development
    return {**development, "seed": map_row("codex_entries", {"id": development["seed"]})["id"]}


def _ids_in_result(value: Any, map_row: MapRow) -> Any:
    steps = value.get("steps") if isinstance(value, dict) else None
    if not isinstance(steps, dict):
        return value
    return {**value, "steps": {n: _ids_in_step(step, map_row) for n, step in steps.items()}}


JSON_COLUMNS: dict[str, JsonColumn] = {
    "novel_projects.metadata": JsonColumn(_is_object),
    "novel_conversations.metadata": JsonColumn(_is_object),
    "novel_blueprints.world_setting": JsonColumn(lambda _any: True),
    "blueprint_characters.extra": JsonColumn(lambda _any: True),
    "concept_briefs.brief": JsonColumn(_is_object),
    "writing_guides.style_samples": JsonColumn(_is_text_list),
    "writing_guides.constitution": JsonColumn(_is_text_list),
    "auto_runs.options": JsonColumn(_is_object),
    "outline_runs.proposals": JsonColumn(_is_list),
    "chapter_candidates.token_usage": JsonColumn(is_spent),
    "chapter_versions.metadata": JsonColumn(_is_object),
    "chapter_evaluations.details": JsonColumn(_is_object),
    "analysis_batches.estimate": JsonColumn(is_spent),
    "pending_analysis.generation_config": JsonColumn(_is_object),
    "pending_analysis.result": JsonColumn(_is_object, _ids_in_result),
    "pending_analysis.token_usage": JsonColumn(is_spent),
    "analysis_steps.result": JsonColumn(_is_object, _ids_in_step),
    "analysis_steps.token_usage": JsonColumn(is_spent),
    "codex_entries.aliases": JsonColumn(_is_text_list),
    "codex_entries.attributes": JsonColumn(_is_text_object),
    "codex_entries.refused_aliases": JsonColumn(_is_text_list),
    "codex_facts.aliases": JsonColumn(_is_text_list),
    "codex_journal.before": JsonColumn(_is_image, _ids_in_image, _images),
    "codex_journal.after": JsonColumn(_is_image, _ids_in_image, _images),
}
"""Every column of JSON that is carried. One that is not here is carried as it is."""


# --- ids in text ---

_KEYED = {"codex": "codex_entries", "seed": "codex_entries", "passage": "chapters"}
_KEY = re.compile(r"([1-9][0-9]{0,17})(:[0-9]+)?", re.ASCII)


def id_in_text(place: str, row: dict[str, Any]) -> tuple[str, int, str] | None:
    """The id that a column of text ("table.column") begins with in such a row: its table, the id
    and what follows; ``None`` if it holds none.

    A choice about the context names its piece by a key: an entry by its id, a passage by that of
    its chapter and where it begins (``writing/context/sections.py``).
    """
    table = _KEYED.get(str(row.get("kind"))) if place == "context_choices.key" else None
    found = _KEY.fullmatch(str(row.get("key"))) if table else None
    return (table, int(found[1]), found[2] or "") if table and found else None


# --- this computer ---

_ONLY_HERE = frozenset(
    {
        *("owner", "lease_owner", "lease_expires_at", "not_before", "error_message", "profile"),
        "rescue_count",
    }
)
"""Columns, by their names in whatever table, that say nothing on another computer, or may name a
server: who works on a row, until when, what a connection said, and what the author calls it."""

_AT_REST: dict[str, dict[str, dict[str, Any]]] = {
    "pending_analysis": {"processing": {"status": "pending", "current_step": None}},
    # On another computer it must not begin to spend by itself.
    "auto_runs": {"running": {"status": "paused"}},
    "outline_runs": {"running": {"status": "stopped"}},
}
"""The values that bring to rest a row that is being worked on, by its status."""

_SUSPICIOUS = re.compile(
    r"(^|_)(url|address|host|path|file|folder|key|token|secret|endpoint|owner|lease|instance"
    r"|machine|pid|process|error_message|provider|profile|model)(_|$)"
)
_HARMLESS = frozenset({"token_usage", "came_with_file", "context_choices.key", "model_words"})
BUILT_IN = "builtin"


def may_be_of_this_computer(column: Column[Any]) -> bool:
    """True if a column's name sounds like a key, an address or a place, and no rule covers it."""
    name = column.name
    is_harmless = name in _HARMLESS or f"{column.table.name}.{name}" in _HARMLESS
    is_covered = is_harmless or name in _ONLY_HERE or name in _WITHOUT_ADDRESS
    return bool(_SUSPICIOUS.search(name)) and not is_covered


def _provider_without_address(text: str) -> str:
    """ "api.example.com/gpt" is "/gpt": which model, but not where; a host alone is nothing."""
    host, slash, model = text.partition("/")
    return text if host == BUILT_IN else slash + _model_without_path(model)


def _model_without_path(text: str) -> str:
    """Some servers call a model by the path of its file; the file's name is enough."""
    is_path = text.startswith(("/", "~")) or "\\" in text or ":" in text[1:2]
    return re.split(r"[/\\]", text)[-1] if is_path else text


_WITHOUT_ADDRESS: dict[str, Callable[[str], str]] = {
    "provider": _provider_without_address,
    "model": _model_without_path,
}


def without_this_computer(carried: CarriedTable, row: dict[str, Any]) -> dict[str, Any]:
    """The row as it is true everywhere: nobody works on it, and no server or place is named."""
    columns = carried.table.columns
    clean = dict(row)
    for name, value in row.items():
        if name in _ONLY_HERE and name in columns:
            clean[name] = _nothing(columns[name])
        elif isinstance(value, str) and name in _WITHOUT_ADDRESS:
            clean[name] = _WITHOUT_ADDRESS[name](value)
    return clean | _AT_REST.get(carried.name, {}).get(str(row.get("status")), {})


def _nothing(column: Column[Any]) -> Any:
    if column.nullable:
        return None
    return 0 if isinstance(column.type, Integer) else ""
