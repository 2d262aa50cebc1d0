"""The author's own changes to a chapter."""

from __future__ import annotations

from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.novel import ChapterOverview, ChapterVersion, VersionOrigin
from arboris_desktop.domain.record import record
from arboris_desktop.domain.writing_days import NOTHING_ELSE, NotTyped
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.writing.snapshots import keep_before_overwriting


@record
class OpenChapter:
    """A chapter as the editor shows it."""

    overview: ChapterOverview
    version: ChapterVersion | None
    versions: list[ChapterVersion]


@record
class SavedText:
    """The version that holds a text, and whether facts have moved in it or are stale now.

    ``words`` are those that were counted towards the day. ``beside`` is the text that somebody else
    had stored meanwhile, and that is now a version beside this one.
    """

    version: ChapterVersion
    facts_moved: bool = False
    own_words: int = 0
    model_words: int = 0
    beside: ChapterVersion | None = None


class Editing:
    """Opens chapters and saves what the author types."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, chapter_id: int) -> OpenChapter:
        """Returns a chapter with its selected text and its versions. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return OpenChapter(
                transaction.chapters.overview(chapter_id),
                transaction.chapters.selected_version(chapter_id),
                transaction.chapters.versions(chapter_id),
            )

    def save(self, chapter_id: int, text: str, base: ChapterVersion | None) -> ChapterVersion:
        """Stores a text, and returns only the version."""
        return self.store(chapter_id, text, base).version

    def store(
        self,
        chapter_id: int,
        text: str,
        base: ChapterVersion | None,
        not_typed: NotTyped = NOTHING_ELSE,
    ) -> SavedText:
        """Saves the author's normalised text, and returns the version that holds it.

        Text written by a model or imported is never overwritten: the first edit makes a version of
        the author's, which later saves change in place. If that version was changed elsewhere
        meanwhile (``base`` is no longer its newest revision), or a model's was, a new version is
        made, so that neither text is lost. If somebody else types in another version, this one is
        selected again. ``not_typed`` is how much of the change is not the author's.
        """
        with self._database.write() as transaction:
            overview = transaction.chapters.overview(chapter_id)
            language = transaction.projects.get(overview.project_id).language
            text = normalised_text(text, language)
            words = count_words(text, language)
            current = transaction.chapters.selected_version(chapter_id)
            if current is not None and current.content == text:
                return SavedText(current)
            beside = _overtaking(base, current)
            before = base if beside else current
            own = words - not_typed.by_model - not_typed.brought_back
            if before is not None:
                own -= count_words(before.content, language)
            transaction.writing_days.add(overview.project_id, own=own, by_model=not_typed.by_model)
            old = None if current is None else current.content
            facts_moved = transaction.anchor(chapter_id, text, old)
            if (changed := _goes_on(transaction, base, beside)) is not None:
                keep_before_overwriting(transaction, changed, language)
                if beside is not None:
                    transaction.chapters.select_version(chapter_id, changed.id, words)
                version = transaction.chapters.save_edit(changed.id, text, words)
            else:
                version = transaction.chapters.add_version(
                    chapter_id, content=text, word_count=words, origin=VersionOrigin.AUTHOR
                )
            return SavedText(version, facts_moved, own, not_typed.by_model, beside)

    def selected(self, chapter_id: int) -> ChapterVersion | None:
        """Returns the selected text of a chapter, without its other versions."""
        with self._database.read() as transaction:
            return transaction.chapters.selected_version(chapter_id)

    def select(self, version_id: int) -> ChapterVersion:
        """Selects an older version as the chapter's text. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            version = transaction.chapters.version(version_id)
            overview = transaction.chapters.overview(version.chapter_id)
            language = transaction.projects.get(overview.project_id).language
            before = transaction.chapters.selected_version(version.chapter_id)
            transaction.chapters.select_version(
                version.chapter_id, version.id, count_words(version.content, language)
            )
            old = None if before is None else before.content
            transaction.anchor(version.chapter_id, version.content, old)
            return version


def _overtaking(
    base: ChapterVersion | None, current: ChapterVersion | None
) -> ChapterVersion | None:
    """Returns the text that somebody else has stored since the author saw it, if any."""
    if base is None or current is None:
        return None
    is_same = (current.id, current.revision) == (base.id, base.revision)
    return None if is_same else current


def _goes_on(
    transaction: Transaction, base: ChapterVersion | None, beside: ChapterVersion | None
) -> ChapterVersion | None:
    """Returns the version to overwrite: the author's, as they know it, unless a model has rewritten
    the chapter."""
    if base is None:
        return None
    if any(each.origin is not VersionOrigin.AUTHOR for each in (base, beside or base)):
        return None
    try:
        stored = transaction.chapters.version(base.id)
    except NotFoundError:
        return None
    return stored if stored.revision == base.revision else None
