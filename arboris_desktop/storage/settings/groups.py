"""The author's settings, one row for each group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any, TypeVar

from sqlalchemy import String, bindparam, cast, exists, select

from arboris_desktop.domain.publishing import PublishingSettings
from arboris_desktop.domain.settings import (
    CodexSettings,
    ColourScheme,
    CountingRecord,
    ExportSettings,
    InterfaceLanguage,
    InterfaceSettings,
    Merging,
    PriceSettings,
    ProviderKind,
    ProviderSettings,
    QueueSettings,
    RetentionSettings,
    SpellingSettings,
    TypingSettings,
    UpdateRecord,
    UpdateSettings,
    WritingSettings,
)
from arboris_desktop.domain.spending import MoneyLimit, SpendSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.settings import app_settings

SettingsGroup = (
    QueueSettings
    | ProviderSettings
    | InterfaceSettings
    | WritingSettings
    | GenerationConfig
    | CodexSettings
    | PriceSettings
    | RetentionSettings
    | UpdateSettings
    | UpdateRecord
    | SpendSettings
    | PublishingSettings
    | ExportSettings
    | TypingSettings
    | SpellingSettings
    | CountingRecord
)
SomeSettings = TypeVar("SomeSettings", bound=SettingsGroup)

_NAMES: dict[type, str] = {
    QueueSettings: "queue",
    ProviderSettings: "provider",
    InterfaceSettings: "interface",
    WritingSettings: "writing",
    GenerationConfig: "analysis",
    CodexSettings: "codex",
    PriceSettings: "prices",
    RetentionSettings: "retention",
    UpdateSettings: "updates",
    UpdateRecord: "update_record",
    SpendSettings: "spending",
    PublishingSettings: "publishing",
    ExportSettings: "export",
    TypingSettings: "typing",
    SpellingSettings: "spelling",
    CountingRecord: "counting",
}


def _money_limits(rows: list[dict[str, Any]]) -> tuple[MoneyLimit, ...]:
    return tuple(MoneyLimit(**row) for row in rows)


_READERS: dict[str, Callable[[Any], object]] = {
    "kind": ProviderKind,
    "language": InterfaceLanguage,
    "colour_scheme": ColourScheme,
    "merging": Merging,
    "money": _money_limits,
    "watched": tuple,
    "folders": tuple,
}

_PAUSED = cast(app_settings.c.value["paused"].as_string(), String(5))
# Some databases make a number of what is true, and some a text.
_IS_PAUSED = (_PAUSED == "true") | (_PAUSED == "1")

PAUSED = exists().where(app_settings.c.name == _NAMES[QueueSettings], _IS_PAUSED)
"""A condition: the author holds the queue. It is part of the claim, and so asked with it."""

_STORED = Prepared(select(app_settings.c.value).where(app_settings.c.name == bindparam("group")))


class SettingsRepository(Repository):
    """Reads and writes groups of settings within the caller's transaction."""

    def get(self, group: type[SomeSettings]) -> SomeSettings:
        """The stored group; what was never set is default, what is not known is ignored."""
        row = _STORED.first(self._connection, group=_NAMES[group])
        if row is None or not row["value"]:
            return group()
        stored: dict[str, Any] = row["value"]
        known = {f.name for f in fields(group)}
        values: dict[str, Any] = {
            name: _READERS[name](value) if name in _READERS else value
            for name, value in stored.items()
            if name in known
        }
        return group(**values)

    def set(self, group: SettingsGroup) -> None:
        """Stores the whole group."""
        values = {"value": asdict(group), "updated_at": self._clock()}
        self._upsert(app_settings, {"name": _NAMES[type(group)]}, values)
