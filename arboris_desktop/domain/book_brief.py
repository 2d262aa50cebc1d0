"""The book in short, as whoever plans it needs to know it."""

from __future__ import annotations

from dataclasses import dataclass

from arboris_desktop.domain.novel import Language


@dataclass(frozen=True, slots=True)
class BookBrief:
    """Title, premise, and the blueprint as far as there is one.

    ``world`` and ``characters`` have a line each; ``names`` are those of all characters;
    ``settled`` is what the dialogue about the idea has settled, a line for each topic.
    """

    title: str
    language: Language
    premise: str = ""
    genre: str = ""
    style: str = ""
    tone: str = ""
    audience: str = ""
    one_sentence: str = ""
    synopsis: str = ""
    settled: tuple[str, ...] = ()
    world: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
