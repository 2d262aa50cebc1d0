"""Facts about a character that cannot both be true: found by the order of the book.

Rules are kept narrow, since each alert asks for the author's time:

- *life*: who is dead acts in a later chapter, or is said to be alive there. Memories, dreams,
  ghosts and burials are no acts; one alert for each chapter.
- *eyes, hair*: another colour than the one first given, unless the passage tells of a change
  (dyed, turned, a wig), or the hair has only gone grey or white.
- *age*: younger than in an earlier chapter. How fast a story's time goes by is not known, so no
  age is too high.
- *place*: a later chapter says that they *still* are where the codex knows that they had left.
  To be elsewhere in another chapter, or in one and the same, is no contradiction: people travel.

What the author has closed is not listed again, and its value then counts as the one established.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from arboris_desktop.codex.values import age, colours, is_alive
from arboris_desktop.domain.codex import Attribute, CodexEntry, CodexFact, EntryKind
from arboris_desktop.domain.contradictions import AlertKind, AlertStatus, NewContradiction
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.storage.database import Transaction
from arboris_desktop.text.patterns import lazy_pattern

Value = TypeVar("Value")

COMPARED = (
    Attribute.LIFE,
    Attribute.AGE,
    Attribute.EYE_COLOUR,
    Attribute.HAIR_COLOUR,
    Attribute.LOCATION,
)
"""The attributes whose values are compared."""

_NO_ACT = (Attribute.AGE, Attribute.EYE_COLOUR, Attribute.HAIR_COLOUR, Attribute.RELATIONSHIP)
_NOT_IN_LIFE = lazy_pattern(
    r"\b(?:remember|recall|memor|dream|ghost|spirit|grave|tomb|bur(?:y|ied|ial)|bod(?:y|ies)\b"
    r"|corpse|funeral|mourn|grie[fv]|d(?:ead|eath|ied|ying)\b|late\b|posthumous|years ago)"
    r"|回忆|想起|记得|记忆|怀念|思念|梦|鬼|魂|墓|坟|葬|遗|尸|死|亡|祭|悼|灵|生前|当年|昔日",
    re.IGNORECASE,
)
_TELLS_OF_CHANGE = lazy_pattern(
    r"\b(?:dye[ds]?|bleach\w*|turn(?:ed|s|ing)?|chang\w+|wig|disguise\w*|gone|became|spell)\b"
    r"|染|变|假发|伪装|易容|化作|化为",
    re.IGNORECASE,
)
_STILL = lazy_pattern(
    r"\b(?:still|never left|had not left|remain(?:s|ed)|stay(?:s|ed))\b|仍|依然|还在|依旧|从未离开",
    re.IGNORECASE,
)
_AGED_HAIR = {"grey", "white"}


def refresh_alerts(transaction: Transaction, entry_ids: Iterable[int]) -> None:
    """Brings the alerts of entries up to what their facts say now.

    A contradiction that was known keeps its alert, closed or not. An open alert that nothing
    supports any more is removed; a closed one is kept, so that it does not come back.
    """
    for entry_id in sorted(set(entry_ids)):
        try:
            entry = transaction.codex.entry(entry_id)
        except NotFoundError:
            continue  # removed with its last fact, or merged into another
        _refresh(transaction, entry)


def _refresh(transaction: Transaction, entry: CodexEntry) -> None:
    known = transaction.alerts.signatures(entry.id)
    closed = {name for name, (_, status) in known.items() if status is not AlertStatus.OPEN}
    found = {one.signature: one for one in contradictions(entry, closed)}
    for signature, one in found.items():
        if signature in known:
            transaction.alerts.refresh(known[signature][0], one)
        else:
            transaction.alerts.add(entry.project_id, one)
    for signature, (alert_id, status) in known.items():
        if signature not in found and status is AlertStatus.OPEN:
            transaction.alerts.remove(alert_id)


def contradictions(
    entry: CodexEntry, closed: Iterable[str] = frozenset()
) -> list[NewContradiction]:
    """The contradictions among the facts of a character that count, in the order of the book.

    ``closed`` are the signatures of those that the author has dealt with.
    """
    if entry.kind is not EntryKind.CHARACTER:
        return []
    facts = [fact for fact in entry.facts if fact.counts]
    accepted = frozenset(closed)
    return [
        *_after_death(facts),
        *_other_colour(facts, Attribute.EYE_COLOUR, accepted),
        *_other_colour(facts, Attribute.HAIR_COLOUR, accepted),
        *_younger(facts, accepted),
        *_still_there(facts),
    ]


def _after_death(facts: list[CodexFact]) -> Iterator[NewContradiction]:
    death: CodexFact | None = None
    told_in = set()
    for fact in facts:
        alive = is_alive(fact.value) if fact.attribute == Attribute.LIFE else None
        if alive is False:
            death = death or fact
        elif (
            death is not None
            and fact.chapter_number > death.chapter_number
            and fact.chapter_id not in told_in
            and (alive or _is_act(fact))
        ):
            told_in.add(fact.chapter_id)
            yield _contradiction(AlertKind.DEAD_CHARACTER_ACTS, Attribute.LIFE, death, fact)
        if alive:
            death = None


def _is_act(fact: CodexFact) -> bool:
    return fact.attribute not in _NO_ACT and not _NOT_IN_LIFE.search(_words(fact))


def _other_colour(
    facts: list[CodexFact], attribute: Attribute, closed: frozenset[str]
) -> Iterator[NewContradiction]:
    established: CodexFact | None = None
    for fact, colour in _read(facts, attribute, colours):
        if established is None or _explains_itself(fact, colour):
            established = fact
        elif not colour & colours(established.value):
            found = _contradiction(AlertKind.ATTRIBUTE_DIFFERS, attribute, established, fact)
            if found.signature in closed:
                established = fact
            yield found


def _explains_itself(fact: CodexFact, colour: frozenset[str]) -> bool:
    aged = fact.attribute == Attribute.HAIR_COLOUR and colour <= _AGED_HAIR
    return aged or _TELLS_OF_CHANGE.search(_words(fact)) is not None


def _younger(facts: list[CodexFact], closed: frozenset[str]) -> Iterator[NewContradiction]:
    oldest: tuple[CodexFact, int] | None = None
    for fact, years in _read(facts, Attribute.AGE, age):
        is_younger = oldest is not None and years < oldest[1]
        if oldest is None or not is_younger:
            oldest = (fact, years)
        elif fact.chapter_number > oldest[0].chapter_number:
            found = _contradiction(AlertKind.ATTRIBUTE_DIFFERS, Attribute.AGE, oldest[0], fact)
            if found.signature in closed:
                oldest = (fact, years)
            yield found


def _still_there(facts: list[CodexFact]) -> Iterator[NewContradiction]:
    last: CodexFact | None = None
    for fact, place in _read(facts, Attribute.LOCATION, _place):
        if (
            last is not None
            and fact.chapter_number > last.chapter_number
            and not _may_be_one(place, _place(last.value))
            and _STILL.search(fact.quotation)
        ):
            yield _contradiction(AlertKind.ATTRIBUTE_DIFFERS, Attribute.LOCATION, last, fact)
        last = fact


def _read(
    facts: list[CodexFact], attribute: Attribute, read: Callable[[str], Value | None]
) -> Iterator[tuple[CodexFact, Value]]:
    """The facts of that attribute whose value is understood, with it."""
    for fact in facts:
        value = read(fact.value) if fact.attribute == attribute else None
        if value:
            yield fact, value


def _place(value: str) -> str:
    return value.strip().casefold()


def _may_be_one(place: str, other: str) -> bool:
    """``the lighthouse`` may be ``the lighthouse of Saltwick``."""
    return place in other or other in place


def _words(fact: CodexFact) -> str:
    return f"{fact.quotation}\n{fact.statement}\n{fact.reason}"


def _contradiction(
    kind: AlertKind, attribute: Attribute, earlier: CodexFact, fact: CodexFact
) -> NewContradiction:
    """Known again by its chapters and values: the facts' numbers change with each analysis."""
    values = (earlier.value, fact.value) if kind is AlertKind.ATTRIBUTE_DIFFERS else ()
    parts = (kind, attribute, earlier.chapter_id, fact.chapter_id, *map(str.casefold, values))
    return NewContradiction(
        entry_id=fact.entry_id,
        kind=kind,
        signature=":".join(map(str, parts)),
        chapter_id=fact.chapter_id,
        earlier_fact_id=earlier.id,
        fact_id=fact.id,
        quotation=fact.quotation,
        start=None,
        end=None,
        attribute=attribute.value,
    )
