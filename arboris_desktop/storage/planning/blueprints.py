"""Blueprints: what a novel is to be, and who is in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select, update

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    BlueprintField,
    Place,
    Relationship,
    Value,
    check_value,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.planning.world_setting import change_world, read_world
from arboris_desktop.storage.tables.planning import (
    blueprint_characters,
    blueprint_relationships,
    novel_blueprints,
)

_WORLD = (BlueprintField.RULES, BlueprintField.LOCATIONS, BlueprintField.FACTIONS)


class BlueprintRepository(Repository):
    """Reads and writes blueprints within the caller's transaction."""

    def get(self, project_id: str) -> Blueprint:
        """The blueprint of a novel; empty if nothing is there yet."""
        columns = novel_blueprints.c
        query = select(novel_blueprints).where(columns.project_id == project_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return Blueprint()
        world = read_world(row["world_setting"])
        return Blueprint(
            title=row["title"] or "",
            audience=row["target_audience"] or "",
            genre=row["genre"] or "",
            style=row["style"] or "",
            tone=row["tone"] or "",
            summary=row["one_sentence_summary"] or "",
            synopsis=row["full_synopsis"] or "",
            rules=world.rules,
            locations=world.locations,
            factions=world.factions,
            world=world.others,
            characters=self._characters(project_id),
            relationships=self._relationships(project_id),
        )

    def set(self, project_id: str, field: BlueprintField, value: Value) -> None:
        """Stores the value of a field; raises ``RuleError`` for a value of the wrong kind."""
        check_value(field, value)
        self._ensure(project_id)
        if field is BlueprintField.CHARACTERS:
            self._set_characters(project_id, value)
        elif field is BlueprintField.RELATIONSHIPS:
            self._set_relationships(project_id, value)
        elif field in _WORLD:
            self._set_world(project_id, field, value)
        else:
            self._change(project_id, {field.value: value})

    def _ensure(self, project_id: str) -> None:
        found = select(novel_blueprints.c.project_id).where(
            novel_blueprints.c.project_id == project_id
        )
        if self._connection.execute(found).one_or_none() is None:
            now = self._clock()
            self._connection.execute(
                insert(novel_blueprints).values(
                    project_id=project_id, created_at=now, updated_at=now
                )
            )

    def _change(self, project_id: str, values: dict[str, Any]) -> None:
        self._connection.execute(
            update(novel_blueprints)
            .where(novel_blueprints.c.project_id == project_id)
            .values(**values, updated_at=self._clock())
        )

    def _set_world(self, project_id: str, field: BlueprintField, value: Value) -> None:
        query = select(novel_blueprints.c.world_setting).where(
            novel_blueprints.c.project_id == project_id
        )
        world = self._connection.execute(query).scalar_one()
        stored: object = value
        if not isinstance(value, str):
            places = [place for place in value if isinstance(place, Place)]
            stored = [{"name": each.name, "description": each.description} for each in places]
        self._change(project_id, {"world_setting": change_world(world, field, stored)})

    def _characters(self, project_id: str) -> tuple[BlueprintCharacter, ...]:
        columns = blueprint_characters.c
        query = (
            select(blueprint_characters)
            .where(columns.project_id == project_id)
            .order_by(columns.position, columns.id)
        )
        return tuple(
            BlueprintCharacter(
                row.name,
                row.identity or "",
                row.personality or "",
                row.goals or "",
                row.abilities or "",
                row.relationship_to_protagonist or "",
            )
            for row in self._connection.execute(query)
        )

    def _set_characters(self, project_id: str, value: Value) -> None:
        columns = blueprint_characters.c
        mine = columns.project_id == project_id
        query = select(columns.name, columns.extra).where(mine, columns.extra.is_not(None))
        # What Arboris-Novel knew of somebody besides goes with the name.
        extra = {row.name: row.extra for row in self._connection.execute(query)}
        self._connection.execute(delete(blueprint_characters).where(mine))
        rows = [
            {
                "project_id": project_id,
                "name": each.name,
                "identity": each.identity,
                "personality": each.personality,
                "goals": each.goals,
                "abilities": each.abilities,
                "relationship_to_protagonist": each.relation,
                "extra": extra.get(each.name),
                "position": position,
            }
            for position, each in enumerate(value)
            if isinstance(each, BlueprintCharacter)
        ]
        if rows:
            self._connection.execute(insert(blueprint_characters), rows)

    def _relationships(self, project_id: str) -> tuple[Relationship, ...]:
        columns = blueprint_relationships.c
        query = (
            select(blueprint_relationships)
            .where(columns.project_id == project_id)
            .order_by(columns.position, columns.id)
        )
        return tuple(
            Relationship(row.character_from, row.character_to, row.description or "")
            for row in self._connection.execute(query)
        )

    def _set_relationships(self, project_id: str, value: Value) -> None:
        columns = blueprint_relationships.c
        self._connection.execute(
            delete(blueprint_relationships).where(columns.project_id == project_id)
        )
        rows = [
            {
                "project_id": project_id,
                "character_from": each.source,
                "character_to": each.target,
                "description": each.description,
                "position": position,
            }
            for position, each in enumerate(value)
            if isinstance(each, Relationship)
        ]
        if rows:
            self._connection.execute(insert(blueprint_relationships), rows)
