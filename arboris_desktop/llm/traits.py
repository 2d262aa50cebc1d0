"""Facts learnt about the model behind a profile, stored until the profile changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, Protocol

from arboris_desktop.domain.record import record

Traits = Mapping[str, Any]
"""Known facts by name; the values can be stored as JSON."""


@record
class ModelPlace:
    """The model that a fact is about: the same profile with another address or model is another
    one."""

    profile_id: str
    address: str
    model: str


DIALECT = "dialect"
"""The trait that holds what a server understands, and the context that it reports."""


def told_context(traits: Traits) -> int:
    """Returns the context that the server itself reported; 0 if it did not."""
    dialect = traits.get(DIALECT)
    context = dialect.get("context_tokens") if isinstance(dialect, Mapping) else None
    return context if type(context) is int and context > 0 else 0


class TraitStore(Protocol):
    """Stores traits. Thread-safe; a failure must not cost a call, so it raises nothing."""

    def load(self, place: ModelPlace) -> Traits:
        """Returns all that is known; empty if nothing is."""
        ...

    def save(self, place: ModelPlace, traits: Traits) -> None:
        """Adds to what is known, replacing values of the same names."""
        ...


class SessionTraits:
    """Keeps traits in memory, until the process ends."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[ModelPlace, dict[str, Any]] = {}

    def load(self, place: ModelPlace) -> Traits:
        """Returns all that is known; empty if nothing is."""
        with self._lock:
            return dict(self._known.get(place, {}))

    def save(self, place: ModelPlace, traits: Traits) -> None:
        """Adds to what is known, replacing values of the same names."""
        with self._lock:
            self._known.setdefault(place, {}).update(traits)
