"""The candidate pieces of a context by kind, the most useful of each kind first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from heapq import nsmallest
from itertools import chain

from arboris_desktop.domain.blueprint import BlueprintCharacter, Place
from arboris_desktop.domain.context import ContextItem, ItemKind, Reason, ReasonKind
from arboris_desktop.domain.foreshadowing import is_overdue
from arboris_desktop.domain.novel import Language, listed_name
from arboris_desktop.domain.story import ChapterNote, EntryGlance, StorySummary, SummaryLevel
from arboris_desktop.storage.novels.passages import FoundPassage
from arboris_desktop.text.blueprint_lines import item_line
from arboris_desktop.text.prose import one_line
from arboris_desktop.writing.context.reading import BookSoFar
from arboris_desktop.writing.context.wording import (
    BLUEPRINT,
    DUE_BY,
    FROM_CHAPTER,
    FROM_NAMED,
    GUIDE,
    OVERDUE,
    PLANNED,
    RANGE,
    SEPARATORS,
)

CHAPTERS_BEFORE = 40
"""The last chapters that are told one by one if there is room."""

PLANS_AFTER = 2

MOST_SEEDS = 40
"""Seeds that are considered: an author cannot pay off more in one chapter."""

_RANKS = (ReasonKind.OVERDUE, ReasonKind.DUE, ReasonKind.OPEN)
_PARTS_BEFORE = 3

_ALWAYS = Reason(ReasonKind.ALWAYS)
_BEFORE = Reason(ReasonKind.COMES_BEFORE)

Pieces = Iterator[ContextItem]


def blueprint_pieces(book: BookSoFar) -> Pieces:
    """Pieces of the blueprint about the novel as a whole, besides what every prompt says."""
    blueprint, words = book.blueprint, BLUEPRINT[book.language]
    texts = {
        "gist": blueprint.summary,
        "core_rules": "\n".join(blueprint.world_lines),
        "genre": blueprint.genre,
        "tone": blueprint.tone,
        "audience": blueprint.audience,
    }
    for key, text in texts.items():
        if text.strip():
            yield ContextItem(
                ItemKind.BLUEPRINT, key, "", words[key].format(text=text.strip()), _ALWAYS
            )


def guide_pieces(book: BookSoFar) -> Pieces:
    """The author's guide to how the story is told."""
    guide, words = book.guide, GUIDE[book.language]
    rules = "\n".join(f"- {rule}" for rule in guide.constitution)
    texts = {"constitution": rules, "persona": guide.persona}
    for key, text in texts.items():
        if text:
            yield ContextItem(ItemKind.GUIDE, key, "", words[key].format(text=text), _ALWAYS)
    for number, sample in enumerate(guide.style_samples, start=1):
        text = words["sample"].format(text=sample)
        yield ContextItem(ItemKind.GUIDE, f"sample:{number}", "", text, _ALWAYS)


def book_pieces(book: BookSoFar) -> Pieces:
    """The story so far; while a middle part is rewritten, the parts before it."""
    known = [summary for summary in book.summaries if summary.last_chapter < book.number]
    whole = [summary for summary in known if summary.level is SummaryLevel.BOOK]
    volumes = [
        each
        for each in known
        if each.level is SummaryLevel.VOLUME and each.first_chapter < book.part_first
    ]
    for summary in whole or volumes[::-1][:_PARTS_BEFORE]:
        yield _summary_piece(book, ItemKind.BOOK_SUMMARY, summary)


def volume_pieces(book: BookSoFar) -> Pieces:
    """The volume that the chapter is in, as far as it goes; or what is known of its parts."""
    known = [
        each
        for each in book.summaries
        if each.last_chapter < book.number and each.first_chapter >= book.part_first
    ]
    volume = [each for each in known if each.level is SummaryLevel.VOLUME]
    parts = [each for each in known if each.level is SummaryLevel.PART]
    for summary in volume or parts[::-1][:_PARTS_BEFORE]:
        yield _summary_piece(book, ItemKind.VOLUME_SUMMARY, summary)


