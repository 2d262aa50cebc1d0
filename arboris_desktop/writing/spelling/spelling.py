"""The language in which a novel is spelled, and the words that are right in it."""

from __future__ import annotations

import locale
from collections.abc import Iterable

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import SpellingSettings
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.spelled_words import spelled_words

NO_DICTIONARY = "-"
"""The name for a novel that is not checked."""

_NAMED = (EntryKind.CHARACTER, EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM)
_AMERICAN, _BRITISH = "en_US", "en_GB"
_BRITISH_PLACES = ("GB", "IE", "AU", "NZ", "ZA", "IN")


@record
class NovelSpelling:
    """The spelling settings of a novel.

    ``chosen`` is empty if nobody has chosen a ``dictionary``, which is empty if nothing is checked;
    ``known`` are names and own words.
    """

    chosen: str
    dictionary: str
    own_words: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class Spelling:
    """Reads and changes how novels are spelled. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settings(self) -> SpellingSettings:
        """Returns the settings for all novels."""
        with self._database.read() as transaction:
            return transaction.settings.get(SpellingSettings)

    def set(self, settings: SpellingSettings) -> None:
        """Changes the settings for all novels."""
        with self._database.write() as transaction:
            transaction.settings.set(settings)

    def of_novel(self, project_id: str) -> NovelSpelling:
        """Returns the dictionary and the words of a novel."""
        with self._database.read() as transaction:
            language = transaction.projects.get(project_id).language
            chosen = transaction.words.dictionary(project_id)
            own = transaction.words.of_project(project_id)
            known = (*own, *_names(transaction, project_id))
        if chosen == NO_DICTIONARY:
            return NovelSpelling(chosen, "", own, known)
        return NovelSpelling(chosen, chosen or usual_dictionary(language), own, known)

    def choose(self, project_id: str, dictionary: str) -> None:
        """Sets a novel's dictionary: empty for that of its language, ``NO_DICTIONARY`` for none."""
        with self._database.write() as transaction:
            transaction.words.choose(project_id, dictionary)

    def add_word(self, project_id: str, word: str) -> None:
        """Adds a word to those that are right in a novel."""
        with self._database.write() as transaction:
            transaction.words.add(project_id, word)

    def set_words(self, project_id: str, words: Iterable[str]) -> None:
        """Replaces the words that are right in a novel."""
        with self._database.write() as transaction:
            transaction.words.replace(project_id, words)


def usual_dictionary(language: Language, place: str | None = None) -> str:
    """Returns the dictionary of a language in the author's region; Chinese has none."""
    if language is Language.CHINESE:
        return ""
    where = place if place is not None else locale.getlocale()[0] or ""
    return _BRITISH if where.replace("-", "_").endswith(_BRITISH_PLACES) else _AMERICAN


def _names(transaction: Transaction, project_id: str) -> list[str]:
    """Returns the names in the codex, in the blueprint, and in the plans of the book."""
    people = [each.name for each in transaction.blueprints.get(project_id).characters]
    entries = transaction.codex.entries(project_id)
    named = (entry for entry in entries if entry.kind in _NAMED)
    of_codex = [name for entry in named for name in (entry.name, *entry.aliases)]
    return people + of_codex + _capitalised(_plans(transaction, project_id))


def _plans(transaction: Transaction, project_id: str) -> str:
    chapters = transaction.chapters.of_project(project_id)
    planned = (text for each in chapters for text in (each.title, each.outline))
    return " ".join((transaction.projects.get(project_id).premise, *planned))


def _capitalised(text: str) -> list[str]:
    """Returns the words that begin with a capital, each once: names, and harmless sentence
    beginnings."""
    return sorted({word for _place, word in spelled_words(text) if word[0].isupper()})
