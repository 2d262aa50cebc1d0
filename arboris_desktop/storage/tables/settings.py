"""The tables of what belongs to this computer and its author, not to a novel."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from arboris_desktop.storage.tables.columns import (
    UtcDateTime,
    created_column,
    id_column,
    metadata,
    updated_column,
)

app_settings = Table(
    "app_settings",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False),
    updated_column(),
)

provider_profiles = Table(
    "provider_profiles",
    metadata,
    # Also the name of its key in the keyring, and so never used again (see ``domain.profiles``).
    Column("id", String(64), primary_key=True),
    Column("name", String(255), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("base_url", Text, nullable=False, server_default=""),
    Column("model", String(255), nullable=False, server_default=""),
    Column("model_path", Text, nullable=False, server_default=""),
    Column("context_tokens", Integer, nullable=False, server_default="0"),
    # 0: by where the server is; so also ``first_token_seconds``.
    Column("max_parallel", Integer, nullable=False, server_default="0"),
    Column("requests_per_minute", Integer, nullable=False, server_default="0"),
    Column("input_per_million", Float, nullable=False, server_default="0"),
    Column("output_per_million", Float, nullable=False, server_default="0"),
    Column("currency", String(8), nullable=False, server_default="USD"),
    Column("position", Integer, nullable=False, server_default="0"),
    created_column(),
    updated_column(),
    Column("first_token_seconds", Integer, nullable=False, server_default="0"),
    # 0: as ``input_per_million``.
    Column("cached_per_million", Float, nullable=False, server_default="0"),
)

model_traits = Table(
    "model_traits",
    metadata,
    # No reference: the environment's profile has no row, and what is known of it is kept, too.
    Column("profile_id", String(64), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("model", String(255), primary_key=True),
    Column("traits", JSON, nullable=False),
    updated_column(),
)

provider_routes = Table(
    "provider_routes",
    metadata,
    # Whom to ask for a task, the first one first; a task without a row goes to the first profile.
    Column("task", String(16), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column(
        "profile_id",
        String(64),
        ForeignKey("provider_profiles.id", ondelete="CASCADE"),
        nullable=False,
    ),
)

# The calls of models that have limits, over all processes: those that run, and those of the last
# minute.
call_places = Table(
    "call_places",
    metadata,
    id_column(),
    Column("model_place", String(255), nullable=False),
    Column("owner", String(64), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "model_place", "started_at"),
)

# Providers that are out of order, as the process that found it says to all others.
provider_circuits = Table(
    "provider_circuits",
    metadata,
    Column("provider", String(255), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("wait_seconds", Float, nullable=False),
    Column("probe_at", UtcDateTime, nullable=False),
)
