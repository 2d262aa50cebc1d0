"""The request to a model that plans, within its context.

Its length does not grow with the book: of 500 chapters only the nearest are named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from arboris_desktop.domain.book_brief import BookBrief
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan, Group, Outline, ranges_of
from arboris_desktop.domain.record import record
from arboris_desktop.llm.context_budget import tokens_left
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, JsonSchema, Provider
from arboris_desktop.text.prose import one_line

TOKENS_PER_CHAPTER = 260
"""Tokens of the plan of a chapter in JSON."""

_ANSWER_SHARE = 0.4
_BEFORE, _AFTER = 12, 6
_NEAR_PLAN, _FAR_PLAN = 400, 160
_NEAREST = 3
_SHORTEST_CUT = 60


@record
class PlanningNotes:
    """The material for a planning request."""

    brief: BookBrief
    outline: Outline
    instruction: str = ""
    total: int = 0


def fitting_range(context_tokens: int, wanted: int) -> int:
    """Returns how many chapters fit into one answer: at least 1, at most ``wanted``."""
    room = int(context_tokens * _ANSWER_SHARE) // TOKENS_PER_CHAPTER
    return max(1, min(wanted, room))


def build_planning_request(
    provider: Provider,
    prompts: PromptLibrary,
    prompt: str,
    notes: PlanningNotes,
    lines: Sequence[str],
    *,
    answer_tokens: int,
    schema: JsonSchema | None = None,
    temperature: float = 0.7,
    **values: object,
) -> ChatRequest:
    """Builds the request: the most important of ``lines`` first, then as much of the book as fits.

    ``lines`` are in the order of the book and are dropped from the ends that ``_outline_lines`` put
    last. Raises ``ProviderError`` (CONTEXT_TOO_LONG) if nothing fits.
    """
    given: dict[str, object] = {"instruction": notes.instruction.strip() or "—", **values}
    language = notes.brief.language

    def render(book: str, outline: str) -> ChatRequest:
        messages = prompts.render(prompt, language, book=book, outline=outline, **given)
        return ChatRequest(messages, answer_tokens, temperature, schema)

    frame = render("", "").messages
    budget = tokens_left(provider, frame, answer_tokens, taken_by="the instructions")
    outline = _fit(lines, budget // 2, provider.count_tokens)
    rest = budget - provider.count_tokens(outline)
    book = _fit(book_lines(notes.brief), rest, provider.count_tokens)
    return render(book, outline)


def _fit(lines: Iterable[str], budget: int, count_tokens: Callable[[str], int]) -> str:
    """Returns the first lines that fit; a long one is cut rather than left out."""
    chosen: list[str] = []
    for line in lines:
        fitting = _cut(line, budget, count_tokens)
        if fitting is None:
            break
        budget -= count_tokens(fitting) + 1
        chosen.append(fitting)
    return "\n".join(chosen)


def _cut(line: str, budget: int, count_tokens: Callable[[str], int]) -> str | None:
    while count_tokens(line) + 1 > budget:
        if len(line) <= _SHORTEST_CUT:
            return None
        line = line[: len(line) * 2 // 3].rstrip() + "…"
    return line


def book_lines(brief: BookBrief) -> list[str]:
    """Returns the book in short, the most important first."""
    words = _WORDS[brief.language]
    about = "; ".join(filter(None, (brief.genre, brief.tone, brief.style, brief.audience)))
    lines = [words["title"].format(brief.title)]
    for name, text in (
        ("about", about),
        ("premise", brief.one_sentence or brief.premise),
        ("synopsis", brief.synopsis or (brief.premise if brief.one_sentence else "")),
    ):
        if text.strip():
            lines.append(words[name].format(text.strip()))
    for name, several in (
        ("settled", brief.settled),
        ("characters", brief.characters),
        ("world", brief.world),
    ):
        if several:
            lines.append(words[name])
            lines.extend(f"- {one_line(each)}" for each in several)
    return lines


def outline_lines(notes: PlanningNotes, asked: Sequence[int]) -> list[str]:
    """Returns the outline around the requested chapters, the most important first."""
    outline, words = notes.outline, _WORDS[notes.brief.language]
    first, last = asked[0], asked[-1]
    known = sorted(outline.chapters, key=lambda c: c.number)
    told = [c for c in known if c.plan.strip() or c.summary.strip() or c.has_text]
    before = [c for c in told if c.number < first][-_BEFORE:]
    between = [c for c in told if first <= c.number <= last and c.number not in asked]
    after = [c for c in told if c.number > last][:_AFTER]
    titled = [c for c in known if c.number in asked and c.title.strip()]
    lines = list(_volume_lines(notes, first))
    near = [_chapter_line(c, notes.brief.language, _NEAR_PLAN) for c in before[-_NEAREST:]]
    if near:
        lines += [words["just_before"], *near]
    if titled:
        lines += [words["titled"], *(f"{c.number}. {one_line(c.title)}" for c in titled)]
    for heading, chapters in (("between", between), ("after", after)):
        if chapters:
            lines.append(words[heading])
            lines += [_chapter_line(c, notes.brief.language, _FAR_PLAN) for c in chapters]
    if far := before[:-_NEAREST]:
        lines.append(words["before"])
        # The nearest first: they are the last to be dropped.
        lines += [_chapter_line(c, notes.brief.language, _FAR_PLAN) for c in reversed(far)]
    lines.append(words["count"].format(len(told), notes.total))
    return lines


def nearest_lines(notes: PlanningNotes, number: int) -> list[str]:
    """Returns the little that a small model is told: what happened just before."""
    words = _WORDS[notes.brief.language]
    before = sorted((c for c in notes.outline.chapters if c.number < number), key=_number)
    told = [c for c in before if c.plan.strip() or c.summary.strip()][-2:]
    return [words["happened"].format(c.number, one_line(c.summary or c.plan)) for c in told]


def _number(chapter: ChapterPlan) -> int:
    return chapter.number


def _volume_lines(notes: PlanningNotes, number: int) -> Iterable[str]:
    words = _WORDS[notes.brief.language]
    groups = [group for group in notes.outline.groups if group.volume is not None]
    own = next(
        (n for n, g in enumerate(groups) if g.first <= number < g.first + len(g.slots)),
        len(groups) - 1,
    )
    for place, group in enumerate(groups):
        if place == own:
            yield words["volume"].format(_volume_name(group, place, words))
            if group.volume and group.volume.summary.strip():
                yield words["volume_plan"].format(group.volume.summary.strip())
    if 0 <= own + 1 < len(groups):
        following = groups[own + 1]
        assert following.volume is not None
        if following.volume.summary.strip():
            name = _volume_name(following, own + 1, words)
            summary = one_line(following.volume.summary)[:_NEAR_PLAN]
            yield words["next_volume"].format(name, summary)


def _volume_name(group: Group, place: int, words: dict[str, str]) -> str:
    assert group.volume is not None
    last = group.first + max(0, len(group.slots) - 1)
    title = one_line(group.volume.title)
    return words["volume_name"].format(place + 1, title, group.first, last).replace("  ", " ")


def volume_lines(outline: Outline, language: Language) -> list[str]:
    """Returns the existing volumes, for when all are replanned."""
    words = _WORDS[language]
    lines = []
    for place, group in enumerate(g for g in outline.groups if g.volume is not None):
        assert group.volume is not None
        name = _volume_name(group, place, words)
        lines.append(f"- {name}: {one_line(group.volume.summary)}".rstrip(": "))
    written = [c.number for c in outline.chapters if c.is_written]
    if written:
        numbers = ", ".join(map(str, ranges_of(written)))
        lines.append(words["written_numbers"].format(numbers))
    return lines or [words["nothing"]]


def _chapter_line(chapter: ChapterPlan, language: Language, most: int) -> str:
    words = _WORDS[language]
    told = one_line((chapter.summary if chapter.has_text else "") or chapter.plan)
    if len(told) > most:
        told = told[: most - 1].rstrip() + "…"
    mark = words["written"] if chapter.has_text else ""
    title = one_line(chapter.title)
    return f"{chapter.number}. {title}{mark}: {told}".rstrip(": ")


_WORDS = {
    Language.ENGLISH: {
        "title": "Title: {}",
        "about": "Kind: {}",
        "premise": "Premise: {}",
        "synopsis": "Synopsis: {}",
        "settled": "Settled with the author:",
        "characters": "Characters:",
        "world": "The world:",
        "volume": "These chapters belong to {}.",
        "volume_name": "volume {} {} (chapters {}–{})",
        "volume_plan": "Plan of this volume: {}",
        "next_volume": "Then comes {}: {}",
        "happened": "In chapter {}: {}",
        "just_before": "The chapters just before:",
        "titled": "Titles that the author has given; keep them:",
        "between": "Chapters in between that stand; fit the others around them:",
        "after": "Chapters that come after:",
        "before": "Earlier chapters, the nearest first:",
        "count": "Planned or written so far: {} of {} chapters.",
        "written": " (written)",
        "written_numbers": "Written already: chapters {}.",
        "nothing": "nothing",
    },
    Language.CHINESE: {
        "title": "书名：《{}》",
        "about": "类型：{}",
        "premise": "故事核心：{}",
        "synopsis": "故事梗概：{}",
        "settled": "与作者商定：",
        "characters": "人物：",
        "world": "世界设定：",
        "volume": "这些章属于{}。",
        "volume_name": "第 {} 卷“{}”（第 {}–{} 章）",
        "volume_plan": "本卷规划：{}",
        "next_volume": "其后是{}：{}",
        "happened": "第 {} 章：{}",
        "just_before": "紧接在前的各章：",
        "titled": "作者已定的章名，请保留：",
        "between": "其间已定的章节，其余各章须与之衔接：",
        "after": "后面的章节：",
        "before": "更早的章节，由近及远：",
        "count": "目前已规划或写成 {} 章，全书共 {} 章。",
        "written": "（已写成）",
        "written_numbers": "已写成的章节：第 {} 章。",
        "nothing": "无",
    },
}
