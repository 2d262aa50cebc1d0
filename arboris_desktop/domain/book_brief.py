"""The book in short, as whoever plans it needs to know it."""

from __future__ import annotations

from arboris_desktop.domain.blueprint import Blueprint, BlueprintCharacter, Place
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.domain.record import record


@record
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

    @classmethod
    def of(
        cls, project: NovelProject, blueprint: Blueprint, settled: tuple[str, ...] = ()
    ) -> BookBrief:
        """Sums up a novel and its blueprint."""
        places = (_place(each) for each in (*blueprint.locations, *blueprint.factions))
        return cls(
            title=project.title,
            language=project.language,
            premise=project.premise,
            genre=blueprint.genre,
            style=project.style,
            tone=blueprint.tone,
            audience=blueprint.audience,
            one_sentence=blueprint.summary,
            synopsis=blueprint.synopsis,
            settled=settled,
            world=(*blueprint.world_lines, *filter(None, places)),
            characters=tuple(_character(each) for each in blueprint.characters),
            names=tuple(each.name for each in blueprint.characters),
        )


def _place(place: Place) -> str:
    return ": ".join(filter(None, (place.name.strip(), place.description.strip())))


def _character(one: BlueprintCharacter) -> str:
    told = (one.identity, one.goals, one.personality, one.abilities, one.relation)
    return f"{one.name}: {'; '.join(part.strip() for part in told if part.strip())}"
