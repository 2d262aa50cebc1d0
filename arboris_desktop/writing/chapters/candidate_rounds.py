"""The rounds of candidates of a chapter, and the decision which of them becomes its text."""

from __future__ import annotations

from dataclasses import replace

from arboris_desktop.domain.candidates import (
    MAX_CANDIDATES,
    MAX_IN_ROUND,
    Candidate,
    CandidateRound,
    CandidateStatus,
    angle_of,
)
from arboris_desktop.domain.chapter_writers import WriterKind
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterVersion, Language, VersionOrigin
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.enqueuing import enqueue
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.writing.chapters.drafting import add_as_text, count_for_model
from arboris_desktop.writing.chapters.register import ChapterRegister


class CandidateRounds:
    """Starts, reads and decides rounds; ``Candidates`` writes them."""

    def __init__(self, database: Database, instance: Instance, register: ChapterRegister) -> None:
        self._database = database
        self._instance = instance
        self._register = register
        self._running: set[int] = set()

    # --- beginning ---

    def begin_round(
        self,
        chapter_id: int,
        count: int,
        instruction: str = "",
        *,
        auto_run_id: int | None = None,
    ) -> CandidateRound:
        """Stores a new round of ``count`` candidates; ``write`` each of them next.

        Earlier rounds stay as they are. Raises ``RuleError`` for a count out of range,
        ``ChapterBusyError`` and ``NotFoundError``.
        """
        self._register.refuse_busy(chapter_id, kind_of_candidates(auto_run_id), auto_run_id)
        if not 1 <= count <= MAX_CANDIDATES:
            raise RuleError(
                ErrorKind.INVALID_VALUE,
                f"candidates must be from 1 to {MAX_CANDIDATES}, not {count}",
            )
        with self._database.write() as transaction:
            transaction.chapters.overview(chapter_id)
            number = transaction.candidates.next_round(chapter_id)
            for position in range(1, count + 1):
                self._add(transaction, chapter_id, number, position, instruction)
            found = transaction.candidates.round(chapter_id, number)
        return found

    def add_to_round(self, chapter_id: int, number: int, instruction: str = "") -> Candidate:
        """Adds a candidate to a round. Raises ``RuleError`` if the round is full."""
        with self._database.write() as transaction:
            present = transaction.candidates.round(chapter_id, number)
            position = max(each.position for each in present.candidates) + 1
            if position > MAX_IN_ROUND:
                raise RuleError(
                    ErrorKind.TOO_MANY_VERSIONS, f"a round has at most {MAX_IN_ROUND} candidates"
                )
            added = self._add(transaction, chapter_id, number, position, instruction)
            return transaction.candidates.get(added)

    def _add(
        self, transaction: Transaction, chapter_id: int, number: int, position: int, wish: str
    ) -> int:
        return transaction.candidates.add(
            chapter_id,
            number,
            position,
            angle=angle_of(position),
            instruction=wish.strip(),
            owner=self._instance.owner,
        )

    def reserve(self, candidate_id: int) -> None:
        """Records that this process writes a candidate; ``release`` it at the end.

        Raises ``RuleError`` if it is being written here already.
        """
        if candidate_id in self._running:
            raise RuleError(ErrorKind.VERSION_BUSY, "this candidate is being written now")
        self._running.add(candidate_id)

    def begin(self, candidate_id: int, *, keep_text: bool) -> Candidate:
        """Stores that this process writes a reserved candidate, and returns it as it was.

        Raises ``RuleError`` if it is finished, or another process is about to write it.
        """
        with self._database.write() as transaction:
            candidate = transaction.candidates.get(candidate_id)
            if candidate.is_stored:
                raise RuleError(ErrorKind.VERSION_FINISHED, "this candidate is finished")
            if candidate.owner != self._instance.owner and self._is_written_now(candidate):
                raise RuleError(
                    ErrorKind.VERSION_BUSY,
                    "another window or command is writing this candidate now",
                )
            transaction.candidates.begin(candidate_id, self._instance.owner, keep_text=keep_text)
        return candidate

    def release(self, candidate_id: int) -> None:
        """Records that nothing writes the candidate any more."""
        self._running.discard(candidate_id)

    # --- looking ---

    def rounds(self, chapter_id: int) -> list[CandidateRound]:
        """Returns the rounds of a chapter, the oldest first."""
        with self._database.read() as transaction:
            found = transaction.candidates.rounds(chapter_id)
        return self._as_they_are(found)

    def round(self, chapter_id: int, number: int) -> CandidateRound:
        """Returns a round. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            found = transaction.candidates.round(chapter_id, number)
        return self._as_they_are([found])[0]

    def candidate(self, candidate_id: int) -> Candidate:
        """Returns a candidate. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            found = transaction.candidates.get(candidate_id)
        return self._as_it_is(found, self._instance.live_owners())

    def undecided(self, project_id: str) -> list[CandidateRound]:
        """Returns the rounds of a novel that wait for a decision, including those that a crash
        interrupted."""
        with self._database.read() as transaction:
            found = transaction.candidates.undecided(project_id)
        return self._as_they_are(found)

    def _as_they_are(self, rounds: list[CandidateRound]) -> list[CandidateRound]:
        live = self._instance.live_owners() if any(each.is_writing for each in rounds) else []
        return [
            replace(each, candidates=tuple(self._as_it_is(c, live) for c in each.candidates))
            for each in rounds
        ]

    def _as_it_is(self, candidate: Candidate, live: list[str]) -> Candidate:
        """Corrects candidates whose row says ``writing`` although their process is dead or never
        began."""
        if candidate.status is not CandidateStatus.WRITING:
            return candidate
        is_own = candidate.owner == self._instance.owner
        if candidate.id in self._running if is_own else candidate.owner in live:
            return candidate
        return replace(candidate, status=CandidateStatus.INTERRUPTED)

    def _is_written_now(self, candidate: Candidate) -> bool:
        if candidate.owner == self._instance.owner:
            return candidate.id in self._running
        is_writing = candidate.status is CandidateStatus.WRITING
        return is_writing and candidate.owner in self._instance.live_owners()

    # --- deciding ---

    def choose(self, candidate_id: int) -> tuple[ChapterVersion, int]:
        """Makes a candidate the chapter's text, and returns the version and its analysis task.

        One transaction selects the version, sets the word count, queues the analysis and decides
        the round; the chapter's previous text and the other candidates stay among its versions.
        Raises ``RuleError`` for an unfinished candidate, and ``NotFoundError``.
        """
        with self._database.write() as transaction:
            candidate = transaction.candidates.get(candidate_id)
            if candidate.version_id is None:
                raise RuleError(ErrorKind.VERSION_UNFINISHED, "this candidate is not finished")
            version = transaction.chapters.version(candidate.version_id)
            words = count_words(version.content, _language(transaction, version.chapter_id))
            count_for_model(transaction, version.chapter_id, words)
            transaction.chapters.select_version(version.chapter_id, version.id, words)
            task_id = enqueue(transaction, version)
            transaction.candidates.decide(version.chapter_id, candidate.round, candidate_id)
        return version, task_id

    def store_merged(
        self, chapter_id: int, round_number: int, text: str
    ) -> tuple[ChapterVersion, int]:
        """Makes a text that the author assembled from candidates the chapter's text.

        It is a version of the author's; otherwise as ``choose``. Raises ``RuleError`` for an empty
        text.
        """
        if not text.strip():
            raise RuleError(ErrorKind.WORDS_MISSING, "there is no text to store")
        with self._database.write() as transaction:
            language = _language(transaction, chapter_id)
            stored = add_as_text(
                transaction,
                chapter_id,
                normalised_text(text, language),
                language,
                origin=VersionOrigin.AUTHOR,
                metadata={"merged_round": round_number},
            )
            transaction.candidates.decide(chapter_id, round_number, None)
        return stored

    def put_aside(self, chapter_id: int, round_number: int) -> None:
        """Decides the round in favour of the chapter's present text; the candidates stay
        versions."""
        with self._database.write() as transaction:
            transaction.candidates.decide(chapter_id, round_number, None)

    def keep(self, candidate_id: int) -> Candidate:
        """Makes a candidate that ended early a version as it is. Raises ``RuleError``."""
        with self._database.write() as transaction:
            candidate = transaction.candidates.get(candidate_id)
            self._refuse_running(candidate)
            if candidate.is_stored or not candidate.content.strip():
                raise RuleError(ErrorKind.DRAFT_GONE, "there is no unfinished text to keep")
            version = add_candidate_version(
                transaction, candidate, candidate.content, candidate.provider, {}
            )
            transaction.candidates.mark_stored(
                candidate_id,
                version.id,
                provider=candidate.provider,
                finish_reason="",
                spent=candidate.spent,
            )
            return transaction.candidates.get(candidate_id)

    def discard(self, candidate_id: int) -> None:
        """Discards a candidate that ended early. Raises ``RuleError`` while it is being written."""
        with self._database.write() as transaction:
            candidate = transaction.candidates.get(candidate_id)
            self._refuse_running(candidate)
            transaction.candidates.remove(candidate_id)

    def _refuse_running(self, candidate: Candidate) -> None:
        if self._is_written_now(candidate):
            raise RuleError(ErrorKind.VERSION_BUSY, "this candidate is being written now")


def kind_of_candidates(auto_run_id: int | None) -> WriterKind:
    """Returns the kind of writer under which candidates are registered: part of a run, or not."""
    return WriterKind.CANDIDATES if auto_run_id is None else WriterKind.AUTO


def add_candidate_version(
    transaction: Transaction,
    candidate: Candidate,
    text: str,
    provider: str,
    metadata: dict[str, object],
) -> ChapterVersion:
    """Adds a candidate's normalised text to the versions of its chapter without selecting it."""
    place = {"round": candidate.round, "position": candidate.position}
    return transaction.chapters.add_version(
        candidate.chapter_id,
        content=normalised_input(text, _language(transaction, candidate.chapter_id)),
        word_count=0,
        origin=VersionOrigin.MODEL,
        provider=provider,
        metadata={**metadata, "candidate": place},
        select_it=False,
    )


def _language(transaction: Transaction, chapter_id: int) -> Language:
    project_id = transaction.chapters.overview(chapter_id).project_id
    return transaction.projects.get(project_id).language
