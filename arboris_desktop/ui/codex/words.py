"""Translated words for terms of the codex."""

from __future__ import annotations

from arboris_desktop.domain.codex import (
    Attribute,
    CodexFact,
    EntryKind,
    FactStatus,
    Origin,
    SeedEffect,
)
from arboris_desktop.domain.codex_journal import JournalAction
from arboris_desktop.domain.contradictions import AlertKind, Contradiction
from arboris_desktop.domain.foreshadowing import Seed, SeedState
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.wording import chapter_place

_ENTRY_KIND = {
    EntryKind.CHARACTER: QT_TRANSLATE_NOOP("Wording", "Character"),
    EntryKind.LOCATION: QT_TRANSLATE_NOOP("Wording", "Place"),
    EntryKind.FACTION: QT_TRANSLATE_NOOP("Wording", "Group"),
    EntryKind.ITEM: QT_TRANSLATE_NOOP("Wording", "Thing"),
    EntryKind.RULE: QT_TRANSLATE_NOOP("Wording", "Rule of the world"),
    EntryKind.FORESHADOWING: QT_TRANSLATE_NOOP("Wording", "Foreshadowing"),
}
_FACT_STATUS = {
    FactStatus.ACCEPTED: QT_TRANSLATE_NOOP("Wording", "Accepted"),
    FactStatus.PROPOSED: QT_TRANSLATE_NOOP("Wording", "Proposed"),
    FactStatus.LOW_CONFIDENCE: QT_TRANSLATE_NOOP("Wording", "Unsure"),
    FactStatus.UNSUPPORTED: QT_TRANSLATE_NOOP("Wording", "Quotation not found"),
    FactStatus.TO_CHECK: QT_TRANSLATE_NOOP("Wording", "To check"),
    FactStatus.REJECTED: QT_TRANSLATE_NOOP("Wording", "Rejected"),
}
_EFFECT = {
    SeedEffect.PLANTED: QT_TRANSLATE_NOOP("Wording", "planted"),
    SeedEffect.ADVANCED: QT_TRANSLATE_NOOP("Wording", "advanced"),
    SeedEffect.PAID_OFF: QT_TRANSLATE_NOOP("Wording", "paid off"),
}
_STATE = {
    SeedState.OPEN: QT_TRANSLATE_NOOP("Wording", "Open"),
    SeedState.ADVANCED: QT_TRANSLATE_NOOP("Wording", "Advanced"),
    SeedState.PAID_OFF: QT_TRANSLATE_NOOP("Wording", "Paid off"),
    SeedState.OVERDUE: QT_TRANSLATE_NOOP("Wording", "Overdue"),
}
_ATTRIBUTE: dict[str, str] = {
    Attribute.LIFE: QT_TRANSLATE_NOOP("Wording", "alive or dead"),
    Attribute.AGE: QT_TRANSLATE_NOOP("Wording", "age"),
    Attribute.EYE_COLOUR: QT_TRANSLATE_NOOP("Wording", "eye colour"),
    Attribute.HAIR_COLOUR: QT_TRANSLATE_NOOP("Wording", "hair colour"),
    Attribute.LOCATION: QT_TRANSLATE_NOOP("Wording", "place"),
    Attribute.ALLEGIANCE: QT_TRANSLATE_NOOP("Wording", "allegiance"),
    Attribute.POSSESSION: QT_TRANSLATE_NOOP("Wording", "possession"),
    Attribute.RELATIONSHIP: QT_TRANSLATE_NOOP("Wording", "relationship"),
}
_ATTRIBUTE_VALUE = {
    "main": QT_TRANSLATE_NOOP("Wording", "main character"),
    "supporting": QT_TRANSLATE_NOOP("Wording", "supporting character"),
    "mystery": QT_TRANSLATE_NOOP("Wording", "mystery"),
    "prophecy": QT_TRANSLATE_NOOP("Wording", "prophecy"),
    "hint": QT_TRANSLATE_NOOP("Wording", "hint"),
}
_ACTION = {
    JournalAction.ENTRY_CREATED: QT_TRANSLATE_NOOP("Wording", "New entry"),
    JournalAction.ENTRY_EDITED: QT_TRANSLATE_NOOP("Wording", "Entry edited"),
    JournalAction.ENTRIES_MERGED: QT_TRANSLATE_NOOP("Wording", "Two entries merged"),
    JournalAction.ALIASES_ADDED: QT_TRANSLATE_NOOP("Wording", "Other names added"),
    JournalAction.FACT_ADDED: QT_TRANSLATE_NOOP("Wording", "Fact found"),
    JournalAction.FACT_REPLACED: QT_TRANSLATE_NOOP("Wording", "Fact found again"),
    JournalAction.FACT_ACCEPTED: QT_TRANSLATE_NOOP("Wording", "Fact accepted"),
    JournalAction.FACT_REJECTED: QT_TRANSLATE_NOOP("Wording", "Fact rejected"),
    JournalAction.FACT_EDITED: QT_TRANSLATE_NOOP("Wording", "Fact edited"),
}


