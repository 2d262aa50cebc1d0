"""The notes of a novelWriter project as entries of the codex."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from arboris_desktop.codex.rows import LONGEST_NAME, CodexRow
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.exchange.novelwriter_words import KINDS_OF_ROOTS, NAMED_SECTIONS, NoteSection
from arboris_desktop.exchange.reading.novelwriter_text import DocumentLine, LineKind
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import letters_only

_NUMBER = lazy_pattern(r" \d+$")


@dataclass(slots=True)
class _Note:
    name: str
    tag: str = ""
    also: list[str] = field(default_factory=list)
    role: str = ""
    about: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    section: NoteSection | None = None

    def row(self, kind: EntryKind) -> CodexRow:
        name = " ".join((self.name or self.tag).split())[:LONGEST_NAME].strip()
        return CodexRow(
            kind, name, self._aliases(name), self.role, "\n".join(self.about).strip(), self._facts()
        )

    def _aliases(self, name: str) -> tuple[str, ...]:
        """Returns other names, among them that of the tag if it differs."""
        tag, _, shown = (part.strip() for part in self.tag.partition("|"))
        # No two tags are the same.
        numbered = letters_only(_NUMBER.sub("", tag)) == letters_only(name)
        named = [one for one in ("" if numbered else tag, shown) if one]
        named = [one for one in named if letters_only(one) != letters_only(name)]
        return tuple(
            dict.fromkeys(one[:LONGEST_NAME] for one in (*self.also, *named) if one != name)
        )

    def _facts(self) -> tuple[str, ...]:
        return tuple(one for one in self.facts if one)


def entries_of(lines: Iterable[DocumentLine], root_class: str, name: str) -> list[CodexRow]:
    """Returns the entries in a document below a root of that class; ``name`` is that of the
    document.

    Each heading of the first level begins one; whatever precedes the first belongs to it.
    """
    kind = KINDS_OF_ROOTS[root_class]
    notes: list[_Note] = []
    for line in lines:
        if line.kind is LineKind.HEADING and line.level == 1:
            notes.append(_Note(line.text))
        else:
            if not notes:
                notes.append(_Note(name))
            _take(notes[-1], line)
    return [note.row(kind) for note in notes if note.name or note.tag]


def _take(note: _Note, line: DocumentLine) -> None:
    if line.kind is LineKind.HEADING:
        note.section = NAMED_SECTIONS.get(line.text)
        if note.section is None:
            note.about.append(line.text)
    elif line.kind is LineKind.TAG:
        note.tag = line.text
    elif line.kind is LineKind.SYNOPSIS and not note.role and len(line.text) <= LONGEST_NAME:
        note.role = line.text
    elif line.kind is not LineKind.BLANK:
        _places(note).append(line.text.replace(r"\*", "*"))


def _places(note: _Note) -> list[str]:
    """Returns the part of the note that a heading names."""
    sections = {NoteSection.ALIASES: note.also, NoteSection.FACTS: note.facts}
    return note.about if note.section is None else sections[note.section]
