"""Topics that the dialogue settles, and those that stay the author's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.concept import Brief, Topic, TopicState

TEXTS = st.dictionaries(st.sampled_from(Topic), st.sampled_from(["", " ", "one", "two"]))


def texts(brief: Brief) -> dict[Topic, str]:
    return {topic: brief.note(topic).text for topic in Topic}


def test_what_the_model_takes_from_the_dialogue_is_settled() -> None:
    brief = Brief().merged({Topic.GENRE: " a ghost story ", Topic.WORLD: " "})

    assert brief.note(Topic.GENRE).text == "a ghost story"
    assert brief.topics(TopicState.SETTLED) == [Topic.GENRE]
    assert Topic.WORLD in brief.topics(TopicState.OPEN)


def test_the_author_s_own_words_are_not_replaced() -> None:
    brief = Brief().with_text(Topic.ENDING, "she stays").merged({Topic.ENDING: "she leaves"})

    assert brief.note(Topic.ENDING).text == "she stays"


def test_a_topic_that_the_author_clears_is_open_for_the_model_again() -> None:
    brief = Brief().with_text(Topic.ENDING, "she stays").with_text(Topic.ENDING, "")

    assert brief.note(Topic.ENDING).state is TopicState.OPEN
    assert brief.merged({Topic.ENDING: "she leaves"}).note(Topic.ENDING).text == "she leaves"


def test_a_skipped_topic_is_not_open_until_something_is_said_on_it() -> None:
    brief = Brief().with_skipped(Topic.THEME, True)

    assert Topic.THEME not in brief.topics(TopicState.OPEN)
    settled = brief.merged({Topic.THEME: "grief"})
    assert settled.note(Topic.THEME).state is TopicState.SETTLED
    assert brief.with_skipped(Topic.THEME, False).note(Topic.THEME).state is TopicState.OPEN


@given(TEXTS, TEXTS)
def test_taking_a_turn_back_leaves_the_brief_as_it_was(
    first: dict[Topic, str], second: dict[Topic, str]
) -> None:
    before = Brief().merged(first)
    after = before.merged(second)

    said = {topic: text for topic, text in second.items() if text.strip()}
    assert texts(after.without(said, texts(before))) == texts(before)


@given(TEXTS, st.sampled_from(Topic))
def test_taking_a_turn_back_leaves_what_the_author_typed_since(
    settled: dict[Topic, str], topic: Topic
) -> None:
    brief = Brief().merged(settled).with_text(topic, "my own words")

    assert brief.without(settled, {}).note(topic).text == "my own words"
