"""The inspiration dialogue against a scripted server: stored turn by turn, whatever happens."""

from __future__ import annotations

import asyncio
import json

import pytest

from arboris_desktop.domain.concept import Question, Speaker, Topic, TopicState
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.call_events import CallEvent, CallText
from arboris_desktop.writing.concept.dialogue import Concept
from arboris_desktop.writing.concept.request import skipping_words
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

ASKED = {
    "message": "A lighthouse, then. Who tends it?",
    "choices": ["A daughter who came home", "A deserter in hiding"],
    "topic": "protagonist",
    "settled": [{"topic": "world", "text": "An island with a dark lighthouse."}],
}
NEXT = {
    "message": "And what does she want?",
    "choices": [],
    "topic": "conflict",
    "settled": [{"topic": "protagonist", "text": "Mara, who came home."}],
}


@pytest.fixture
def concept(database: Database, source: ProviderSource) -> Concept:
    return Concept(database, ModelCalls(database, source, PromptLibrary()))


@pytest.fixture
def project_id(database: Database) -> str:
    return Novels(database).create(NewNovel("Untitled", is_untitled=True))


def reply(concept: Concept, project_id: str) -> list[str]:
    """Lets the model answer; returns the pieces of its answer."""
    events: list[CallEvent] = []
    asyncio.run(concept.reply(project_id, events.append))
    return [event.text for event in events if isinstance(event, CallText)]


def test_the_first_words_are_the_idea_and_the_answer_is_stored(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer(ASKED))
    concept.say(project_id, " A lighthouse that has gone dark. ")
    assert concept.open(project_id).awaits_answer

    reply(concept, project_id)

    conversation = concept.open(project_id)
    assert conversation.brief.premise == "A lighthouse that has gone dark."
    assert [turn.speaker for turn in conversation.turns] == [Speaker.AUTHOR, Speaker.MODEL]
    assert conversation.question == Question(
        "A lighthouse, then. Who tends it?",
        Topic.PROTAGONIST,
        ("A daughter who came home", "A deserter in hiding"),
        {Topic.WORLD: "An island with a dark lighthouse."},
    )
    assert conversation.brief.topics(TopicState.SETTLED) == [Topic.WORLD]
    assert not conversation.awaits_answer


def test_what_is_sent_has_what_is_settled_and_the_last_words(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([json_answer(ASKED), json_answer(NEXT)])
    concept.say(project_id, "A lighthouse.")
    reply(concept, project_id)
    concept.say(project_id, "A daughter who came home")
    previewed = asyncio.run(concept.preview_reply(project_id))
    reply(concept, project_id)

    sent = scripted_provider.requests[1]
    assert schema_name(sent) == "concept_dialogue"
    assert prompt_of(sent) == "\n\n".join(message.content for message in previewed.messages)
    assert "- world and setting: An island with a dark lighthouse." in prompt_of(sent)
    assert "You: A lighthouse, then. Who tends it?\nAuthor: A daughter" in prompt_of(sent)


def test_the_model_may_begin(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer(ASKED))

    reply(concept, project_id)

    assert [turn.speaker for turn in concept.open(project_id).turns] == [Speaker.MODEL]
    assert "I have no idea yet" in prompt_of(scripted_provider.requests[0])


def test_a_long_dialogue_sends_no_more_than_the_model_can_take(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    with concept._database.write() as transaction:
        for number in range(400):
            transaction.concepts.add_words(project_id, f"Turn {number}: " + "wind and sea " * 30)

    preview = asyncio.run(concept.preview_reply(project_id))

    assert preview.tokens + (preview.answer_tokens or 0) <= preview.context_tokens
    assert "Turn 399" in preview.messages[1].content
    assert "Turn 0:" not in preview.messages[1].content


def test_a_failed_call_leaves_the_author_s_words_to_be_answered_later(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), json_answer(ASKED)])
    concept.say(project_id, "A lighthouse.")
    with pytest.raises(ProviderError):
        reply(concept, project_id)
    assert concept.open(project_id).awaits_answer

    reply(concept, project_id)

    assert concept.open(project_id).question is not None


@pytest.mark.parametrize(
    ("answer", "message", "choices"),
    [
        ("Who tends the lighthouse?", "Who tends the lighthouse?", ()),
        ('{"message": "Who tends it?", "choices": ["A daughter"', "Who tends it?", ("A daughter",)),
    ],
)
def test_words_in_no_form_are_kept(
    concept: Concept,
    project_id: str,
    scripted_provider: ScriptedProvider,
    answer: str,
    message: str,
    choices: tuple[str, ...],
) -> None:
    scripted_provider.rule = lambda _request: text(answer)
    concept.say(project_id, "A lighthouse.")

    reply(concept, project_id)

    question = concept.open(project_id).question
    assert question is not None
    assert (question.text, question.choices) == (message, choices)
    assert len(scripted_provider.requests) == 3, "the attempts are bounded"


