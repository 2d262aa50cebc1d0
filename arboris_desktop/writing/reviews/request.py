"""The request to review a chapter, which presents it and its novel part by part."""

from __future__ import annotations

from dataclasses import dataclass, field

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.novel import ChapterOverview, Language, NovelProject
from arboris_desktop.domain.reviews import Reader, ReviewedPart, ReviewKind, ReviewTarget
from arboris_desktop.llm.context_budget import answer_budget, tokens_beside, tokens_of, too_long
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.text.number_labels import told_number
from arboris_desktop.text.overlapping_parts import split_into_parts
from arboris_desktop.text.prose import one_line

PROMPTS = {
    ReviewKind.REVIEW: "review_chapter",
    ReviewKind.READER: "simulate_reader",
    ReviewKind.CONSTITUTION: "check_constitution",
    ReviewKind.EMOTION: "measure_emotion",
}

_ANSWER_TOKENS = 2500
_ANSWER_SHARE = 0.3
_EARLIER_SHARE = 0.15
"""The share of the model's context for what happened before; the newest chapters come first."""

_LEAST_PART_TOKENS = 200
_NOTHING = {Language.ENGLISH: "(nothing)", Language.CHINESE: "（无）"}
_READERS = {
    Language.ENGLISH: {
        Reader.FAN: "you love this genre and know its conventions.",
        Reader.IMPATIENT: "you are impatient and put a book down as soon as it drags.",
        Reader.CAREFUL: "you read closely and notice every loose end.",
    },
    Language.CHINESE: {
        Reader.FAN: "你热爱这一类型，熟悉它的套路。",
        Reader.IMPATIENT: "你没有耐心，情节一拖沓就会放下书。",
        Reader.CAREFUL: "你读得很细，不放过任何没有交代的线索。",
    },
}


@dataclass(slots=True)
class ReviewRequest:
    """Builds the requests for the parts of a chapter one after the other.

    Their number depends on the model that answers, so ``parts`` is known once the first request has
    been built.
    """

    target: ReviewTarget
    kind: ReviewKind
    project: NovelProject
    chapter: ChapterOverview
    before: list[ChapterOverview]
    reader: Reader = Reader.FAN
    index: int = 0
    parts: list[str] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """True if every part has been asked about."""
        return bool(self.parts) and self.index >= len(self.parts)

    def read_parts(self) -> list[ReviewedPart]:
        """The parts, with what is needed to check the answers."""
        lengths = [len(part) for part in self.parts]
        whole = sum(lengths) or 1
        starts = [sum(lengths[:index]) / whole for index in range(len(lengths) + 1)]
        return [
            ReviewedPart(
                part, self.target.text, self.target.rules, starts[index], starts[index + 1]
            )
            for index, part in enumerate(self.parts)
        ]

    def __call__(self, provider: MeteredProvider, prompts: PromptLibrary) -> ChatRequest:
        """See ``writing.calls.BuildRequest``."""
        answer = answer_budget(provider, _ANSWER_TOKENS, _ANSWER_SHARE)
        values = self._values(provider)
        name, language = PROMPTS[self.kind], self.project.language
        if self.index == 0:
            # Also when it is rebuilt for a smaller context.
            bare = prompts.render(name, language, **values, chapter_text="")
            room = tokens_beside(provider, bare, answer)
            if room < _LEAST_PART_TOKENS:
                raise ProviderError(
                    ErrorKind.CONTEXT_TOO_LONG, f"room for {room} tokens of the chapter"
                )
            self.parts = split_into_parts(self.target.text, room, provider.count_tokens)
        messages = prompts.render(name, language, **values, chapter_text=self.parts[self.index])
        if self.index and tokens_beside(provider, messages, answer) < 0:
            # Cut for a model with a larger context.
            raise too_long(provider, "a part of the chapter", tokens_of(provider, messages))
        return ChatRequest(messages, max_tokens=answer, temperature=0.3)

    def _values(self, provider: MeteredProvider) -> dict[str, object]:
        language = self.project.language
        nothing = _NOTHING[language]
        listed = "\n".join(f"{n}. {rule}" for n, rule in enumerate(self.target.rules, start=1))
        every: dict[str, object] = {
            "title": one_line(self.project.title),
            "style": self.project.style or nothing,
            "rules": listed or nothing,
            "earlier": self._earlier(provider) or nothing,
            "plan": self.chapter.outline or nothing,
            "chapter_number": told_number(self.chapter.number, self.chapter.label),
            "chapter_title": one_line(self.chapter.labelled_title),
            "reader": _READERS[language][self.reader],
        }
        return every

    def _earlier(self, provider: MeteredProvider) -> str:
        room = int(provider.context_tokens * _EARLIER_SHARE)
        lines: list[str] = []
        for chapter in reversed(self.before):
            line = f"{chapter.listed_name}: {chapter.summary}"
            room -= provider.count_tokens(line) + 1
            if room < 0:
                break
            if chapter.summary:
                lines.insert(0, line)
        return "\n".join(lines)
