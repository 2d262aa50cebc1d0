"""Novels, chapters and versions for tests of the widgets that show them."""

from __future__ import annotations

from datetime import UTC, datetime

from arboris_desktop.domain.novel import (
    ChapterDraft,
    ChapterOverview,
    ChapterStatus,
    ChapterVersion,
    Language,
    NovelProject,
    VersionOrigin,
    Volume,
)

NOW = datetime(2026, 8, 3, 14, 0, tzinfo=UTC)


def make_novel(
    project_id: str = "p", title: str = "The Long Ebb", language: Language = Language.ENGLISH
) -> NovelProject:
    """A novel that was changed at ``NOW``."""
    return NovelProject(
        id=project_id,
        title=title,
        premise="A <b>tide</b> that stays away.",
        style="",
        language=language,
        created_at=NOW,
        updated_at=NOW,
        chapter_count=3,
        written_count=1,
        word_count=1240,
    )


def make_volume(volume_id: int, position: int, title: str = "") -> Volume:
    """A volume of the novel ``p``."""
    return Volume(volume_id, "p", position, title)


def make_chapter(
    chapter_id: int,
    *,
    number: int | None = None,
    volume_id: int | None = None,
    title: str | None = None,
    written: bool = False,
    analysis: str | None = None,
    has_draft: bool = False,
    outline: str = "Nell finds the gap in the tables.",
) -> ChapterOverview:
    """A chapter whose number is its id unless told otherwise."""
    return ChapterOverview(
        id=chapter_id,
        project_id="p",
        volume_id=volume_id,
        number=chapter_id if number is None else number,
        title=f"Title {chapter_id}" if title is None else title,
        outline=outline,
        summary="",
        status=ChapterStatus.WRITTEN if written else ChapterStatus.PLANNED,
        word_count=400 if written else 0,
        selected_version_id=chapter_id * 10 if written else None,
        analysis=analysis,
        has_draft=has_draft,
    )


def make_version(
    chapter_id: int,
    content: str,
    *,
    version_id: int | None = None,
    origin: VersionOrigin = VersionOrigin.AUTHOR,
    revision: int = 1,
) -> ChapterVersion:
    """A version whose number follows from the chapter's unless told otherwise."""
    number = chapter_id * 10 if version_id is None else version_id
    return ChapterVersion(
        id=number,
        chapter_id=chapter_id,
        label=f"v{number}",
        origin=origin,
        provider="",
        content=content,
        revision=revision,
        created_at=NOW,
    )


def make_draft(chapter_id: int, content: str) -> ChapterDraft:
    """A draft last saved at ``NOW``."""
    return ChapterDraft(chapter_id, "p", chapter_id, "", content, "model", "owner", NOW, NOW)
