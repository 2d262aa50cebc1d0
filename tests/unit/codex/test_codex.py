"""The author's decisions on the codex: kept by every later analysis, and undone one by one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import EntryKind, FactStatus, Origin, SeedEffect
from arboris_desktop.domain.codex_journal import JournalAction
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.foreshadowing import SeedState
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.settings import CodexSettings, Merging
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.writing.context import build_context, read_book_so_far
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.preferences import Preferences
from tests.support.analysis_book import Book, Finding

TEXT = "Mara came home. Tobias would not meet her eyes. Who had put out the lamp?"
HOME = Finding("Mara", "Mara came home.", "She is home.")
SHAME = Finding("Tobias", "Tobias would not meet her eyes.", "He is ashamed.")
LAMP = Finding(
    "Who put out the lamp?",
    "Who had put out the lamp?",
    "Who put out the lamp?",
    kind=EntryKind.FORESHADOWING,
    effect=SeedEffect.PLANTED,
)


@pytest.fixture
def codex(book: Book) -> Codex:
    book.chapter(1, TEXT, HOME, SHAME, LAMP)
    return Codex(book.database)


def test_an_edited_fact_is_not_overwritten(book: Book, codex: Codex) -> None:
    (fact,) = book.entry("Mara").facts
    codex.edit(fact.id, "She is home for good.")

    counts = book.again(1, HOME, SHAME, LAMP)

    (kept,) = book.entry("Mara").facts
    assert (kept.statement, kept.decided_by) == ("She is home for good.", Origin.AUTHOR)
    assert counts.kept == 1


def test_a_rejected_fact_does_not_come_back(book: Book, codex: Codex) -> None:
    codex.reject(book.entry("Mara").facts[0].id)

    book.again(1, HOME, SHAME, LAMP)

    assert [fact.status for fact in book.entry("Mara").facts] == [FactStatus.REJECTED]


def test_every_change_can_be_undone_the_newest_first(book: Book, codex: Codex) -> None:
    (fact,) = book.entry("Mara").facts
    codex.edit(fact.id, "She is home for good.")
    codex.reject(fact.id)
    rejected, edited = codex.journal(book.project_id)[:2]

    with pytest.raises(RuleError, match=f"change {rejected.id} "):
        codex.undo(edited.id)
    codex.undo(rejected.id)
    codex.undo(edited.id)

    (restored,) = book.entry("Mara").facts
    assert (restored.statement, restored.status) == ("She is home.", FactStatus.ACCEPTED)
    with pytest.raises(RuleError, match="already"):
        codex.undo(edited.id)


def test_only_what_the_author_has_seen_is_accepted(book: Book) -> None:
    Preferences(book.database).set(CodexSettings(merging=Merging.REVIEWED))
    codex = Codex(book.database)
    book.chapter(1, TEXT, HOME, SHAME)
    book.chapter(2, TEXT, Finding("Ida", "Who had put out the lamp?", "She did."))
    seen = [fact for entry in book.entries() for fact in entry.facts]
    book.chapter(3, TEXT, Finding("Ebbe", "Mara came home.", "He opened."))
    (shame,) = book.entry("Tobias").facts
    codex.reject(shame.id)
    ida = book.chapter_id(2)
    Editing(book.database).save(ida, "Nothing is left of it.", None)
    assert book.entry("Ida").facts[0].is_stale

    assert codex.accept_all(book.project_id, seen) == 1

    status = {entry.name: entry.facts[0].status for entry in book.entries()}
    assert status == {
        "Mara": FactStatus.ACCEPTED,
        "Tobias": FactStatus.REJECTED,
        "Ida": FactStatus.PROPOSED,
        "Ebbe": FactStatus.PROPOSED,
    }


def test_a_proposed_fact_that_reads_otherwise_by_now_is_not_accepted(book: Book) -> None:
    Preferences(book.database).set(CodexSettings(merging=Merging.REVIEWED))
    codex = Codex(book.database)
    book.chapter(1, TEXT, HOME)
    (fact,) = book.entry("Mara").facts
    older = replace(fact, statement="She is abroad.")

    assert codex.accept_all(book.project_id, [older]) == 0
    assert codex.accept_all(book.project_id, [fact]) == 1


def test_a_decision_that_is_made_twice_is_noted_once(book: Book, codex: Codex) -> None:
    (fact,), lamp = book.entry("Mara").facts, book.entry(LAMP.name).id
    codex.reject(fact.id)
    codex.mark_paid_off(lamp)
    noted = codex.journal(book.project_id)

    codex.reject(fact.id)
    codex.mark_paid_off(lamp)

    assert codex.journal(book.project_id) == noted
    codex.undo(noted[1].id)
    assert book.entry("Mara").facts[0].status is FactStatus.ACCEPTED


def test_the_whole_analysis_can_be_undone(book: Book, codex: Codex) -> None:
    for note in codex.journal(book.project_id):
        codex.undo(note.id)

    assert book.entries() == []


def test_undoing_never_touches_another_novel_that_got_the_number(book: Book, codex: Codex) -> None:
    first = codex.add_entry(book.project_id, EntryKind.LOCATION, "The pier")
    added = codex.journal(book.project_id)[0]
    novels = Novels(book.database)
    with closing(sqlite3.connect(book.database.paths.database)) as connection, connection:
        # Removed by other means than the journal knows of.
        connection.execute("DELETE FROM codex_entries WHERE id = ?", (first,))
    other = novels.create(NewNovel("Another"))
    assert codex.add_entry(other, EntryKind.CHARACTER, "Ida") == first

    with pytest.raises(RuleError, match="another novel"):
        codex.undo(added.id)

    with book.database.read() as transaction:
        assert [entry.name for entry in transaction.codex.entries(other)] == ["Ida"]


def test_two_entries_become_one_and_two_again(book: Book, codex: Codex) -> None:
    keeper = Finding("The keeper", "Mara came home.", "The keeper is home.")
    book.chapter(2, TEXT, keeper)
    mara, other = book.entry("Mara"), book.entry("The keeper")

    codex.merge_entries(mara.id, other.id)
    joined = book.entry("Mara")
    note = codex.journal(book.project_id)[0]
    codex.undo(note.id)

    assert note.action is JournalAction.ENTRIES_MERGED
    assert (joined.aliases, len(joined.facts)) == (("The keeper",), 2)
    assert [len(book.entry(name).facts) for name in ("Mara", "The keeper")] == [1, 1]
    assert book.entry("Mara").aliases == ()


def test_later_findings_go_to_the_entry_that_was_kept(book: Book, codex: Codex) -> None:
    codex.merge_entries(book.entry("Mara").id, book.entry("Tobias").id)

    book.chapter(2, TEXT, SHAME)

    assert "Tobias" not in book.names()
    assert [fact.chapter_number for fact in book.entry("Mara").facts] == [1, 1, 2]


@pytest.mark.parametrize(
    ("due", "remark"),
    [
        (2, " (overdue: bring it up or pay it off)"),
        (5, " (to be paid off by chapter 5)"),
        (None, ""),
    ],
)
def test_the_next_chapter_is_reminded_of_open_seeds(
    book: Book, codex: Codex, due: int | None, remark: str
) -> None:
    book.chapter(2, "Nothing happened.")
    codex.set_due_chapter(book.entry(LAMP.name).id, due)
    chapter = Novels(book.database).ensure_chapter(book.project_id, 3)

    context = build_context(read_book_so_far(book.database, chapter), 4000, estimate_tokens)

    assert f"- Who put out the lamp?{remark}\n" in context.as_text() + "\n"


def test_a_seed_that_is_paid_off_is_not_mentioned_again(book: Book, codex: Codex) -> None:
    seed = book.entry(LAMP.name)
    codex.mark_paid_off(seed.id, book.chapter_id(1))
    chapter = Novels(book.database).ensure_chapter(book.project_id, 2)

    context = build_context(read_book_so_far(book.database, chapter), 4000, estimate_tokens)

    assert [one.state for one in codex.ledger(book.project_id)] == [SeedState.PAID_OFF]
    assert "Who put out the lamp?" not in context.as_text().split("## The end")[0]
