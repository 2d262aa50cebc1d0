"""The part of the codex that a model is shown when it is asked about a chapter."""

from __future__ import annotations

from arboris_desktop.domain.codex import WORLD_KINDS, CodexEntry, EntryKind, Origin
from arboris_desktop.domain.foreshadowing import SeedState, ledger
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.provider import Provider
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import one_line

KNOWN_LISTS = {
    "known_characters": (EntryKind.CHARACTER,),
    "known_world": WORLD_KINDS,
    "open_foreshadowing": (EntryKind.FORESHADOWING,),
}
"""The kinds of entries that each list in a prompt names, by its placeholder."""

_NONE_KNOWN = {Language.ENGLISH: "(none yet)", Language.CHINESE: "（暂无）"}

_SHARE = 0.15
"""Those in the chapter may take so much of the context."""

_MOST_TOKENS, _MOST_TOKENS_OF_SEEDS = 300, 600
"""And the others may fill it up to this: a long book knows hundreds, and each question would be
paid for them. A name that is not listed is recognised all the same when facts are merged; a seed
is not, since it can only be answered by its number."""

_TERMS = lazy_pattern(r"[^\W\d_]{4,}")
_CHINESE = lazy_pattern("[\u3400-\u9fff]+")


def known_entries(
    entries: list[CodexEntry],
    kinds: tuple[EntryKind, ...],
    text: str,
    language: Language,
    provider: Provider,
) -> str:
    """The entries of these kinds that the book already has: those in this chapter, and others, the
    nearest to it first, as long as there is room."""
    known = [entry for entry in entries if entry.kind in kinds and _is_known(entry)]
    known.sort(key=lambda entry: _distance(entry, text))
    for_all = _MOST_TOKENS_OF_SEEDS if EntryKind.FORESHADOWING in kinds else _MOST_TOKENS
    share = int(provider.context_tokens * _SHARE)
    lines: list[str] = []
    taken = 0
    for entry in known:
        line = one_line(_line(entry))
        taken += provider.count_tokens(line) + 1
        if taken > (share if _is_named(entry, text) else min(share, for_all)):
            break
        lines.append(line)
    return "\n".join(lines) or _NONE_KNOWN[language]


def is_open_seed(entry: CodexEntry) -> bool:
    """True if it is a seed that no chapter has paid off."""
    if entry.kind is not EntryKind.FORESHADOWING:
        return False
    seeds = ledger([entry], newest_chapter=0, overdue_after_chapters=1)
    return any(seed.state is not SeedState.PAID_OFF for seed in seeds)


def _line(entry: CodexEntry) -> str:
    """An entry as the model is shown it; of a seed the number, by which it can be answered."""
    if entry.kind is EntryKind.FORESHADOWING:
        return f"- [{entry.id}] {entry.name}"
    return f"- {entry.name}" + (f" ({', '.join(entry.aliases)})" if entry.aliases else "")


def _is_known(entry: CodexEntry) -> bool:
    if entry.kind is EntryKind.FORESHADOWING:
        return is_open_seed(entry)
    return entry.origin is Origin.AUTHOR or any(fact.counts for fact in entry.facts)


def _is_named(entry: CodexEntry, text: str) -> bool:
    return any(name in text for name in (entry.name, *entry.aliases))


def _distance(entry: CodexEntry, text: str) -> tuple[bool, int]:
    """Sorts those that are named first; of seeds, those whose words the chapter has."""
    shared = 0
    if entry.kind is EntryKind.FORESHADOWING:
        shared = sum(term in text for term in _terms(entry.name))
    return not _is_named(entry, text), -shared


def _terms(text: str) -> set[str]:
    """The longer words of a sentence, and the pairs of characters where it is Chinese."""
    words = {word for word in _TERMS.findall(text) if not _CHINESE.search(word)}
    runs = _CHINESE.findall(text)
    return words | {run[place : place + 2] for run in runs for place in range(len(run) - 1)}
