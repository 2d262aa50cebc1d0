"""Copying entries from the blueprint into the codex; writing and analysis do not know each
other."""

from __future__ import annotations

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.blueprint import BlueprintCharacter, Place
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.text.blueprint_lines import item_line
from arboris_desktop.writing.blueprint.blueprints import OpenBlueprint


def add_entries(codex: Codex, project_id: str, opened: OpenBlueprint) -> int:
    """Adds the blueprint's entries that the codex lacks, as the author's; returns how many.

    An entry that exists already, by this or another name, is left as it is.
    """
    blueprint, language = opened.blueprint, opened.project.language
    known = {name for entry in codex.entries(project_id) for name in (entry.name, *entry.aliases)}
    named: dict[EntryKind, tuple[Place | BlueprintCharacter, ...]] = {
        EntryKind.CHARACTER: blueprint.characters,
        EntryKind.LOCATION: blueprint.locations,
        EntryKind.FACTION: blueprint.factions,
    }
    added = 0
    for kind, entries in named.items():
        for each in entries:
            if each.name and each.name not in known:
                line = item_line(each, language).removeprefix(each.name).lstrip(":： ")
                codex.add_entry(project_id, kind, each.name, line)
                known.add(each.name)
                added += 1
    return added
