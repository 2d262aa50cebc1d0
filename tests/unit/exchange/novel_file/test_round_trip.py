"""A novel on another computer: all of it, and nothing of this one."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.batches import BatchEstimate
from arboris_desktop.domain.errors import ArborisError, ErrorKind, NotFoundError
from arboris_desktop.domain.novel import NewNovel, OutlineVolume
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.novel_file.reading import import_novel
from arboris_desktop.exchange.novel_file.writing import export_novel
from arboris_desktop.exchange.preview import look_into
from arboris_desktop.exchange.progress import Progress, StoppedError
from arboris_desktop.storage.backups.backup import check_integrity
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.portable.tables import carried_tables
from arboris_desktop.writing.novels import Novels
from tests.support.lived_in_novel import HOST, ONE, TITLE, TWO
from tests.unit.exchange.novel_file.conftest import NovelFile, rows_in

_TABLES_OF_0003 = {
    *("novel_projects", "novel_conversations", "novel_blueprints", "volumes", "chapter_outlines"),
    *("blueprint_characters", "blueprint_relationships", "chapters", "chapter_versions"),
    *("chapter_drafts", "chapter_evaluations", "analysis_batches", "pending_analysis"),
    *("analysis_steps", "codex_entries", "codex_facts", "codex_journal", "codex_alerts"),
}


def unpacked(path: Path) -> str:
    with zipfile.ZipFile(path) as zipped:
        return "".join(zipped.read(name).decode() for name in zipped.namelist())


def test_the_novel_of_the_tests_has_something_of_everything(novel_file: NovelFile) -> None:
    rows = rows_in(novel_file.path)
    assert set(rows) == set(carried_tables())
    empty = {name for name, found in rows.items() if not found}
    assert empty & _TABLES_OF_0003 == set()


def test_exported_imported_and_exported_again_it_is_the_same(
    novel_file: NovelFile, elsewhere: Database, tmp_path: Path
) -> None:
    import_novel(elsewhere, novel_file.path)  # a second one stands before it
    project_id = import_novel(elsewhere, novel_file.path)
    again = tmp_path / "again.arboris"
    export_novel(elsewhere, project_id, again)

    assert rows_in(again) == rows_in(novel_file.path)
    assert again.read_bytes() == novel_file.path.read_bytes()
    assert check_integrity(elsewhere.paths.database) == []


def test_an_import_makes_one_more_novel_and_touches_no_other(novel_file: NovelFile) -> None:
    before = novel_file.path.with_name("before.arboris")
    export_novel(novel_file.database, novel_file.project_id, before)

    new = import_novel(novel_file.database, novel_file.path)

    after = novel_file.path.with_name("after.arboris")
    export_novel(novel_file.database, novel_file.project_id, after)
    assert after.read_bytes() == before.read_bytes()
    titles = [novel.title for novel in Novels(novel_file.database).all()]
    assert sorted(titles) == sorted([TITLE, TITLE, "Another"])
    assert new != novel_file.project_id


def test_chapters_versions_and_drafts_are_there(
    novel_file: NovelFile, elsewhere: Database, instance: Instance
) -> None:
    contents = Novels(elsewhere).open(import_novel(elsewhere, novel_file.path))
    assert [volume.title for volume in contents.volumes] == ["Book", "Book"]
    first, second, _third, fourth = contents.chapters
    with elsewhere.read() as transaction:
        texts = [version.content for version in transaction.chapters.versions(first.id)]
        assert texts[0] == ONE
        assert texts[-1].endswith("She\tcame back. 😀")
        selected = transaction.chapters.selected_version(second.id)
        draft = transaction.drafts.get(fourth.id)
    assert selected is not None
    assert selected.content == TWO
    assert draft is not None
    assert (draft.content, draft.owner) == ("Half a sent", "")
    assert draft.owner not in instance.live_owners()  # so it is offered to the author


def test_the_codex_can_still_be_undone(novel_file: NovelFile, elsewhere: Database) -> None:
    import_novel(elsewhere, novel_file.path)
    project_id = import_novel(elsewhere, novel_file.path)
    codex = Codex(elsewhere)
    assert "Ida Wren" not in {entry.name for entry in codex.entries(project_id)}
    assert len(codex.alerts(project_id)) == 1
    undoable = [note for note in codex.journal(project_id) if note.undone_at is None]
    for note in undoable[:2]:  # the due chapter, and the merging of two entries
        codex.undo(note.id)

    assert "Ida Wren" in {entry.name for entry in codex.entries(project_id)}
    with elsewhere.read() as transaction:
        other = next(p.id for p in transaction.projects.all() if p.id != project_id)
    assert "Ida Wren" not in {entry.name for entry in codex.entries(other)}


def test_unfinished_tasks_rest_and_belong_to_nobody(
    novel_file: NovelFile, elsewhere: Database
) -> None:
    project_id = import_novel(elsewhere, novel_file.path)
    with elsewhere.read() as transaction:
        tasks = {task.chapter_number: task for task in transaction.queue.recent(project_id)[:3]}
        (step,) = transaction.history.steps(tasks[3].id).values()
        seed = next(e for e in transaction.codex.entries(project_id) if e.name == "A letter")
        notes = transaction.notifications.list()
    assert [tasks[n].status for n in (1, 2, 3)] == [TaskStatus.RESTING] * 3
    assert all(task.lease_owner is None and task.not_before is None for task in tasks.values())
    developments = step.result["answers"][0]["developments"]
    assert developments[0]["seed"] == seed.id  # a finished step goes on with the same seed
    assert developments[1]["seed"] != seed.id
    assert notes == []


def test_nothing_of_this_computer_is_in_the_file(novel_file: NovelFile, instance: Instance) -> None:
    text = unpacked(novel_file.path)
    here = [HOST, HOST.split(":")[0], instance.owner, str(novel_file.database.paths.home)]
    assert [one for one in here if one in text] == []
    assert novel_file.project_id not in text
    assert '"/gpt"' in text


def test_the_manifest_says_what_it_is(novel_file: NovelFile) -> None:
    with zipfile.ZipFile(novel_file.path) as zipped:
        stated = json.loads(zipped.read("manifest.json"))
    assert (stated["format"], stated["format_version"]) == ("arboris-novel", 1)
    assert (stated["title"], stated["language"]) == (TITLE, "zh")
    preview = look_into(novel_file.path)
    assert (preview.title, preview.chapters, preview.words) == (
        TITLE,
        4,
        stated["counts"]["words"],
    )


def test_a_novel_without_anything_is_carried_too(elsewhere: Database, tmp_path: Path) -> None:
    novel = NewNovel("Empty", volumes=(OutlineVolume("", ()),))
    export_book(elsewhere, Novels(elsewhere).create(novel), "arboris", tmp_path / "e.arboris")
    assert Novels(elsewhere).open(import_book(elsewhere, tmp_path / "e.arboris")).chapters == []


def test_text_that_no_file_can_hold_is_made_readable(elsewhere: Database, tmp_path: Path) -> None:
    odd = Novels(elsewhere).create(NewNovel("A\0B", "premise"))
    with elsewhere.write() as transaction:
        estimate = BatchEstimate(1, Spent(money={"\ud800": 1.0}), float("nan"))
        transaction.batches.add(odd, estimate)
    export_book(elsewhere, odd, "arboris", tmp_path / "odd.arboris")

    contents = Novels(elsewhere).open(import_book(elsewhere, tmp_path / "odd.arboris"))
    assert contents.project.title == "A\ufffdB"
    (batch,) = rows_in(tmp_path / "odd.arboris")["analysis_batches"]
    assert batch["estimate"]["money"] == {"\ufffd": 1.0}
    assert batch["estimate"]["seconds"] is None


def test_an_unknown_novel_leaves_no_file(elsewhere: Database, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        export_novel(elsewhere, "absent", tmp_path / "absent.arboris")
    assert not (tmp_path / "absent.arboris").exists()


def test_an_older_file_is_only_overwritten_when_that_is_asked_for(
    novel_file: NovelFile,
) -> None:
    novel_file.path.write_bytes(b"the only copy of something")
    with pytest.raises(ArborisError, match="is there already") as caught:
        export_novel(novel_file.database, novel_file.project_id, novel_file.path)
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE
    assert novel_file.path.read_bytes() == b"the only copy of something"

    export_novel(novel_file.database, novel_file.project_id, novel_file.path, overwrite=True)
    assert look_into(novel_file.path).title == TITLE


def stop_at(share: float) -> Progress:
    def progress(done: float) -> None:
        if done >= share:
            raise StoppedError

    return progress


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 1.0])
def test_a_stopped_export_or_import_leaves_nothing(
    novel_file: NovelFile, elsewhere: Database, share: float
) -> None:
    folder = novel_file.path.parent
    before = sorted(folder.iterdir())
    with pytest.raises(StoppedError):
        export_novel(
            novel_file.database,
            novel_file.project_id,
            folder / "x.arboris",
            progress=stop_at(share),
        )
    assert sorted(folder.iterdir()) == before
    with pytest.raises(StoppedError):
        import_novel(elsewhere, novel_file.path, stop_at(share))
    assert Novels(elsewhere).all() == []


def test_the_progress_grows_to_the_end(novel_file: NovelFile, elsewhere: Database) -> None:
    imported: list[float] = []
    import_novel(elsewhere, novel_file.path, imported.append)
    exported: list[float] = []
    path = novel_file.path.with_name("y.arboris")
    export_novel(novel_file.database, novel_file.project_id, path, progress=exported.append)
    for shares in (imported, exported):
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
