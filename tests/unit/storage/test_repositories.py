"""Drafts, settings, notifications and the codex, as they are stored."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.novel import Language, VersionOrigin
from arboris_desktop.domain.settings import (
    ColourScheme,
    InterfaceLanguage,
    InterfaceSettings,
    ProviderKind,
    ProviderSettings,
    QueueSettings,
    WritingSettings,
)
from arboris_desktop.domain.tasks import AnalysisTask, GenerationConfig
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.settings.groups import SomeSettings
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences


@pytest.fixture
def task(database: Database, novel: NovelContents) -> AnalysisTask:
    chapter = novel.chapters[0]
    with database.write() as transaction:
        version = transaction.chapters.add_version(
            chapter.id, content="She came home.", word_count=3, origin=VersionOrigin.MODEL
        )
        task_id = transaction.queue.add(
            project_id=chapter.project_id,
            chapter_id=chapter.id,
            version_id=version.id,
            revision=1,
            priority=5,
            config=GenerationConfig(),
        )
        return transaction.queue.get(task_id)


def test_a_draft_is_replaced_and_keeps_when_it_began(
    database: Database, novel: NovelContents
) -> None:
    chapter = novel.chapters[1]
    for content in ("One.", "One. Two."):
        with database.write() as transaction:
            transaction.drafts.save(chapter.id, content, "host/model", "me")

    with database.read() as transaction:
        draft = transaction.drafts.get(chapter.id)
        assert transaction.chapters.overview(chapter.id).has_draft
    assert draft is not None
    assert (draft.content, draft.chapter_number, draft.chapter_title) == (
        "One. Two.",
        2,
        "The Letter",
    )
    assert draft.started_at <= draft.updated_at

    with database.write() as transaction:
        transaction.drafts.remove(chapter.id)
        assert transaction.drafts.get(chapter.id) is None


@pytest.mark.parametrize(
    "group",
    [
        QueueSettings(poll_seconds=30, max_concurrent=10, task_timeout_seconds=900, paused=True),
        ProviderSettings(
            ProviderKind.OPENAI_COMPATIBLE, "http://localhost:1", "m", "", 4096, configured=True
        ),
        InterfaceSettings(InterfaceLanguage.CHINESE, ColourScheme.DARK, True, False, 20),
        WritingSettings(target_words=3000, temperature=0.2),
        GenerationConfig(foreshadowing=False, min_chapter_length=1, confidence_threshold=0.1),
    ],
    ids=lambda group: type(group).__name__,
)
def test_settings_round_trip(database: Database, group: SomeSettings) -> None:
    preferences = Preferences(database)
    assert preferences.get(type(group)) == type(group)()

    preferences.set(group)

    assert preferences.get(type(group)) == group


def test_what_an_author_chose_when_other_defaults_held_stays(database: Database) -> None:
    # As every row says that was stored before a zero meant anything.
    Preferences(database).set(WritingSettings(target_words=1200, temperature=0.8, candidates=2))

    stored = Preferences(database).get(WritingSettings)

    assert stored.words_in(Language.CHINESE) == 1200
    assert stored.versions(one_at_a_time=True) == 2


def test_a_version_replaces_the_text_and_asks_for_a_new_summary(
    database: Database, novel: NovelContents
) -> None:
    chapter = novel.chapters[0]
    with database.write() as transaction:
        for content in ("First.", "Second text."):
            transaction.chapters.add_version(
                chapter.id, content=content, word_count=2, origin=VersionOrigin.MODEL
            )
            transaction.chapters.set_summary(chapter.id, "Old summary.")
        version = transaction.chapters.add_version(
            chapter.id, content="Third.", word_count=1, origin=VersionOrigin.AUTHOR
        )

    with database.read() as transaction:
        overview = transaction.chapters.overview(chapter.id)
        labels = [version.label for version in transaction.chapters.versions(chapter.id)]
        project = transaction.projects.get(novel.project.id)
    assert labels == ["v1", "v2", "v3"]
    assert (overview.selected_version_id, overview.summary, overview.word_count) == (
        version.id,
        "",
        1,
    )
    assert (project.chapter_count, project.written_count, project.word_count) == (3, 1, 1)


def test_notifications_stay_unread_until_read(database: Database, task: AnalysisTask) -> None:
    with database.write() as transaction:
        first, second = (
            transaction.notifications.add(
                task, NotificationType.COMPLETED, title=title, message="", data={"seeds": 2}
            )
            for title in ("one", "two")
        )
    with database.write() as transaction:
        transaction.notifications.mark_read(first)
        read_at = transaction.notifications.list()[-1].read_at
        transaction.notifications.mark_read(first)

    with database.read() as transaction:
        newest, oldest = transaction.notifications.list()
        assert (newest.id, newest.is_read, newest.data) == (second, False, {"seeds": 2})
        assert (oldest.id, oldest.is_read, oldest.read_at) == (first, True, read_at)
        assert [n.id for n in transaction.notifications.list(unread_only=True)] == [second]
        assert [n.id for n in transaction.notifications.list(after=first)] == [second]
        assert transaction.notifications.unread_count() == 1
    with database.write() as transaction:
        assert transaction.notifications.mark_all_read() == 1
        with pytest.raises(NotFoundError):
            transaction.notifications.mark_read(999)