def _summary_piece(book: BookSoFar, kind: ItemKind, summary: StorySummary) -> ContextItem:
    first, last = summary.first_chapter, summary.last_chapter
    text = RANGE[book.language].format(first=first, last=last, text=one_line(summary.content))
    return ContextItem(kind, f"{summary.level.value}:{first}", "", text, _BEFORE, first, last)


def chapter_pieces(book: BookSoFar) -> Pieces:
    """The previous chapters, the newest first: what happened, or what was planned."""
    for note in book.notes[::-1][:CHAPTERS_BEFORE]:
        text = note.summary or (
            PLANNED[book.language].format(outline=note.outline) if note.outline else ""
        )
        if text:
            yield _chapter_piece(book, ItemKind.CHAPTER_SUMMARY, note, text, _BEFORE)


def plan_pieces(book: BookSoFar) -> Pieces:
    """Plans of the following chapters."""
    after = Reason(ReasonKind.COMES_AFTER)
    for note in book.following[:PLANS_AFTER]:
        if note.outline:
            yield _chapter_piece(book, ItemKind.NEXT_PLAN, note, note.outline, after)


def _chapter_piece(
    book: BookSoFar, kind: ItemKind, note: ChapterNote, text: str, reason: Reason
) -> ContextItem:
    name = listed_name(note.number, note.title, note.label)
    told = f"{name}{SEPARATORS[book.language][1]}{one_line(text)}"
    at = note.number
    return ContextItem(kind, str(at), note.title, told, reason, at, at, own_number=note.label)


def codex_pieces(book: BookSoFar) -> Pieces:
    """The people and things in the chapter: first those that the plan names.

    The blueprint's description of somebody stands with the facts of the codex.
    """
    described = {item.name: item for item in _described(book)}
    for one in book.present:
        item = next((described[name] for name in one.entry.names if name in described), None)
        told = [_description(item, book.language)] if item is not None else []
        text = _line(book, one.entry.name, [*told, one.entry.description, *one.statements])
        if text:
            yield ContextItem(ItemKind.CODEX, str(one.entry.id), one.entry.name, text, one.reason)


def cast_pieces(book: BookSoFar) -> Pieces:
    """Entries of the blueprint that are named and not yet in the codex."""
    known = {name for one in book.present for name in one.entry.names}
    scene = book.scene
    for item in _described(book):
        reason = scene.reason([item.name]) if item.name not in known else None
        text = _line(book, item.name, [_description(item, book.language)])
        if reason is not None and text:
            yield ContextItem(ItemKind.CODEX, f"cast:{item.name}", item.name, text, reason)


def tie_pieces(book: BookSoFar) -> Pieces:
    """The relationships between characters named in the plan, as the blueprint has them."""
    plan = book.scene.plan
    for tie in book.blueprint.relationships:
        if plan.names(tie.source) and plan.names(tie.target):
            names = f"{tie.source} – {tie.target}"
            reason = Reason(ReasonKind.NAMED_IN_PLAN, names)
            text = f"- {one_line(item_line(tie, book.language))}"
            yield ContextItem(ItemKind.CODEX, f"tie:{names}", names, text, reason)


def _described(book: BookSoFar) -> list[BlueprintCharacter | Place]:
    blueprint = book.blueprint
    items: list[BlueprintCharacter | Place] = [*blueprint.characters]
    items += [*blueprint.locations, *blueprint.factions]
    return [item for item in items if item.name]


def _description(item: BlueprintCharacter | Place, language: Language) -> str:
    """Returns the line of a blueprint entry without its name."""
    return item_line(item, language).removeprefix(item.name).lstrip(":： ")


