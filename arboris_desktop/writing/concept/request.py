"""The request to a model in the inspiration dialogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from arboris_desktop.domain.concept import Brief, Conversation, Speaker, Topic, TopicState
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.llm.context_budget import answer_budget, tokens_left
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Provider

DIALOGUE_PROMPT = "concept_dialogue"
BRIEF_PROMPT = "concept_brief"

_ANSWER_TOKENS = 900
_ANSWER_SHARE = 0.4
_TEMPERATURE = 0.7


@record
class _Words:
    """The request's own words around the author's, in the novel's language."""

    topics: dict[Topic, str]
    none: str
    author: str
    model: str
    skip: str
    nothing_yet: str
    colon: str


_WORDS = {
    Language.ENGLISH: _Words(
        {
            Topic.GENRE: "genre and readers",
            Topic.THEME: "theme",
            Topic.PROTAGONIST: "protagonist",
            Topic.CONFLICT: "conflict",
            Topic.WORLD: "world and setting",
            Topic.ENDING: "ending",
        },
        none="(nothing)",
        author="Author",
        model="You",
        skip="I would rather leave this open for now.",
        nothing_yet="(I have no idea yet. Begin with a question that wakes one.)",
        colon=": ",
    ),
    Language.CHINESE: _Words(
        {
            Topic.GENRE: "类型与读者",
            Topic.THEME: "主题",
            Topic.PROTAGONIST: "主角",
            Topic.CONFLICT: "冲突",
            Topic.WORLD: "世界与背景",
            Topic.ENDING: "结局",
        },
        none="（无）",
        author="作者",
        model="你",
        skip="这一点先不定。",
        nothing_yet="（我还没有想法，请先问一个能激发灵感的问题。）",
        colon="：",
    ),
}


def skipping_words(language: Language) -> str:
    """Returns the words for an author who leaves a question open."""
    return _WORDS[language].skip


def build_request(
    conversation: Conversation, prompt: str, provider: Provider, prompts: PromptLibrary
) -> ChatRequest:
    """Builds the request: the settled topics, and as many of the last turns as there is room for.

    Older turns are represented by what they settled, so that a long dialogue costs no more than a
    short one. Raises ``ProviderError`` (CONTEXT_TOO_LONG) if not even the brief fits.
    """
    answer = answer_budget(provider, _ANSWER_TOKENS, _ANSWER_SHARE)
    values = _values(conversation)
    frame = prompts.render(prompt, conversation.language, conversation="", **values)
    room = tokens_left(provider, frame, answer, taken_by="the brief and the question")
    talk = _last_turns(conversation, room, provider.count_tokens)
    messages = prompts.render(prompt, conversation.language, conversation=talk, **values)
    return ChatRequest(messages, max_tokens=answer, temperature=_TEMPERATURE)


def brief_text(brief: Brief, language: Language) -> str:
    """Returns the brief in lines, as a prompt shows it."""
    words = _WORDS[language]
    settled = [
        f"- {words.topics[topic]}{words.colon}{brief.note(topic).text}"
        for topic in brief.topics(TopicState.SETTLED)
    ]
    return "\n".join(settled) or words.none


def _values(conversation: Conversation) -> dict[str, str]:
    words, brief = _WORDS[conversation.language], conversation.brief

    def names(topics: Iterable[Topic]) -> str:
        return ", ".join(f"{topic.value} ({words.topics[topic]})" for topic in topics) or words.none

    return {
        "premise": brief.premise or words.none,
        "settled": brief_text(brief, conversation.language),
        "open_topics": names(brief.topics(TopicState.OPEN)),
        "skipped_topics": names(brief.topics(TopicState.SKIPPED)),
    }


def _last_turns(conversation: Conversation, room: int, count_tokens: Callable[[str], int]) -> str:
    """Returns the end of the dialogue in whole turns; it always contains the author's last
    words."""
    words = _WORDS[conversation.language]
    names = {Speaker.AUTHOR: words.author, Speaker.MODEL: words.model}
    lines: list[str] = []
    for turn in reversed(conversation.turns):
        line = f"{names[turn.speaker]}{words.colon}{turn.text}"
        room -= count_tokens(line) + 1
        if room < 0 and lines:
            break
        lines.append(line)
    return "\n".join(reversed(lines)) or f"{words.author}{words.colon}{words.nothing_yet}"
