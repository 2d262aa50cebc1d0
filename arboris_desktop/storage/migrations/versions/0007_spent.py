"""Spending as one value: tokens, and the money of each currency for itself."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = ("analysis_steps", "pending_analysis", "chapter_candidates")
"""The steps come first: those that have no currency were paid in that of their task."""

_MONEY = (
    "UPDATE {table} SET token_usage = json_set(token_usage,"
    " '$.money', CASE WHEN cost > 0 THEN json_object({currency}, cost) ELSE json('{{}}') END,"
    " '$.unpriced', coalesce(cost IS NULL AND json_extract(token_usage, '$.total_tokens') > 0, 0))"
    " WHERE json_type(token_usage) = 'object'"
)
_OWN = "coalesce(nullif(currency, ''), :charged_in)"
_OF_TASK = (
    "coalesce(nullif(analysis_steps.currency, ''),"
    " (SELECT nullif(currency, '') FROM pending_analysis WHERE id = pending_analysis_id),"
    " :charged_in)"
)
_ESTIMATE = (
    "UPDATE analysis_batches SET estimate = json_remove(json_set(estimate,"
    " '$.money', CASE WHEN json_extract(estimate, '$.cost') > 0"
    " THEN json_object(coalesce(nullif(json_extract(estimate, '$.currency'), ''), 'USD'),"
    " json_extract(estimate, '$.cost')) ELSE json('{}') END,"
    " '$.unpriced', json_extract(estimate, '$.cost') IS NULL), '$.cost', '$.currency')"
    " WHERE json_type(estimate) = 'object'"
)


def upgrade() -> None:
    connection = op.get_bind()
    prices = _settings(connection, "prices")
    charged_in = str(prices.get("currency") or "USD")
    for table in _TABLES:
        currency = _OF_TASK if table == "analysis_steps" else _OWN
        statement = sa.text(_MONEY.format(table=table, currency=currency))
        connection.execute(statement, {"charged_in": charged_in})
    for table in _TABLES:
        op.drop_column(table, "cost")
        op.drop_column(table, "currency")
    op.execute(_ESTIMATE)
    _move_alert(connection, prices, charged_in)


def _move_alert(connection: sa.Connection, prices: dict[str, Any], currency: str) -> None:
    """From when on an analysis is dear is said in a currency now, as the limits are."""
    alert = prices.pop("alert_cost", 0)
    if not alert:
        return
    spending = _settings(connection, "spending")
    limits = [dict(row) for row in spending.get("money", ())]
    own = next((row for row in limits if row.get("currency") == currency), None)
    if own is None:
        own = {"currency": currency}
        limits.append(own)
    own["alert"] = alert
    _store(connection, "spending", {**spending, "money": limits})
    _store(connection, "prices", prices)


def _settings(connection: sa.Connection, name: str) -> dict[str, Any]:
    query = sa.text("SELECT value FROM app_settings WHERE name = :name")
    stored = connection.execute(query, {"name": name}).scalar()
    value = json.loads(stored) if stored else {}
    return value if isinstance(value, dict) else {}


def _store(connection: sa.Connection, name: str, value: dict[str, Any]) -> None:
    statement = sa.text(
        "INSERT INTO app_settings (name, value, updated_at)"
        " VALUES (:name, :value, strftime('%Y-%m-%d %H:%M:%f', 'now'))"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    )
    connection.execute(statement, {"name": name, "value": json.dumps(value)})
