from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from enum import StrEnum
from typing import Annotated, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.cleaning.json_repetition import JsonRepetition
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import Message, Role
from arboris_desktop.llm.structured import ask, parse_answer, strict_schema
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    ScriptedProvider,
    error,
    json_answer,
    prompt_of,
    text,
    thinking,
)

QUESTION = (Message(Role.SYSTEM, "You read."), Message(Role.USER, "Who comes home?"))


class Mood(StrEnum):
    GLAD = "glad"
    SAD = "sad"


class Fact(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    mood: Mood = Mood.GLAD
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5


class Facts(BaseModel):
    facts: list[Fact] = []


GOOD = {"facts": [{"name": "Mara", "mood": "sad", "confidence": 0.9}]}
MARA = Facts(facts=[Fact(name="Mara", mood=Mood.SAD, confidence=0.9)])


def refusal(text: str) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        parse_answer(text, Facts)
    return caught.value


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "  {}\n",
        "```json\n{}\n```",
        "```\n{}\n```\n",
        "Here is the answer:\n{}\nI hope it helps {{really}}!",
        "The set {{a, b}} is: {}",
        "<think>maybe {{}}?</think>\n{}",
        'maybe {{"a": 1}}?\n</think>\n```json\n{}```',
        "\ufeff{}",
    ],
)
def test_what_stands_around_the_object_is_let_pass(frame: str) -> None:
    text = frame.replace("{{", "\0").replace("}}", "\1").replace("{}", json.dumps(GOOD))
    assert parse_answer(text.replace("\0", "{").replace("\1", "}"), Facts) == MARA


ONE = '{"name": "Mara", "mood": "sad", "confidence": 0.9}'


@pytest.mark.parametrize(
    "written",
    [
        "{'facts': [{'name': 'Mara', 'mood': 'sad', 'confidence': 0.9}]}",
        "{facts: [{name: 'Mara', mood: 'sad', confidence: 0.9}]}",
        '{"facts": [' + ONE + ",],}",
        '{"facts": [' + ONE + "] // that is all\n}",
        '{ /* who */ "facts": [' + ONE + "]}",
        '{"facts": [' + ONE + "]",
        '{"facts": [' + ONE,
        '```json\n{"facts": [' + ONE + "]\n```",
        '{"facts": [' + ONE + ", ...]}",
        '｛"facts"：［｛"name"："Mara"，"mood"："sad"，"confidence"：0.9｝］｝',
        "{“facts”: [{“name”: “Mara”, “mood”: “sad”, “confidence”: 0.9}]}",
        "[" + ONE + "]",
        '[{"facts": [' + ONE + "]}]",
        ONE,
        '{"facts": ' + ONE + "}",
        '{"result": {"facts": [' + ONE + "]}}",
        '{"data": {"answer": {"facts": [' + ONE + "]}}}",
        '{"analysis": [' + ONE + "]}",
        '{"note": "ok", "facts": [' + ONE + "]}",
        '{"facts": [{"name": "Mara", "mood": "sad", "confidence": 0.9, "age": null}]}',
        '{"facts": [{"name": "Mara", "mood": "sad", "confidence": "0.9"}]}',
        '{"facts": [{"name": "Mara" "mood": "sad", "confidence": 0.9}]}',
        '{"facts": [{"name": "Mara", "mood": "Sad ", "confidence": 0.9}]}',
        '{"facts": [{"name": "Mara", "mood": "SAD", "confidence": "90%"}]}',
        '{"Facts": [{"Name": "Mara", " mood": "sad", "confidence": 0.9}]}',
        '{"facts": [{"name": ["Mara"], "mood": "sad", "confidence": 0.9}]}',
        '{"facts": {"1": ' + ONE + "}}",
        '{"facts": [[' + ONE + "]]}",
        json.dumps('{"facts": [' + ONE + "]}"),
        json.dumps({"facts": "[" + ONE + "]"}),
    ],
)
def test_what_models_write_is_read_without_asking_again(written: str) -> None:
    assert parse_answer(written, Facts) == MARA


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('{"facts": [{"name": "Mara\nReed"}]}', "Mara\nReed"),
        ('{"facts": [{"name": "他说：“你好，”她说"}]}', "他说：“你好，”她说"),
        ('{"facts": [{"name": "she said "no" to him"}],}', 'she said "no" to him'),
        ('{"facts": [{"name": "｛a｝：b"},]}', "｛a｝：b"),
        # The last mark is that of a quotation, and the string has none of its own.
        ('{"facts": [{"name": "he said \\"well\\"}]}', 'he said "well"'),
        ('{"facts": [{"name": "他说\\"好\\", "mood": "sad"}]}', '他说"好"'),
        ('```json\n{"facts": [{"name": "she: \\"no\\"}\n]}\n```', 'she: "no"'),
        ('{"facts": [{"name": "a \\"}] b"}]}', 'a "}] b'),
    ],
)
def test_what_stands_in_strings_stays_as_it_is(written: str, name: str) -> None:
    assert [fact.name for fact in parse_answer(written, Facts).facts] == [name]


