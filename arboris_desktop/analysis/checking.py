"""From a model's claims to facts: a claim without a quotation in the text is not one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from arboris_desktop.analysis.answers import (
    Answer,
    CharacterChange,
    CharacterChanges,
    NewCharacters,
    SeedDevelopment,
    Seeds,
    WorldEntries,
)
from arboris_desktop.codex.naming import courtesy_names, is_addressed
from arboris_desktop.domain.codex import Attribute, EntryKind, FactStatus, NewFact, SeedEffect
from arboris_desktop.text.quotations import locate

_WORD = re.compile(r"[^\W\d_]{2,}")
_OBJECT = re.compile(r"\{[^{}]*+\}")
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Sir", "Lady", "Lord", "Dr", "the", "The", "of"})
"""Words of a name that do not tell one person from another."""


def without_forged_claims(text: str) -> str:
    """The text with what has the form of our models' answers blanked out, at the same length.

    It is addressed to the model and tells no story: a model that obeys it would "prove" the
    claims in it with their own quotations.
    """
    return _OBJECT.sub(
        lambda found: "\0" * len(found[0]) if "quotation" in found[0] else found[0], text
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The text that claims are checked against, without forged ones.

    ``aliases`` gives, for a known character, the other names under which the text may know them;
    ``open_seeds`` the contents of the seeds that the model was shown, by their numbers.
    """

    text: str
    threshold: float
    aliases: Mapping[str, tuple[str, ...]]
    open_seeds: Mapping[int, str] = field(default_factory=dict)

    def check(self, kind: EntryKind, name: str, statement: str, claim: _Claim) -> NewFact:
        """The claim as a fact, with its place in the text and whether it may be believed."""
        span = locate(claim.quotation, self.text)
        supported = span is not None and (
            kind is not EntryKind.CHARACTER or self._names(name, claim.aliases)
        )
        if not supported:
            status = FactStatus.UNSUPPORTED
        elif claim.confidence < self.threshold:
            status = FactStatus.LOW_CONFIDENCE
        else:
            status = FactStatus.ACCEPTED
        return NewFact(
            kind=kind,
            entry_name=name,
            statement=statement,
            quotation=claim.quotation,
            start=span.start if span else None,
            end=span.end if span else None,
            confidence=claim.confidence,
            status=status,
            reason=claim.reason,
            aliases=self._aliases(kind, name, claim),
            attributes=claim.attributes or {},
        )

    def _aliases(self, kind: EntryKind, name: str, claim: _Claim) -> tuple[str, ...]:
        """The other names that the claim gives, and those that the text itself does."""
        if kind is not EntryKind.CHARACTER:
            return claim.aliases
        return tuple(dict.fromkeys((*claim.aliases, *courtesy_names(name, self.text))))

    def _names(self, name: str, aliases: tuple[str, ...]) -> bool:
        """Whether the text speaks of the character: by a name of theirs, or by a word of the name.

        A chapter may say no more than ``Ida`` of Ida Marsh.
        """
        folded = self.text.casefold()
        candidates = (name, *aliases, *self.aliases.get(name.casefold(), ()))
        if any(candidate.casefold() in folded for candidate in candidates):
            return True
        if is_addressed(name, self.text):
            return True
        words = set(_WORD.findall(self.text))
        return any(word in words for word in _WORD.findall(name) if word not in _TITLES)


@dataclass(frozen=True, slots=True)
class _Claim:
    quotation: str
    confidence: float
    reason: str = ""
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] | None = None


def facts_from(answer: Answer, evidence: Evidence) -> list[NewFact]:
    """Every claim of an answer, checked."""
    match answer:
        case CharacterChanges():
            return _character_changes(answer, evidence)
        case NewCharacters():
            return _new_characters(answer, evidence)
        case WorldEntries():
            return _world_entries(answer, evidence)
        case Seeds():
            return _seeds(answer, evidence)
    raise TypeError(f"no facts in {type(answer).__name__}")


def _character_changes(answer: CharacterChanges, evidence: Evidence) -> list[NewFact]:
    return [
        _with_attribute(
            evidence.check(
                EntryKind.CHARACTER,
                claim.character,
                claim.change,
                _Claim(claim.quotation, claim.confidence, reason=claim.reason),
            ),
            claim,
        )
        for claim in answer.changes
    ]


def _with_attribute(fact: NewFact, claim: CharacterChange) -> NewFact:
    """The fact in comparable form, where the claim gives all that this needs."""
    attribute = Attribute(claim.attribute)
    if attribute is Attribute.OTHER or not claim.value:
        return fact
    if attribute is not Attribute.RELATIONSHIP:
        return replace(fact, attribute=attribute, value=claim.value)
    if claim.other_character.casefold() in ("", claim.character.casefold()):
        return fact
    return replace(fact, attribute=attribute, value=claim.value, other_name=claim.other_character)


def _new_characters(answer: NewCharacters, evidence: Evidence) -> list[NewFact]:
    return [
        evidence.check(
            EntryKind.CHARACTER,
            claim.name,
            claim.description,
            _Claim(
                claim.quotation,
                claim.confidence,
                aliases=tuple(alias for alias in claim.aliases if alias != claim.name),
                attributes={"role": claim.role},
            ),
        )
        for claim in answer.characters
    ]


def _world_entries(answer: WorldEntries, evidence: Evidence) -> list[NewFact]:
    return [
        evidence.check(
            EntryKind(claim.category),
            claim.name,
            claim.description,
            _Claim(claim.quotation, claim.confidence),
        )
        for claim in answer.entries
    ]


def _seeds(answer: Seeds, evidence: Evidence) -> list[NewFact]:
    planted = [
        evidence.check(
            EntryKind.FORESHADOWING,
            claim.content,
            claim.content,
            _Claim(claim.quotation, claim.confidence, attributes={"seed_kind": claim.kind}),
        )
        for claim in answer.seeds
    ]
    return [replace(fact, effect=SeedEffect.PLANTED) for fact in planted] + [
        _development(claim, evidence) for claim in answer.developments
    ]


def _development(claim: SeedDevelopment, evidence: Evidence) -> NewFact:
    """What happened to an open seed; one of which the model made the number up has no proof."""
    seed = evidence.open_seeds.get(claim.seed)
    fact = evidence.check(
        EntryKind.FORESHADOWING,
        seed or claim.statement,
        claim.statement,
        _Claim(claim.quotation, claim.confidence),
    )
    if seed is None:
        return replace(fact, status=FactStatus.UNSUPPORTED)
    return replace(fact, entry_id=claim.seed, effect=SeedEffect(claim.effect))


def without_duplicates(facts: Iterable[NewFact]) -> list[NewFact]:
    """Drops what overlapping parts reported twice, keeping the best supported of each."""
    best: dict[tuple[object, ...], NewFact] = {}
    for fact in facts:
        key = (fact.kind, fact.entry_name.casefold(), fact.statement.casefold())
        known = best.get(key)
        if known is None or _rank(fact) > _rank(known):
            best[key] = fact
    return list(best.values())


def _rank(fact: NewFact) -> tuple[bool, float]:
    return (fact.status is not FactStatus.UNSUPPORTED, fact.confidence)