def entry_kind(kind: EntryKind) -> str:
    """Returns the name of the kind of a codex entry, in the singular."""
    return Wording.tr(_ENTRY_KIND[kind])


def fact_status(status: FactStatus) -> str:
    """Returns the status of a fact, in one word."""
    return Wording.tr(_FACT_STATUS[status])


def attribute_value(value: str) -> str:
    """Returns the role of a character or the kind of a seed; the author's own words stay as they
    are."""
    known = _ATTRIBUTE_VALUE.get(value)
    return Wording.tr(known) if known else value


def effect_words(effect: SeedEffect) -> str:
    """Returns words for what a chapter does to a seed."""
    return Wording.tr(_EFFECT[effect])


def seed_state(state: SeedState) -> str:
    """Returns the state of a seed, in a word."""
    return Wording.tr(_STATE[state])


def seed_words(seed: Seed) -> str:
    """Returns a line such as ``Overdue · planted in chapter 3 · due in chapter 20``."""
    parts = [seed_state(seed.state)]
    if seed.planted_in:
        parts.append(
            Wording.tr("planted in {chapter}").format(chapter=_place(seed, seed.planted_in))
        )
    if seed.last_touched_in > seed.planted_in:
        parts.append(
            Wording.tr("last touched in {chapter}").format(
                chapter=_place(seed, seed.last_touched_in)
            )
        )
    if seed.paid_off_in is not None:
        parts.append(
            Wording.tr("paid off in {chapter}").format(chapter=_place(seed, seed.paid_off_in))
        )
    elif seed.due_chapter is not None:
        parts.append(Wording.tr("due in chapter {chapter}").format(chapter=seed.due_chapter))
    return " · ".join(parts)


def _place(seed: Seed, number: int) -> str:
    here = (fact for fact in seed.entry.facts if fact.chapter_number == number)
    fact = next(here, None)
    if fact is None or fact.chapter_label is None:
        return chapter_place(number)
    return chapter_place(number, fact.chapter_label or fact.chapter_title)


def alert_words(alert: Contradiction) -> str:
    """Returns a sentence that says what cannot both be true."""
    if alert.kind is AlertKind.DEAD_CHARACTER_ACTS:
        text = Wording.tr("{name} is dead, yet acts or speaks in a later chapter.")
        return text.format(name=alert.entry_name)
    attribute = _ATTRIBUTE.get(alert.attribute)
    text = Wording.tr("{name}: two passages differ ({attribute}).")
    return text.format(
        name=alert.entry_name,
        attribute=Wording.tr(attribute) if attribute else alert.attribute,
    )


def fact_state(fact: CodexFact) -> str:
    """Says whether a fact is valid, on whose authority, and whether its quotation still exists."""
    parts = [fact_status(fact.status)]
    if fact.decided_by is Origin.AUTHOR:
        parts.append(Wording.tr("by you"))
    else:
        percent = round(fact.confidence * 100)
        parts.append(Wording.tr("confidence {percent} %").format(percent=percent))
    if fact.is_stale:
        parts.append(Wording.tr("its quotation is no longer in the chapter"))
    return " · ".join(parts)


def journal_action(action: JournalAction) -> str:
    """Returns words for a change of the codex."""
    return Wording.tr(_ACTION[action])