def test_a_string_without_its_last_mark_swallows_no_other_finding() -> None:
    first, second = r'{"name": "he said \"well\"}', r'{"name": "and \"no\"}'
    found = parse_answer(f'{{"facts": [{first}, {second}, {ONE}]}}', Facts).facts
    assert [fact.name for fact in found] == ['he said "well"', 'and "no"', "Mara"]


@given(st.lists(st.text(alphabet='ab" 好“，:{}[]\\\n', max_size=12), min_size=1, max_size=4))
def test_whole_strings_are_read_as_they_are_whatever_stands_in_them(names: list[str]) -> None:
    written = json.dumps({"facts": [{"name": name} for name in names]})
    assert [fact.name for fact in parse_answer(written, Facts).facts] == names


@pytest.mark.parametrize(
    "written", ['{"answer": "none"}', '{"error": "too long"}', '{"a": {}, "b": []}', '{"x": 1}']
)
def test_an_answer_with_none_of_the_fields_says_nothing_and_is_asked_for_again(
    written: str,
) -> None:
    assert refusal(written).kind is ErrorKind.INVALID_ANSWER
    asked = Asked(text(written), json_answer(GOOD))
    assert asked.answer == MARA
    assert "none of the fields is there: facts" in prompt_of(asked.requests[1])
    assert Asked(*[text(written)] * 3).error is not None


def test_nothing_said_is_the_default() -> None:
    written = '{"facts": [{"name": "Mara", "mood": null, "confidence": null}]}'
    assert parse_answer(written, Facts) == Facts(facts=[Fact(name="Mara")])
    assert parse_answer('{"facts": null}', Facts) == Facts()


def test_findings_written_one_a_line_are_a_list() -> None:
    assert parse_answer(f"{ONE}\n{ONE}", Facts) == Facts(facts=MARA.facts * 2)


def test_a_bad_finding_costs_only_itself_and_is_counted() -> None:
    dropped: list[int] = []
    bad = '{"name": "x", "mood": "angry"}, {"mood": "sad"}, "nonsense", null'
    assert parse_answer(f'{{"facts": [{bad}, {ONE}]}}', Facts, dropped.append) == MARA
    assert dropped == [4]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I do not know.", "no JSON object"),
        ("null", "no JSON object"),
        ('{"facts": [], "facts": []}', '"facts" comes twice'),
        ('{"facts": [{"name": "a", "name": "b"}]}', '"name" comes twice'),
        ('{"facts": []} {"facts": []}', "more than one"),
        ("{} and {}", "more than one"),
        ('{"facts": [{"name": "Mara"}, {"name": "To', "not JSON"),
        ('{"facts": [{"name": "Mara", "mood":', "not JSON"),
        ('{"facts": [{"name": "a", "confidence": 1e999}]}', "too large"),
        ('{"facts": [{"name": "a", "confidence": 2}]}', "facts.0.confidence"),
        ('{"facts": [{"name": "a", "mood": "angry"}]}', "facts.0.mood"),
        ('{"facts": [{"name": "\\ud800"}]}', "hex escape"),
        ('{"facts": ' + "9" * 5000 + "}", "not JSON"),
        ('{"facts": ' + "[" * 100_000, "nested"),
        ('{"a":' * 100_000, "nested"),
        ('{"facts": ' + "[" * 900 + "]" * 900 + "}", ""),
    ],
)
def test_what_is_not_one_proper_object_is_refused(text: str, reason: str) -> None:
    error = refusal(text)
    assert error.kind is ErrorKind.INVALID_ANSWER
    assert reason in error.message


def test_the_reason_is_short_however_long_the_answer() -> None:
    assert (
        len(refusal(json.dumps({"k" * 100_000: 1, "facts": [{"x" * 9000: 1}] * 50})).message) < 900
    )


def test_a_whole_part_of_a_broken_object_is_not_taken_for_the_answer() -> None:
    class Lenient(BaseModel):
        name: str = ""

    with pytest.raises(ProviderError):
        parse_answer('{"facts": [{"name": "Mara"}, {"na', Lenient)


@pytest.mark.parametrize("text", ["", " \n", "<think>hm</think>", "<think>hm</think>\n "])
def test_nothing_is_an_empty_answer(text: str) -> None:
    assert refusal(text).kind is ErrorKind.EMPTY_ANSWER


