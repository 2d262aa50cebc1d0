"""Triggers that keep counts of tasks and calls, whatever statement changes the rows.

The count is part of the transaction that changes what is counted, a cascade included. On
PostgreSQL a statement counts once, however many rows it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, text

from arboris_desktop.storage.tables.columns import SLOTS

_STATES = {
    "unfinished": ("pending", "processing"),
    "completed": ("completed",),
    "failed": ("failed",),
    "cancelled": ("cancelled",),
    "resting": ("resting",),
}
_CALL_KEY = ("provider", "model", "currency", "slot")
_CALL_SUMS = ("calls", "prompt_tokens", "completion_tokens", "cost")


def _is_one_of(status: str, states: Sequence[str]) -> str:
    return f"{status} IN ({', '.join(repr(state) for state in states)})"


def _raised(table: str, key: Sequence[str], sums: Sequence[str], rows: str) -> str:
    """The statement that adds rows of sums to a table of them."""
    raised = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in sums)
    return (
        f"INSERT INTO {table} ({', '.join((*key, *sums))}) {rows}"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {raised}"
    )


def _tasks_raised(rows: str) -> str:
    return _raised("analysis_counts", ("project_id",), tuple(_STATES), rows)


def _calls_raised(rows: str) -> str:
    return _raised("call_totals", _CALL_KEY, _CALL_SUMS, rows)


# --- of many rows at once ---


def _tasks(rows: str, raised: int) -> str:
    return f"SELECT project_id, status, {raised} AS raised FROM {rows}"


def _count_tasks(tasks: str) -> str:
    """Adds up rows of a novel, a state, and by how much that is raised. What comes to nothing is
    left alone, as a claim, so that nobody waits for it."""
    sums = [
        f"sum(CASE WHEN {_is_one_of('status', states)} THEN raised ELSE 0 END)"
        for states in _STATES.values()
    ]
    return _tasks_raised(
        f"SELECT project_id, {', '.join(sums)} FROM ({tasks}) AS changed GROUP BY project_id"
        f" HAVING {' OR '.join(f'{each} <> 0' for each in sums)} ORDER BY project_id"
    )


def _count_calls(calls: str, sign: str = "") -> str:
    """Adds up rows of calls that were made here."""
    key = f"provider, model, coalesce(currency, ''), id % {SLOTS}"
    return _calls_raised(
        f"SELECT {key}, {sign}count(*), {sign}sum(prompt_tokens), {sign}sum(completion_tokens),"
        f" {sign}coalesce(sum(cost), 0) FROM {calls} WHERE came_with_file = 0"
        f" GROUP BY {key} ORDER BY 1, 2, 3, 4"
    )


COUNT_ALL = (_count_tasks(_tasks("pending_analysis", 1)), _count_calls("model_calls"))
"""Counts what is there, where nothing was counted yet."""

COUNTED = ("analysis_counts", "call_totals")
"""The tables that the triggers fill."""


def _on_postgresql() -> Iterator[str]:
    new, old = _tasks("new_rows", 1), _tasks("old_rows", -1)
    on_tasks, on_calls = "ON pending_analysis", "ON model_calls"
    yield from _for_statement("tasks_arrive", f"INSERT {on_tasks}", _count_tasks(new), "NEW")
    yield from _for_statement("tasks_leave", f"DELETE {on_tasks}", _count_tasks(old), "OLD")
    both = _count_tasks(f"{new} UNION ALL {old}")
    yield from _for_statement("tasks_change", f"UPDATE {on_tasks}", both, "OLD", "NEW")
    arrived, left = _count_calls("new_rows"), _count_calls("old_rows", "-")
    yield from _for_statement("calls_arrive", f"INSERT {on_calls}", arrived, "NEW")
    yield from _for_statement("calls_leave", f"DELETE {on_calls}", left, "OLD")


def _for_statement(name: str, event: str, body: str, *rows: str) -> Iterator[str]:
    known = " ".join(f"{each} TABLE AS {each.lower()}_rows" for each in rows)
    yield (
        f"CREATE FUNCTION count_{name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {body}; RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER count_{name} AFTER {event} REFERENCING {known}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION count_{name}()"
    )


# --- of one row ---


def _count_task(*signed_rows: str) -> str:
    """``signed_rows`` are such as "+ NEW"."""
    numbers = (
        " ".join(f"{sign} ({_is_one_of(f'{row}.status', states)})" for sign, row in signs)
        for signs in [[each.split() for each in signed_rows]]
        for states in _STATES.values()
    )
    row = signed_rows[0].split()[1]
    return _tasks_raised(f"VALUES ({', '.join((f'{row}.project_id', *numbers))})")


def _count_call(sign: str, row: str) -> str:
    key = f"{row}.provider, {row}.model, coalesce({row}.currency, ''), {row}.id % {SLOTS}"
    return _calls_raised(
        f"VALUES ({key}, {sign}1, {sign}{row}.prompt_tokens, {sign}{row}.completion_tokens,"
        f" {sign}coalesce({row}.cost, 0))"
    )


def _on_sqlite() -> Iterator[str]:
    tasks, calls = "ON pending_analysis", "ON model_calls"
    yield _for_row("tasks_arrive", f"INSERT {tasks}", _count_task("+ NEW"))
    yield _for_row("tasks_leave", f"DELETE {tasks}", _count_task("- OLD"))
    unfinished = _STATES["unfinished"]
    is_open = " AND ".join(_is_one_of(f"{row}.status", unfinished) for row in ("OLD", "NEW"))
    changes = f"UPDATE OF status {tasks} WHEN OLD.status <> NEW.status AND NOT ({is_open})"
    yield _for_row("tasks_change", changes, _count_task("+ NEW", "- OLD"))
    for name, event, sign, row in (
        ("arrive", "INSERT", "", "NEW"),
        ("leave", "DELETE", "-", "OLD"),
    ):
        made_here = f"{event} {calls} WHEN {row}.came_with_file = 0"
        yield _for_row(f"calls_{name}", made_here, _count_call(sign, row))


def _for_row(name: str, event: str, body: str) -> str:
    return f"CREATE TRIGGER count_{name} AFTER {event} BEGIN {body}; END"


def counting(dialect: str) -> tuple[str, ...]:
    """The statements that make the triggers, for a kind of database; none for MySQL, which has
    no triggers for what a cascade does, and wants a right of its own for the others."""
    if dialect == "mysql":
        return ()
    return tuple({"sqlite": _on_sqlite, "postgresql": _on_postgresql}[dialect]())


@contextmanager
def counted_at_once(connection: Connection) -> Iterator[None]:
    """Lets a block fill an empty library, whose rows are counted at its end where it would take
    long to count each: PostgreSQL keeps every state of a count until the transaction ends."""
    if connection.dialect.name != "postgresql":
        yield
        return
    for table in ("pending_analysis", "model_calls"):
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    yield
    for statement in COUNT_ALL:
        connection.execute(text(statement))
    for table in ("pending_analysis", "model_calls"):
        connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
