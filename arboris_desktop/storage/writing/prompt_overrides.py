"""Prompts that the author has changed for a novel."""

from __future__ import annotations

from sqlalchemy import delete, select

from arboris_desktop.domain.novel import Language
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import prompt_overrides

PromptOverrides = dict[tuple[str, Language], str]
"""Texts of prompts by name and language."""


class PromptOverrideRepository(Repository):
    """Reads and writes changed prompts within the caller's transaction."""

    def of_project(self, project_id: str | None) -> PromptOverrides:
        """Every prompt that was changed for the novel; none without a novel."""
        query = select(prompt_overrides).where(prompt_overrides.c.project_id == project_id)
        return {
            (row.name, Language(row.language)): row.content
            for row in self._connection.execute(query)
        }

    def set(self, project_id: str, name: str, language: Language, content: str) -> None:
        """Stores the author's text of a prompt."""
        values = {"content": content, "updated_at": self._clock()}
        key = {"project_id": project_id, "name": name, "language": language.value}
        self._upsert(prompt_overrides, key, values)

    def reset(self, project_id: str, name: str, language: Language) -> None:
        """Goes back to our text of a prompt."""
        columns = prompt_overrides.c
        self._connection.execute(
            delete(prompt_overrides).where(
                columns.project_id == project_id,
                columns.name == name,
                columns.language == language.value,
            )
        )
