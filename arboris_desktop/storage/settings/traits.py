"""Facts learnt of the models behind the author's profiles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import delete, select

from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.settings import model_traits


class ModelTraitRepository(Repository):
    """Reads and writes traits within the caller's transaction; see ``llm.traits``."""

    def get(self, profile_id: str, address: str, model: str) -> dict[str, Any]:
        """Returns the facts known of a model behind a profile; empty when there are none."""
        query = select(model_traits.c.traits).where(
            model_traits.c.profile_id == profile_id,
            model_traits.c.address == address,
            model_traits.c.model == model,
        )
        found = self._connection.execute(query).scalar_one_or_none()
        return found if isinstance(found, dict) else {}

    def put(self, profile_id: str, address: str, model: str, traits: Mapping[str, Any]) -> None:
        """Stores all that is known of a model, in place of what was."""
        values = {"traits": dict(traits), "updated_at": self._clock()}
        key = {"profile_id": profile_id, "address": address, "model": model}
        self._upsert(model_traits, key, values)

    def forget(self, profile_ids: Collection[str]) -> None:
        """Forgets what is known of profiles: they have changed, or are gone."""
        self._connection.execute(
            delete(model_traits).where(model_traits.c.profile_id.in_(profile_ids))
        )
