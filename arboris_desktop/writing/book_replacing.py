"""Replacing words anywhere in a book, and undoing that."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from arboris_desktop.domain.novel import ChapterVersion, Language, VersionOrigin
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.book_finding import SearchedText
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.finding import Wanted, find_all, replacement
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.writing.book_search import BookHits


@record
class ReplacedChapter:
    """A chapter whose text was replaced: the version before and the one after.

    ``old_summary`` is restored together with the text.
    """

    chapter_id: int
    old_version_id: int
    new_version_id: int
    new_revision: int
    old_summary: str = ""


@record
class BookReplacement:
    """The result of a replacement.

    ``left_alone`` counts chapters that had changed since the search.
    """

    project_id: str
    count: int = 0
    chapters: tuple[ReplacedChapter, ...] = ()
    left_alone: tuple[int, ...] = ()


def replaced_text(text: str, wanted: Wanted, template: str, places: Collection[int]) -> str:
    """Returns the text with the occurrences of these numbers replaced. Raises ``PatternError``."""
    parts, done = [], 0
    if wanted.is_pattern:
        found = find_all(text, wanted)
        news = [(each.span, replacement(each, text, template, wanted)) for each in found]
    else:
        news = [(span, template) for span in SearchedText(text).places(wanted)]
    for number, (span, new) in enumerate(news):
        if number in places:
            parts += [text[done : span.start], new]
            done = span.end
    return "".join([*parts, text[done:]])


class BookReplacing:
    """Replaces in all chapters at once. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(
        self,
        project_id: str,
        hits: BookHits,
        template: str,
        chosen: Mapping[int, Collection[int]],
    ) -> BookReplacement:
        """Replaces the chosen occurrences, by chapter and number, in one transaction.

        Each chapter gets a new version; the text before stays among its versions. The summary
        stays, and gets the same replacement if it was applied everywhere, since the story is the
        same. A chapter whose text has changed since the search is left alone. Raises
        ``PatternError``, ``PatternTooSlowError`` and ``StorageError``.
        """
        # Before the transaction begins, since a pattern may take long.
        wished = [
            (each, replaced_text(each.text, hits.wanted, template, numbers), frozenset(numbers))
            for each in hits.chapters
            if (numbers := chosen.get(each.chapter.id, ()))
        ]
        done: list[ReplacedChapter] = []
        alone: list[int] = []
        count = 0
        with self._database.write() as transaction:
            language = transaction.projects.get(project_id).language
            summaries = transaction.chapters.summaries(project_id)
            for each, text, numbers in wished:
                old = transaction.chapters.selected_version(each.chapter.id)
                if old is None or old.content != each.text:
                    alone.append(each.chapter.id)
                elif text != each.text:
                    summary = summaries[each.chapter.id]
                    done.append(_store(transaction, old, text, language, summary))
                    if len(numbers) == len(each.spans):
                        new = _everywhere(summary, hits.wanted, template)
                        transaction.chapters.set_summary(each.chapter.id, new)
                    count += len(numbers)
        return BookReplacement(project_id, count, tuple(done), tuple(alone))

    def take_back(self, replaced: BookReplacement) -> BookReplacement:
        """Restores the text of each chapter, unless it has been changed since."""
        back: list[ReplacedChapter] = []
        alone: list[int] = []
        with self._database.write() as transaction:
            language = transaction.projects.get(replaced.project_id).language
            for each in replaced.chapters:
                now = transaction.chapters.selected_version(each.chapter_id)
                state = None if now is None else (now.id, now.revision)
                if state != (each.new_version_id, each.new_revision):
                    alone.append(each.chapter_id)
                    continue
                old = transaction.chapters.version(each.old_version_id)
                words = count_words(old.content, language)
                transaction.chapters.select_version(each.chapter_id, old.id, words)
                transaction.chapters.set_summary(each.chapter_id, each.old_summary)
                transaction.anchor(
                    each.chapter_id, old.content, None if now is None else now.content
                )
                back.append(each)
        return BookReplacement(replaced.project_id, len(back), tuple(back), tuple(alone))


def _everywhere(text: str, wanted: Wanted, template: str) -> str:
    return replaced_text(text, wanted, template, range(len(text) + 1))


def _store(
    transaction: Transaction,
    old: ChapterVersion,
    text: str,
    language: Language,
    summary: str,
) -> ReplacedChapter:
    text = normalised_text(text, language)
    transaction.anchor(old.chapter_id, text, old.content)
    new = transaction.chapters.add_version(
        old.chapter_id,
        content=text,
        word_count=count_words(text, language),
        origin=VersionOrigin.AUTHOR,
    )
    transaction.chapters.set_summary(old.chapter_id, summary)
    return ReplacedChapter(old.chapter_id, old.id, new.id, new.revision, summary)