def _line(book: BookSoFar, name: str, told: list[str]) -> str:
    between, after = SEPARATORS[book.language]
    texts = dict.fromkeys(one_line(text).rstrip("。.；;") for text in told)
    texts.pop("", None)
    return f"- {name}{after}{between.join(texts)}" if texts else ""


def seed_pieces(book: BookSoFar) -> Pieces:
    """Seeds that are not paid off: the overdue ones first."""
    for seed, reason in _seeds_by_urgency(book):
        remark = ""
        if reason.kind is ReasonKind.OVERDUE:
            remark = OVERDUE[book.language]
        elif reason.kind is ReasonKind.DUE:
            remark = DUE_BY[book.language].format(number=reason.number)
        yield ContextItem(
            ItemKind.SEED, str(seed.id), seed.name, f"- {one_line(seed.name)}{remark}", reason
        )


def _seeds_by_urgency(book: BookSoFar) -> list[tuple[EntryGlance, Reason]]:
    """Sorts the overdue first, then those with a due chapter, then the others as planted."""

    def urgency(seed: EntryGlance) -> tuple[int, int, int, int]:
        due = seed.due_chapter if seed.due_chapter is not None else book.number
        return _RANKS.index(_urgency_of(seed, book)), due, seed.since, seed.id

    seeds = nsmallest(MOST_SEEDS, book.seeds, key=urgency)
    return [(seed, _reason(_urgency_of(seed, book), seed)) for seed in seeds]


def _urgency_of(seed: EntryGlance, book: BookSoFar) -> ReasonKind:
    newest = book.number - 1
    if is_overdue(seed.due_chapter, seed.seen_in, newest, book.overdue_after_chapters):
        return ReasonKind.OVERDUE
    return ReasonKind.OPEN if seed.due_chapter is None else ReasonKind.DUE


def _reason(urgency: ReasonKind, seed: EntryGlance) -> Reason:
    due = seed.due_chapter if urgency is ReasonKind.DUE else None
    return Reason(urgency, number=seed.since if due is None else due)


def passage_pieces(book: BookSoFar) -> Pieces:
    """Earlier passages about the subjects of the plan."""
    end_begins = len(book.previous_text) - len(book.previous_end)
    for related in book.passages:
        found = related.passage
        if found.chapter_number == book.previous_number and found.end > end_begins:
            continue
        text = _told_from(found, book.language)
        yield ContextItem(
            ItemKind.PASSAGE,
            f"{found.chapter_id}:{found.start}",
            found.chapter_title,
            text,
            Reason(ReasonKind.MATCHES, related.words),
            found.chapter_number,
            found.chapter_number,
            own_number=found.chapter_label,
        )


def _told_from(found: FoundPassage, language: Language) -> str:
    if found.chapter_label is None:
        return FROM_CHAPTER[language].format(number=found.chapter_number, text=found.text)
    name = found.chapter_label or found.chapter_title
    return FROM_NAMED[language].format(name=name or found.chapter_number, text=found.text)


def previous_pieces(book: BookSoFar) -> Pieces:
    """The end of the previous chapter."""
    if end := book.previous_end.strip():
        number = book.previous_number
        yield ContextItem(ItemKind.PREVIOUS_END, "end", "", end, _BEFORE, number, number)


PIECES: Mapping[ItemKind, Callable[[BookSoFar], Pieces]] = {
    ItemKind.BLUEPRINT: blueprint_pieces,
    ItemKind.GUIDE: guide_pieces,
    ItemKind.BOOK_SUMMARY: book_pieces,
    ItemKind.VOLUME_SUMMARY: volume_pieces,
    ItemKind.CHAPTER_SUMMARY: chapter_pieces,
    ItemKind.CODEX: lambda book: chain(cast_pieces(book), tie_pieces(book), codex_pieces(book)),
    ItemKind.SEED: seed_pieces,
    ItemKind.PASSAGE: passage_pieces,
    ItemKind.NEXT_PLAN: plan_pieces,
    ItemKind.PREVIOUS_END: previous_pieces,
}
