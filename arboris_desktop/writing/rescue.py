"""Text that could not be saved: kept elsewhere at once, and offered until it is stored or
discarded."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.novel import ChapterOverview, Language, VersionOrigin
from arboris_desktop.domain.rescue import RescuedKind, RescuedText
from arboris_desktop.storage.backups.rescue import RescueFiles
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.errors import file_errors
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.editing import Editing


class Rescue:
    """Keeps such text beside the database, or elsewhere if there is no room for it."""

    def __init__(self, database: Database, editing: Editing, register: ChapterRegister) -> None:
        self._database = database
        self._editing = editing
        self._register = register
        self._files = RescueFiles(database.paths)

    def keep(self, rescued: RescuedText) -> Path:
        """Writes a text to a file and returns it. Raises ``StorageError`` if that is impossible."""
        return self._files.keep(rescued)

    def forget(self, rescued: RescuedText) -> None:
        """Deletes the file once the text is stored or discarded. Raises ``StorageError``."""
        self._files.forget(rescued)

    def found(self) -> list[RescuedText]:
        """Returns the texts of this library that an earlier run kept and nobody has stored since.

        Raises ``StorageError``.
        """
        left = []
        for found in self._files.found():
            rescued = found.rescued
            with self._database.read() as transaction:
                has_chapter = _chapter(transaction, rescued) is not None
                is_stored = has_chapter and _is_stored(transaction, rescued)
                is_ours = found.is_own or _has_novel(transaction, rescued)
            if is_stored:
                self._files.forget(rescued)
            elif is_ours:
                left.append(rescued)
        return left

    def put_back(self, rescued: RescuedText) -> None:
        """Stores a text where it belongs without losing what is there.

        What the author typed becomes the newest version, what a model wrote the chapter's draft, or
        the candidate that it was. Raises ``NotFoundError`` if the chapter is gone,
        ``ChapterBusyError``, and ``StorageError`` if it still cannot be stored; the file then
        stays.
        """
        with self._database.read() as transaction:
            if _chapter(transaction, rescued) is None:
                raise NotFoundError(
                    ErrorKind.CHAPTER_GONE, f"chapter {rescued.number} of {rescued.novel} is gone"
                )
        if rescued.kind is RescuedKind.TYPED:
            self._editing.save(rescued.chapter_id, rescued.text, None)
        else:
            self._register.refuse_busy(rescued.chapter_id)
            with self._database.write() as transaction:
                _put_back_generated(transaction, rescued, self._register.owner)
        self._files.forget(rescued)

    def put_back_generated(self, project_id: str) -> list[RescuedText]:
        """Stores what models wrote for a novel without asking anybody; returns these texts.

        Raises as ``put_back``; the file of a text whose chapter is gone stays.
        """
        texts = [
            each
            for each in self.found()
            if each.project_id == project_id and each.kind is not RescuedKind.TYPED
        ]
        back = []
        for rescued in texts:
            try:
                self.put_back(rescued)
            except NotFoundError:
                continue
            back.append(rescued)
        return back


def _put_back_generated(transaction: Transaction, rescued: RescuedText, owner: str) -> None:
    if rescued.kind is RescuedKind.CANDIDATE and _put_back_candidate(transaction, rescued):
        return
    draft = transaction.drafts.get(rescued.chapter_id)
    if draft is None or rescued.text.startswith(draft.content):
        transaction.drafts.save(rescued.chapter_id, rescued.text, rescued.provider, owner)
        return
    # Another draft was begun meanwhile; this one becomes a version.
    transaction.chapters.add_version(
        rescued.chapter_id,
        content=normalised_input(rescued.text, _language(transaction, rescued)),
        word_count=0,
        origin=VersionOrigin.MODEL,
        provider=rescued.provider,
        select_it=False,
    )


def _put_back_candidate(transaction: Transaction, rescued: RescuedText) -> bool:
    """Restores the text of a candidate, if it exists and has no other one."""
    assert rescued.candidate_id is not None
    try:
        candidate = transaction.candidates.get(rescued.candidate_id)
    except NotFoundError:
        return False
    is_its_own = (
        candidate.chapter_id == rescued.chapter_id
        and not candidate.is_stored
        and rescued.text.startswith(candidate.content)
    )
    if is_its_own:
        transaction.candidates.save_text(candidate.id, rescued.text, rescued.provider)
    return is_its_own


def _chapter(transaction: Transaction, rescued: RescuedText) -> ChapterOverview | None:
    """Returns the chapter in which it was written: in a restored backup, its id may belong to
    another one."""
    try:
        found = transaction.chapters.overview(rescued.chapter_id)
    except NotFoundError:
        return None
    same = (found.project_id, found.number) == (rescued.project_id, rescued.number)
    return found if same else None


def _language(transaction: Transaction, rescued: RescuedText) -> Language:
    project_id = transaction.chapters.overview(rescued.chapter_id).project_id
    return transaction.projects.get(project_id).language


def _has_novel(transaction: Transaction, rescued: RescuedText) -> bool:
    try:
        transaction.projects.get(rescued.project_id)
    except NotFoundError:
        return False
    return True


def _is_stored(transaction: Transaction, rescued: RescuedText) -> bool:
    """A model's text may have been continued since, and is normalised where it is stored."""
    texts = [each.content for each in transaction.chapters.versions(rescued.chapter_id)]
    if rescued.kind is RescuedKind.TYPED:
        return normalised_text(rescued.text, _language(transaction, rescued)) in texts
    if (draft := transaction.drafts.get(rescued.chapter_id)) is not None:
        texts.append(draft.content)
    rounds = transaction.candidates.rounds(rescued.chapter_id)
    texts += [each.content for one in rounds for each in one.candidates]
    from arboris_desktop.text.position_mapping import letters_of

    put_aside = letters_of(rescued.text)
    return any(letters_of(text).startswith(put_aside) for text in texts)


def write_copy(path: Path, texts: list[RescuedText]) -> None:
    """Writes texts to a file of the author's choice. Raises ``StorageError``."""
    parts = [f"{each.novel}\n{each.number}. {each.title}\n\n{each.text}\n" for each in texts]
    with file_errors():
        path.write_text("\n\n".join(parts), encoding="utf-8")
