"""The blueprint against a scripted server: part by part, and never over the author's words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from arboris_desktop.domain.blueprint import (
    Blueprint,
    BlueprintCharacter,
    BlueprintField,
    BlueprintPart,
    Place,
    Relationship,
)
from arboris_desktop.domain.concept import Topic
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import CallOutcome
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.blueprint.blueprints import Blueprints, blueprint_lines
from arboris_desktop.writing.blueprint.reading import values_of
from arboris_desktop.writing.concept.dialogue import Concept
from arboris_desktop.writing.novels import Novels
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    json_answer,
    prompt_of,
    schema_name,
    stall,
    text,
)
from tests.unit.writing.blueprint.blueprint_answers import PARTS, STORY, whole_blueprint

IDEA = "A lighthouse that has gone dark."


@pytest.fixture
def calls(database: Database, source: ProviderSource) -> ModelCalls:
    return ModelCalls(database, source, PromptLibrary())


@pytest.fixture
def blueprints(database: Database, calls: ModelCalls) -> Blueprints:
    return Blueprints(database, calls)


@pytest.fixture
def project_id(database: Database) -> str:
    return Novels(database).create(NewNovel("Untitled", premise=IDEA, is_untitled=True))


def complete(blueprints: Blueprints, project_id: str) -> Blueprint:
    return asyncio.run(blueprints.complete(project_id)).value


async def stop_when(
    seen: Callable[[BlueprintField, str], bool], blueprints: Blueprints, project_id: str
) -> None:
    """Stops the making once a field shows what is looked for."""
    found = asyncio.Event()

    def watch(field: BlueprintField, so_far: str) -> None:
        if seen(field, so_far):
            found.set()

    making = asyncio.create_task(blueprints.complete(project_id, progress=watch))
    await found.wait()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making


def test_every_part_is_made_and_stored(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = whole_blueprint

    answer = asyncio.run(blueprints.complete(project_id))

    assert scripted_provider.schema_names() == [
        "blueprint_basics",
        None,
        "blueprint_world",
        "blueprint_characters",
        "blueprint_relationships",
    ]
    blueprint = blueprints.open(project_id).blueprint
    assert blueprint == answer.value
    assert blueprint.title == "The Dark Lamp"
    assert blueprint.synopsis == STORY
    assert blueprint.rules == "No boat lands after dark.\nThe lamp must never go out."
    assert blueprint.locations == (Place("The Quay", "smells of tar"),)
    assert [each.name for each in blueprint.characters] == ["Mara", "To"]
    assert blueprint.relationships == (Relationship("Mara", "To", "does not trust him"),)
    assert answer.spent.tokens == 5 * 18
    assert blueprints.open(project_id).project.title == "Untitled"


def test_a_part_is_told_what_was_made_before_it(
    blueprints: Blueprints,
    calls: ModelCalls,
    database: Database,
    project_id: str,
    scripted_provider: ScriptedProvider,
) -> None:
    Concept(database, calls).settle(project_id, Topic.ENDING, "The lamp burns again.")
    scripted_provider.rule = whole_blueprint

    complete(blueprints, project_id)

    characters = prompt_of(scripted_provider.requests[3])
    assert IDEA in characters
    assert "- ending: The lamp burns again." in characters
    assert STORY in characters
    assert "The Quay: smells of tar" in characters


def test_each_field_is_told_as_it_grows(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = whole_blueprint
    seen: dict[BlueprintField, list[str]] = {}

    def watch(field: BlueprintField, so_far: str) -> None:
        seen.setdefault(field, []).append(so_far)

    asyncio.run(blueprints.complete(project_id, progress=watch))

    assert seen[BlueprintField.TITLE][-1] == "The Dark Lamp"
    assert len(seen[BlueprintField.SYNOPSIS]) > 3
    assert seen[BlueprintField.SYNOPSIS][-1] == STORY
    assert seen[BlueprintField.CHARACTERS][-1].startswith("Mara: the keeper's daughter;")


def test_what_the_author_wrote_is_left_alone(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = whole_blueprint
    blueprints.set(project_id, BlueprintField.TITLE, "Ebb")
    blueprints.set(project_id, BlueprintField.CHARACTERS, (BlueprintCharacter("Nora"),))

    blueprint = complete(blueprints, project_id)

    assert blueprint.title == "Ebb"
    assert blueprint.characters == (BlueprintCharacter("Nora"),)
    assert BlueprintPart.RELATIONSHIPS not in blueprint.missing_parts()
    assert "Title: Ebb" in prompt_of(scripted_provider.requests[0])


def test_a_failure_keeps_what_is_done_and_the_next_run_goes_on(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend(
        [json_answer(PARTS["blueprint_basics"]), text(STORY), error(401, "no")]
    )
    with pytest.raises(ProviderError):
        complete(blueprints, project_id)
    assert blueprints.open(project_id).blueprint.missing_parts() == [
        BlueprintPart.WORLD,
        BlueprintPart.CHARACTERS,
        BlueprintPart.RELATIONSHIPS,
    ]
    scripted_provider.rule = whole_blueprint

    assert complete(blueprints, project_id).missing_parts() == []
    assert len(scripted_provider.requests) == 6


def test_a_stop_keeps_the_sentences_of_the_synopsis(
    blueprints: Blueprints, database: Database, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend(
        [json_answer(PARTS["blueprint_basics"]), stall(after="Mara comes home. She li")]
    )

    asyncio.run(stop_when(lambda _field, so_far: "She li" in so_far, blueprints, project_id))

    assert blueprints.open(project_id).blueprint.synopsis == "Mara comes home."
    with database.read() as transaction:
        outcomes = [call.outcome for call in transaction.calls.of_project(project_id)]
    assert CallOutcome.CANCELLED in outcomes


def test_a_stop_keeps_the_fields_that_were_whole(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after='{"title": "Ebb", "genre": "myst'))

    asyncio.run(stop_when(lambda _field, so_far: so_far == "myst", blueprints, project_id))

    blueprint = blueprints.open(project_id).blueprint
    assert (blueprint.title, blueprint.genre) == ("Ebb", "")


def test_a_model_without_json_is_asked_field_by_field(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    in_words = {
        "Title": 'Title: "The Dark Lamp"',
        "Key locations": "The Quay: smells of tar\nThe Lamp Room: cold",
        "Characters": "- Mara: the keeper's daughter\n- To: a pilot",
        "Relationships": "Mara -> To: does not trust him",
    }

    def clumsy(request: dict[str, object]) -> object:
        asked = prompt_of(request)
        for name, answer in in_words.items():
            if f"Write now: {name}." in asked:
                return text(answer)
        return text("Plain words.")

    scripted_provider.rule = clumsy  # type: ignore[assignment]

    blueprint = complete(blueprints, project_id)

    assert blueprint.title == "The Dark Lamp"
    assert blueprint.tone == "Plain words."
    assert [place.name for place in blueprint.locations] == ["The Quay", "The Lamp Room"]
    assert [each.name for each in blueprint.characters] == ["Mara", "To"]
    assert blueprint.relationships[0].description == "does not trust him"
    assert blueprint.missing_parts() == []


def test_a_hopeless_model_ends_the_run_all_the_same(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(" ")

    blueprint = complete(blueprints, project_id)

    assert blueprint == Blueprint()
    assert len(scripted_provider.requests) < 40


def test_a_broken_form_is_read_as_far_as_it_can_be(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    broken = text('{"title": "Ebb", "tone": "cold", "genre": ')
    scripted_provider.rule = lambda request: (
        broken if schema_name(request) == "blueprint_basics" else text("Some words.")
    )

    blueprint = complete(blueprints, project_id)

    assert (blueprint.title, blueprint.tone, blueprint.genre) == ("Ebb", "cold", "Some words.")


def test_a_name_counts_once() -> None:
    people = [{"name": "Mara", "identity": "keeper"}, {"name": "To"}, {"name": "mara"}, {}]
    pairs = [{"source": "Mara", "target": "To"}, {"source": "To", "target": ""}]
    pairs.append({"source": "Mara", "target": "To", "description": "again"})

    found = values_of({"characters": people, "relationships": pairs})

    assert found[BlueprintField.CHARACTERS] == (
        BlueprintCharacter(name="Mara", identity="keeper"),
        BlueprintCharacter(name="To"),
    )
    assert found[BlueprintField.RELATIONSHIPS] == (Relationship("Mara", "To"),)


def test_the_preview_is_what_is_sent_next(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = whole_blueprint
    preview = asyncio.run(blueprints.preview(project_id))

    complete(blueprints, project_id)

    sent = scripted_provider.requests[0]
    assert prompt_of(sent) == "\n\n".join(message.content for message in preview.messages)


# Remaking a field


def test_a_text_is_proposed_and_stored_only_when_accepted(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    blueprints.set(project_id, BlueprintField.TONE, "cold, still")
    scripted_provider.behaviours.append(text("Tone: cold, still, funny"))

    answer = asyncio.run(blueprints.propose(project_id, BlueprintField.TONE, "add humour"))

    proposal = answer.value
    assert (proposal.old_text, proposal.new_text) == ("cold, still", "cold, still, funny")
    sent = prompt_of(scripted_provider.requests[0])
    assert "The author's instruction: add humour" in sent
    assert "Its present text:\ncold, still" in sent
    assert blueprints.open(project_id).blueprint.tone == "cold, still"


def test_a_list_is_proposed_as_a_list(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    blueprints.set(project_id, BlueprintField.FACTIONS, (Place("The Pilots", "want it dark"),))
    factions = [{"name": "The Pilots", "description": "want it lit"}]
    scripted_provider.behaviours.append(json_answer({"factions": factions}))
    seen: list[str] = []

    answer = asyncio.run(
        blueprints.propose(
            project_id,
            BlueprintField.FACTIONS,
            "turn them",
            progress=lambda _field, so_far: seen.append(so_far),
        )
    )

    assert answer.value.new == (Place("The Pilots", "want it lit"),)
    assert seen[-1] == "The Pilots: want it lit"
    assert '{"factions": [{"name": ..., "description": ...}, ...]}' in prompt_of(
        scripted_provider.requests[0]
    )


def test_proposals_wait_for_the_author_also_over_a_crash(
    blueprints: Blueprints,
    project_id: str,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    factions = [{"name": "The Pilots", "description": "want it lit"}]
    scripted_provider.behaviours += [text("Tone: funny"), json_answer({"factions": factions})]
    asyncio.run(blueprints.propose(project_id, BlueprintField.TONE, "add humour"))
    asyncio.run(blueprints.propose(project_id, BlueprintField.FACTIONS, "turn them"))
    blueprints.set(project_id, BlueprintField.TONE, "cold")

    # Another program knows nothing but what is stored.
    again = Blueprints(database, blueprints._calls)
    tone = again.waiting(project_id, BlueprintField.TONE)
    factions_kept = again.waiting(project_id, BlueprintField.FACTIONS)
    assert tone is not None
    assert factions_kept is not None
    assert (tone.field, tone.old_text, tone.new_text) == (BlueprintField.TONE, "cold", "funny")
    assert factions_kept.new == (Place("The Pilots", "want it lit"),)
    blueprints.set(project_id, BlueprintField.TONE, "funny")
    assert again.waiting(project_id, BlueprintField.TONE) is None, "it is accepted"
    blueprints.set(project_id, BlueprintField.TONE, "cold")

    again.forget(project_id, BlueprintField.TONE)
    assert again.waiting(project_id, BlueprintField.TONE) is None
    with database._store.writing() as connection:
        connection.exec_driver_sql("UPDATE kept_answers SET content = '{\"value\": 7}'")
    assert again.waiting(project_id, BlueprintField.FACTIONS) is None


def test_an_empty_proposal_is_a_failure(
    blueprints: Blueprints, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer({"factions": []}))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(blueprints.propose(project_id, BlueprintField.FACTIONS, "none"))

    assert caught.value.kind is ErrorKind.EMPTY_ANSWER


# What the rest of the book sees


def test_the_novel_follows_only_when_the_author_wants_it(
    blueprints: Blueprints, project_id: str
) -> None:
    with pytest.raises(RuleError):
        blueprints.adopt(project_id, title=True, premise=False)
    blueprints.set(project_id, BlueprintField.TITLE, "Ebb")
    blueprints.set(project_id, BlueprintField.SUMMARY, "Mara lights the lamp.")
    blueprints.set(project_id, BlueprintField.STYLE, "plain")

    blueprints.adopt(project_id, title=False, premise=True)
    opened = blueprints.open(project_id)
    assert (opened.project.title, opened.blueprint.title) == ("Untitled", "Ebb")
    assert opened.project.premise == "Mara lights the lamp."

    blueprints.adopt(project_id, title=True, premise=False)
    opened = blueprints.open(project_id)
    assert (opened.project.title, opened.project.style) == ("Ebb", "plain")


def test_a_chapter_is_told_what_concerns_it(
    blueprints: Blueprints,
    database: Database,
    project_id: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = whole_blueprint
    complete(blueprints, project_id)

    with database.read() as transaction:
        lines = blueprint_lines(transaction, project_id, "Mara meets To at The Quay.")
        others = blueprint_lines(transaction, project_id, "Mara sleeps.")

    assert lines == (
        "Genre: mystery",
        "Tone: still, cold",
        "One-sentence summary: A daughter looks for the one who put out her father's lamp.",
        "- No boat lands after dark.",
        "- The lamp must never go out.",
        "- Mara: the keeper's daughter; personality: stubborn; wants: the truth; "
        "can: reads the sea",
        "- To: a pilot; personality: kind, cowardly; wants: peace; can: knows every rock; "
        "to the protagonist: her first love",
        "- The Quay: smells of tar",
        "- Mara → To: does not trust him",
    )
    assert not any("To:" in line or "Quay" in line for line in others)


def test_what_arboris_novel_kept_besides_stays(
    blueprints: Blueprints, database: Database, project_id: str
) -> None:
    blueprints.set(project_id, BlueprintField.RULES, "Old rule.")
    blueprints.set(project_id, BlueprintField.LOCATIONS, (Place("Quay", "tar"),))
    blueprints.set(project_id, BlueprintField.RULES, "New rule.")

    blueprint = blueprints.open(project_id).blueprint
    assert (blueprint.rules, blueprint.locations) == ("New rule.", (Place("Quay", "tar"),))