def test_many_mistakes_are_told_in_short() -> None:
    many = json.dumps({"facts": [{"name": 1, "mood": "x" * 1000}] * 50})
    message = refusal(many).message
    assert message.endswith("and 95 more")
    assert len(message) < 600


@given(st.text(alphabet=st.sampled_from('{}[]":,\\ \n`a1.eN-<>/think'), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ProviderError):
        assert isinstance(parse_answer(text, Facts), Facts)


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
facts = st.builds(Fact, name=names, mood=st.sampled_from(Mood), confidence=st.floats(0, 1))


@given(st.lists(facts, max_size=4), st.booleans(), st.sampled_from(["", "Sure! ", "```json\n"]))
def test_what_was_written_is_what_is_read(found: list[Fact], ascii_: bool, before: str) -> None:
    answer = Facts(facts=found)
    text = before + json.dumps(answer.model_dump(mode="json"), ensure_ascii=ascii_) + "\n```"
    if "</think>" not in text:
        assert parse_answer(text, Facts) == answer


def test_the_schema_is_one_that_strict_servers_take() -> None:
    schema = strict_schema(Facts, "facts")
    assert schema.name == "facts"
    assert schema.schema["required"] == ["facts"]
    assert schema.schema["additionalProperties"] is False
    fact = schema.schema["$defs"]["Fact"]  # type: ignore[index]
    assert fact["required"] == ["name", "mood", "confidence"]
    assert "default" not in json.dumps(schema.schema)


class Asked:
    """The result of asking: the answer or the error, the tokens, and the requests sent."""

    def __init__(
        self,
        *script: Behaviour,
        repairs: int = 2,
        max_tokens: int = 100,
        form: type[Facts] = Facts,
    ) -> None:
        self._form = form
        self.reported: list[TokenUsage] = []
        self.error: ProviderError | None = None
        with ScriptedProvider.answering(*script) as server:
            try:
                self.answer, self.usage = asyncio.run(self._ask(server, repairs, max_tokens))
            except ProviderError as error:
                self.error = error
            self.requests = server.requests

    async def _ask(
        self, server: ScriptedProvider, repairs: int, max_tokens: int
    ) -> tuple[Facts, TokenUsage]:
        provider = OpenAICompatibleProvider(server.base_url, None, MODEL, context_tokens=1000)
        try:
            return await ask(
                provider,
                QUESTION,
                self._form,
                schema="facts",
                max_tokens=max_tokens,
                repairs=repairs,
                on_usage=self.reported.append,
            )
        finally:
            await provider.aclose()


def test_a_good_answer_needs_one_request() -> None:
    asked = Asked(json_answer(GOOD))
    assert asked.answer == MARA
    assert asked.usage == TokenUsage(11, 7)
    assert asked.reported == [TokenUsage(11, 7)]
    (request,) = asked.requests
    assert request["response_format"]["json_schema"]["name"] == "facts"
    assert request["temperature"] == 0.2


def test_thinking_does_not_matter() -> None:
    assert Asked(thinking('{"a": 1}', json.dumps(GOOD))).answer == MARA


def test_a_bad_answer_is_repaired_with_the_reason_told() -> None:
    bad = {"facts": [{"name": "Mara", "mood": "sulky"}]}
    asked = Asked(json_answer(bad), json_answer(GOOD))
    assert asked.answer == MARA
    assert asked.usage == TokenUsage(22, 14)
    assert len(asked.reported) == 2
    repair = prompt_of(asked.requests[1])
    assert "facts.0.mood" in repair
    assert "sulky" in repair
    assert '"confidence"' in repair
    assert asked.requests[1]["response_format"] == asked.requests[0]["response_format"]


def test_repairs_are_bounded_and_their_cost_is_known() -> None:
    asked = Asked(*[text('{"facts": 1}')] * 5)
    assert asked.error is not None
    assert asked.error.kind is ErrorKind.INVALID_ANSWER
    assert len(asked.requests) == len(asked.reported) == 3
    assert len(Asked(text('{"facts": 1}'), repairs=0).requests) == 1


def test_an_answer_without_any_json_is_asked_for_again_instead_of_repaired() -> None:
    asked = Asked(text("I am only a model."), text(""), json_answer(GOOD))
    assert asked.answer == MARA
    assert [prompt_of(request) for request in asked.requests] == [prompt_of(asked.requests[0])] * 3


def test_nothing_but_silence_is_an_empty_answer() -> None:
    asked = Asked(*[text("")] * 3)
    assert asked.error is not None
    assert asked.error.kind is ErrorKind.EMPTY_ANSWER


def test_an_answer_that_was_cut_is_asked_for_once_more_with_more_room() -> None:
    # Even if what came can be read: the end of the list may be missing.
    asked = Asked(json_answer(GOOD, finish_reason="length"), json_answer(GOOD))
    assert asked.answer == MARA
    assert [request["max_tokens"] for request in asked.requests] == [100, 200]
    assert prompt_of(asked.requests[0]) == prompt_of(asked.requests[1])


def test_an_answer_that_is_cut_twice_is_invalid() -> None:
    asked = Asked(*[json_answer(GOOD, finish_reason="length")] * 3)
    assert asked.error is not None
    assert asked.error.kind is ErrorKind.INVALID_ANSWER
    assert asked.error.message == "the answer was cut after 200 tokens"
    assert len(asked.requests) == len(asked.reported) == 2


def test_there_is_no_more_room_than_the_context() -> None:
    asked = Asked(json_answer(GOOD, finish_reason="length"), json_answer(GOOD), max_tokens=700)
    limit = asked.requests[1]["max_tokens"]
    assert 700 < limit < 1000
    full = Asked(json_answer(GOOD, finish_reason="length"), max_tokens=980)
    assert full.error is not None
    assert len(full.requests) == 1


def test_errors_of_the_provider_are_not_repaired() -> None:
    asked = Asked(error(401, "no"), json_answer(GOOD))
    assert asked.error is not None
    assert asked.error.kind is ErrorKind.UNAUTHORIZED
    assert len(asked.requests) == 1


def test_chinese_is_repaired_in_chinese() -> None:
    async def ask_in_chinese(server: ScriptedProvider) -> None:
        provider = OpenAICompatibleProvider(server.base_url, None, MODEL)
        question = (Message(Role.USER, "谁回家了？用 JSON 回答。"),)
        await ask(provider, question, Facts, schema="facts", max_tokens=100)
        await provider.aclose()

    with ScriptedProvider.answering(text('{"facts": 1}'), json_answer(GOOD)) as server:
        asyncio.run(ask_in_chinese(server))
        system = server.requests[1]["messages"][0]["content"]
    assert "修" in system


class Findings(Facts):
    """A form of which each part is worth something."""

    of_use_in_part: ClassVar[bool] = True


def finding(name: str) -> str:
    return json.dumps({"name": name, "mood": "sad", "confidence": 0.9})


CUT_AMID = f'{{"facts": [{finding("Mara")}, {finding("Tobias")}, {{"name": "Ivo", "mo'


def test_findings_that_are_whole_are_kept_when_the_answer_is_cut_again() -> None:
    cut = text(CUT_AMID, finish_reason="length")
    asked = Asked(cut, cut, form=Findings)
    assert [one.name for one in asked.answer.facts] == ["Mara", "Tobias"]
    assert len(asked.requests) == 2


@pytest.mark.parametrize("cut", ['{"facts": [{"name": "Ma', '{"facts": [', "", "Sure! The facts"])
def test_without_a_whole_finding_the_answer_is_invalid(cut: str) -> None:
    asked = Asked(*[text(cut, finish_reason="length")] * 2, form=Findings)
    assert asked.error is not None
    assert asked.error.kind is ErrorKind.INVALID_ANSWER


@pytest.mark.parametrize(
    "circle",
    [
        f"{finding('Mara')},\n" * 50,
        f"{finding('Mara')}, {finding('Ivo')}," + ' {"name" : "Mara Quill"},' * 3 + "{" * 50,
        f"{finding('Mara')}, {{" + '"name": "x", ' * 200,
        f'{finding("Mara")}, {{"name": "' + "ha ha ha " * 200,
        f'{finding("Mara")}, {{"confidence": 0.{"0" * 2000}',
        f"{finding('Mara')},{' ' * 2000}",
    ],
)
def test_an_answer_that_goes_round_in_circles_is_read_as_far_as_it_was_sound(circle: str) -> None:
    begun = f'{{"facts": [{circle}'
    asked = Asked(text(begun, finish_reason="length"), form=Findings)
    assert asked.usage.estimated
    assert len(asked.requests) == 1
    assert asked.answer.facts[0].name == "Mara"
    assert len(asked.answer.facts) < 6


@given(st.text(alphabet='{}[]",:\\ a1', max_size=60), st.integers(1, 9))
def test_what_is_whole_of_any_text_does_not_depend_on_its_pieces(said: str, size: int) -> None:
    at_once, in_pieces = JsonRepetition(), JsonRepetition()
    at_once.feed(said)
    for start in range(0, len(said), size):
        in_pieces.feed(said[start : start + size])
    assert in_pieces.whole == at_once.whole
