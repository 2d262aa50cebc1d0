"""From a model's claims to facts: a claim without a quotation in the text is not one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from arboris_desktop.codex.naming import courtesy_names, is_addressed
from arboris_desktop.codex.proof import NAMED_KINDS, proves_enough
from arboris_desktop.domain.codex import EntryKind, FactStatus, NewFact
from arboris_desktop.domain.record import record
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import locate

_WORD = lazy_pattern(r"[^\W\d_]{2,}")
_OBJECT = lazy_pattern(r"\{[^{}]*+\}")
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


@record
class Evidence:
    """The text that claims are checked against, without forged ones.

    ``aliases`` gives, for a known character, the other names under which the text may know them;
    ``open_seeds`` the contents of the seeds that the model was shown, by their numbers; ``names``
    all names of the book, which prove nothing by themselves.
    """

    text: str
    threshold: float
    aliases: Mapping[str, tuple[str, ...]]
    open_seeds: Mapping[int, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def knowing(self, facts: Iterable[NewFact]) -> Evidence:
        """The same evidence, with the names that a chapter's own findings give."""
        found = (each for fact in facts for each in (*_names_of(fact), fact.other_name) if each)
        return replace(self, names=tuple(dict.fromkeys((*self.names, *found))))

    def check(self, kind: EntryKind, name: str, statement: str, claim: Claim) -> NewFact:
        """The claim as a fact, with its place in the text and whether it may be believed."""
        span = locate(claim.quotation, self.text)
        own = (name, *claim.aliases) if kind in NAMED_KINDS else ()
        is_enough = proves_enough(claim.quotation, (*own, *self.names))
        is_there = span is not None or (not is_enough and self._has(claim.quotation))
        supported = is_there and (
            kind is not EntryKind.CHARACTER or self._names(name, claim.aliases)
        )
        if not supported:
            status = FactStatus.UNSUPPORTED
        elif not is_enough:
            status = FactStatus.TO_CHECK
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

    def _has(self, quotation: str) -> bool:
        """True if so short a quotation stands in the text to the letter."""
        quotation = quotation.strip()
        return any(map(str.isalnum, quotation)) and quotation in self.text

    def _aliases(self, kind: EntryKind, name: str, claim: Claim) -> tuple[str, ...]:
        """The other names that the claim gives, and those that the text itself does."""
        if kind is not EntryKind.CHARACTER:
            return claim.aliases
        return tuple(dict.fromkeys((*claim.aliases, *courtesy_names(name, self.text))))

    def _names(self, name: str, aliases: tuple[str, ...]) -> bool:
        """True if the text speaks of the character: by a name of theirs, or by a word of the name.

        A chapter may say no more than ``Ida`` of Ida Marsh.
        """
        text, name = simplified(self.text), simplified(name)
        folded = text.casefold()
        candidates = (name, *aliases, *self.aliases.get(name.casefold(), ()))
        if any(simplified(candidate).casefold() in folded for candidate in candidates):
            return True
        if is_addressed(name, text):
            return True
        words = set(_WORD.findall(text))
        return any(word in words for word in _WORD.findall(name) if word not in _TITLES)


def _names_of(fact: NewFact) -> tuple[str, ...]:
    return (fact.entry_name, *fact.aliases) if fact.kind in NAMED_KINDS else ()


@record
class Claim:
    """A model's statement, and the words of the chapter by which it makes it."""

    quotation: str
    confidence: float
    reason: str = ""
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] | None = None


def without_duplicates(facts: Iterable[NewFact]) -> list[NewFact]:
    """Drops what overlapping parts reported twice, keeping the best supported of each."""
    best: dict[tuple[object, ...], NewFact] = {}
    for fact in facts:
        key = (fact.kind, fact.entry_name.casefold(), fact.statement.casefold())
        known = best.get(key)
        if known is None or _rank(fact) > _rank(known):
            best[key] = fact
    return list(best.values())


_WEAKEST_FIRST = (
    FactStatus.UNSUPPORTED,
    FactStatus.TO_CHECK,
    FactStatus.LOW_CONFIDENCE,
    FactStatus.ACCEPTED,
)


def _rank(fact: NewFact) -> tuple[int, float]:
    return (_WEAKEST_FIRST.index(fact.status), fact.confidence)
