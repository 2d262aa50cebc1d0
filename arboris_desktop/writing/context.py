"""What the model is told about the book so far, within a budget of tokens.

The budget belongs to the model, not to the book: the context of chapter 500 is no larger than
that of chapter 50. The nearest things come first; what does not fit is left out, the oldest
summaries first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from arboris_desktop.domain.codex import CodexEntry, EntryKind, Seed, SeedState
from arboris_desktop.domain.foreshadowing import ledger
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.settings import CodexSettings
from arboris_desktop.domain.text import tail
from arboris_desktop.storage.database import Database

CountTokens = Callable[[str], int]

_PREVIOUS_END_CHARACTERS = {Language.ENGLISH: 2400, Language.CHINESE: 900}
_HEADINGS = {
    Language.ENGLISH: {
        "summaries": "What has happened so far",
        "characters": "Characters",
        "foreshadowing": "Seeds planted and still open",
        "previous": "The end of the previous chapter",
    },
    Language.CHINESE: {
        "summaries": "前情提要",
        "characters": "人物",
        "foreshadowing": "尚未揭开的伏笔",
        "previous": "上一章的结尾",
    },
}


@dataclass(frozen=True, slots=True)
class ContextPart:
    """One section of the context under its heading."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class WritingContext:
    """The sections that fit the budget, in the order in which the model reads them."""

    parts: tuple[ContextPart, ...]
    tokens: int

    def as_text(self) -> str:
        """The whole context as it stands in the prompt."""
        return "\n\n".join(f"## {part.heading}\n{part.text}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class BookSoFar:
    """What the context is made of, read from the database in one go."""

    language: Language
    before: list[ChapterOverview]
    previous_text: str
    entries: list[CodexEntry]
    outline: str
    overdue_after_chapters: int = CodexSettings().overdue_after_chapters


def read_book_so_far(database: Database, chapter: ChapterOverview) -> BookSoFar:
    """Reads what precedes a chapter."""
    with database.read() as transaction:
        project = transaction.projects.get(chapter.project_id)
        chapters = transaction.chapters.of_project(chapter.project_id)
        before = [other for other in chapters if other.number < chapter.number]
        previous = transaction.chapters.selected_version(before[-1].id) if before else None
        return BookSoFar(
            language=project.language,
            before=before,
            previous_text=previous.content if previous else "",
            entries=transaction.codex.entries(chapter.project_id),
            outline=f"{chapter.title}\n{chapter.outline}",
            overdue_after_chapters=transaction.settings.get(CodexSettings).overdue_after_chapters,
        )


def build_context(book: BookSoFar, budget: int, count_tokens: CountTokens) -> WritingContext:
    """The context of a chapter, at most ``budget`` tokens by ``count_tokens``.

    The end of the previous chapter may take half of it, then characters a quarter, open
    foreshadowing an eighth; summaries take what is left, the newest first.
    """
    headings = _HEADINGS[book.language]
    frame = sum(count_tokens(f"\n\n## {heading}\n") + 1 for heading in headings.values())
    if (budget := budget - frame) <= 0:
        return WritingContext((), 0)
    end = _fit_end(book, budget // 2, count_tokens)
    characters = _fit(_character_lines(book), budget // 4, count_tokens)
    seeds = _fit(_seed_lines(book), budget // 8, count_tokens)
    used = sum(count_tokens(text) for text in (end, characters, seeds))
    newest_first = [_summary_line(chapter) for chapter in reversed(book.before) if chapter.summary]
    summaries = _fit(newest_first, budget - used, count_tokens, reverse=True)
    texts = {
        "summaries": summaries,
        "characters": characters,
        "foreshadowing": seeds,
        "previous": end,
    }
    parts = tuple(ContextPart(headings[name], text) for name, text in texts.items() if text)
    return WritingContext(parts, frame + used + count_tokens(summaries))


def _fit_end(book: BookSoFar, budget: int, count_tokens: CountTokens) -> str:
    length = _PREVIOUS_END_CHARACTERS[book.language]
    end = tail(book.previous_text, length)
    while end and count_tokens(end) > budget and length > 100:
        length //= 2
        end = tail(book.previous_text, length)
    return end if count_tokens(end) <= budget else ""


def _fit(
    lines: Iterable[str], budget: int, count_tokens: CountTokens, *, reverse: bool = False
) -> str:
    chosen: list[str] = []
    for line in lines:
        cost = count_tokens(line) + 1
        if cost > budget:
            break
        budget -= cost
        chosen.append(line)
    return "\n".join(reversed(chosen) if reverse else chosen)


def _summary_line(chapter: ChapterOverview) -> str:
    return f"{chapter.number}. {chapter.title}: {chapter.summary}"


def _character_lines(book: BookSoFar) -> list[str]:
    """Those named in the outline first, then those last seen; with their newest states."""
    people = [entry for entry in book.entries if entry.kind is EntryKind.CHARACTER]
    named = [entry for entry in people if _is_named(entry, book.outline)]
    others = [entry for entry in people if entry not in named]
    others.sort(key=_last_seen, reverse=True)
    lines = (_character_line(entry) for entry in named + others)
    return [line for line in lines if line]


def _is_named(entry: CodexEntry, outline: str) -> bool:
    return any(name and name in outline for name in (entry.name, *entry.aliases))


def _last_seen(entry: CodexEntry) -> int:
    return max((fact.chapter_number for fact in entry.facts), default=0)


def _character_line(entry: CodexEntry) -> str:
    known = [fact.statement for fact in entry.facts if fact.counts]
    told = [*filter(None, [entry.description]), *known[:1], *known[1:][-2:]]
    return f"- {entry.name}: {'; '.join(told)}" if told else ""


def _seed_lines(book: BookSoFar) -> list[str]:
    """The seeds not yet paid off: the overdue first, then in the order of their planting."""
    newest = book.before[-1].number if book.before else 0
    seeds = ledger(book.entries, newest, book.overdue_after_chapters)
    unpaid = [seed for seed in seeds if seed.state is not SeedState.PAID_OFF]
    unpaid.sort(key=lambda seed: seed.state is not SeedState.OVERDUE)
    return [_seed_line(seed, book.language) for seed in unpaid]


def _seed_line(seed: Seed, language: Language) -> str:
    remark = _OVERDUE[language] if seed.state is SeedState.OVERDUE else ""
    if not remark and seed.due_chapter is not None:
        remark = _DUE_BY[language].format(number=seed.due_chapter)
    return f"- {seed.entry.name}{remark}"


_OVERDUE = {
    Language.ENGLISH: " (overdue: bring it up or pay it off)",
    Language.CHINESE: "（逾期未回收：宜在本章推进或回收）",
}
_DUE_BY = {
    Language.ENGLISH: " (to be paid off by chapter {number})",
    Language.CHINESE: "（应在第 {number} 章前回收）",
}