def test_what_is_no_topic_and_too_many_choices_do_no_harm(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    answer = ASKED | {
        "choices": ["a", "b", "a", "", None, "c", "d", "e", "f"],
        "topic": "weather",
        "settled": [{"topic": "weather", "text": "fog"}, {"topic": "theme", "text": None}],
    }
    scripted_provider.behaviours.append(json_answer(answer))

    reply(concept, project_id)

    question = concept.open(project_id).question
    assert question is not None
    assert question.choices == ("a", "b", "c", "d", "e")
    assert question.topic is None
    assert question.settled == {}


def test_going_back_takes_the_turn_out_of_the_brief_and_gives_the_words_back(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.extend([json_answer(ASKED), json_answer(NEXT)])
    concept.say(project_id, "A lighthouse.")
    reply(concept, project_id)
    concept.say(project_id, "Mara, the daughter")
    reply(concept, project_id)
    concept.settle(project_id, Topic.ENDING, "The lamp burns again.")

    conversation, words = concept.undo(project_id)

    assert words == "Mara, the daughter"
    assert conversation.question is not None
    assert conversation.question.topic is Topic.PROTAGONIST
    assert conversation.brief.topics(TopicState.SETTLED) == [Topic.WORLD, Topic.ENDING]

    conversation, words = concept.undo(project_id)
    assert (conversation.turns, words) == ((), "A lighthouse.")
    assert concept.undo(project_id)[1] == ""


def test_an_answer_to_words_that_were_taken_back_is_dropped(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer(ASKED))
    concept.say(project_id, "A lighthouse.")
    taken_back = False

    def take_back(_event: CallEvent) -> None:
        nonlocal taken_back
        if not taken_back:
            taken_back = True
            concept.undo(project_id)

    asyncio.run(concept.reply(project_id, take_back))

    assert concept.open(project_id).turns == ()


def test_a_question_can_be_left_open(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(json_answer(ASKED))
    concept.say(project_id, "A lighthouse.")
    with pytest.raises(RuleError):
        concept.skip_question(project_id)
    reply(concept, project_id)

    conversation = concept.skip_question(project_id)

    assert conversation.brief.topics(TopicState.SKIPPED) == [Topic.PROTAGONIST]
    assert conversation.turns[-1].text == skipping_words(Language.ENGLISH)
    assert concept.undo(project_id)[0].brief.topics(TopicState.SKIPPED) == []


def test_the_brief_is_filled_in_where_it_is_open_and_then_confirmed(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    brief = {topic.value: f"the {topic.value}" for topic in Topic} | {"premise": "another idea"}
    scripted_provider.behaviours.append(json_answer(brief))
    concept.say(project_id, "A lighthouse.")
    concept.settle(project_id, Topic.ENDING, "The lamp burns again.")
    concept.skip(project_id, Topic.THEME, True)

    conversation = asyncio.run(concept.write_brief(project_id, lambda _event: None)).value

    assert conversation.brief.premise == "A lighthouse."
    assert conversation.brief.note(Topic.ENDING).text == "The lamp burns again."
    assert conversation.brief.note(Topic.GENRE).text == "the genre"
    assert conversation.brief.topics(TopicState.SKIPPED) == [Topic.THEME]
    assert concept.confirm(project_id).confirmed_at is not None
    assert concept.settle(project_id, Topic.GENRE, "horror").confirmed_at is None


def test_an_empty_brief_cannot_be_confirmed(concept: Concept, project_id: str) -> None:
    with pytest.raises(RuleError):
        concept.confirm(project_id)
    concept.set_premise(project_id, "A lighthouse.")
    assert concept.confirm(project_id).confirmed_at is not None


def test_starting_over_leaves_nothing(concept: Concept, project_id: str) -> None:
    concept.say(project_id, "A lighthouse.")
    conversation = concept.start_over(project_id)
    assert (conversation.turns, conversation.brief.is_empty) == ((), True)


def test_unattended_needs_one_call_and_survives_a_model_without_json(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    with pytest.raises(RuleError):
        asyncio.run(concept.unattended(project_id))
    scripted_provider.rule = lambda _request: text("I like lighthouses.")

    answer = asyncio.run(concept.unattended(project_id, "A lighthouse."))

    conversation = answer.value
    assert answer.spent.tokens == 3 * 18, "also what could not be read is paid for"
    assert conversation.confirmed_at is not None
    assert conversation.brief.premise == "A lighthouse."
    assert len(scripted_provider.requests) == 3

    scripted_provider.rule = lambda _request: text(json.dumps({"genre": "gothic"}))
    conversation = asyncio.run(concept.unattended(project_id)).value
    assert conversation.brief.note(Topic.GENRE).text == "gothic"
    assert len(scripted_provider.requests) == 4


def test_unattended_tells_when_the_provider_refuses(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(error(401, "no"))

    with pytest.raises(ProviderError) as caught:
        asyncio.run(concept.unattended(project_id, "A lighthouse."))

    assert caught.value.kind is ErrorKind.UNAUTHORIZED
    assert concept.open(project_id).brief.premise == "A lighthouse."


def test_a_stopped_call_stores_nothing(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(stall(after='{"message": "Who'))
    concept.say(project_id, "A lighthouse.")

    async def stop() -> None:
        heard = asyncio.Event()

        def hear(event: CallEvent) -> None:
            if isinstance(event, CallText):
                heard.set()

        call = asyncio.create_task(concept.reply(project_id, hear))
        await heard.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(stop())

    assert concept.open(project_id).awaits_answer


def test_a_choice_that_goes_on_and_on_is_not_offered(
    concept: Concept, project_id: str, scripted_provider: ScriptedProvider
) -> None:
    answer = ASKED | {
        "choices": ["...", "has gone, and " * 60, "A deserter"],
        "message": "x" * 2400,
    }
    scripted_provider.behaviours.append(json_answer(answer))

    reply(concept, project_id)

    question = concept.open(project_id).question
    assert question is not None
    assert question.choices == ("A deserter",)
    assert len(question.text) == 1500
