"""Terms that the reader and the writer of novelWriter projects share."""

from __future__ import annotations

from enum import Enum, auto

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.novel import Language

ROOT_CLASSES = {
    EntryKind.CHARACTER: "CHARACTER",
    EntryKind.LOCATION: "WORLD",
    EntryKind.FACTION: "ENTITY",
    EntryKind.ITEM: "OBJECT",
    EntryKind.RULE: "CUSTOM",
    EntryKind.FORESHADOWING: "PLOT",
}
"""The class of the folder with the notes about each kind of entry."""

KINDS_OF_ROOTS = {name: kind for kind, name in ROOT_CLASSES.items()} | {
    "PLOT": EntryKind.RULE,  # An author's note about a plot is not a seed.
    "TIMELINE": EntryKind.RULE,
}


class NoteSection(Enum):
    """A part of a note under its own heading."""

    ALIASES = auto()
    FACTS = auto()


SECTION_NAMES = {
    NoteSection.ALIASES: {Language.ENGLISH: "Also Called", Language.CHINESE: "别名"},
    NoteSection.FACTS: {Language.ENGLISH: "Facts", Language.CHINESE: "事实"},
}
NAMED_SECTIONS = {
    name: section for section, names in SECTION_NAMES.items() for name in names.values()
}

SCENE_NAMES = {Language.ENGLISH: "Scene {number}", Language.CHINESE: "场景 {number}"}
"""The headings of scenes, which have no names here."""
