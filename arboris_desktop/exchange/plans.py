"""The outline, the codex and the comments of a novel as books of their own, for any format."""

from __future__ import annotations

from collections import defaultdict

from arboris_desktop.codex.rows import ROLE
from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.comments import Comment
from arboris_desktop.domain.novel import Language, NovelProject
from arboris_desktop.exchange.exporting import (
    UNNAMED_VOLUME,
    ExportBook,
    ExportChapter,
    ExportVolume,
    NewPages,
)
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Transaction
from arboris_desktop.text.emphasis import without_marks
from arboris_desktop.text.number_labels import label_of
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.quoting import quoted

_TITLES = {
    Language.ENGLISH: ("{title}: Outline", "{title}: Codex", "{title}: Comments"),
    Language.CHINESE: ("{title} 大纲", "{title} 设定集", "{title} 批注"),
}
KIND_NAMES = {
    Language.ENGLISH: dict(
        zip(
            EntryKind,
            ("Characters", "Places", "Factions", "Things", "Rules", "Foreshadowing"),
            strict=True,
        )
    ),
    Language.CHINESE: dict(
        zip(EntryKind, ("人物", "地点", "势力", "物品", "规则", "伏笔"), strict=True)
    ),
}
_RESOLVED = {Language.ENGLISH: "(Resolved)", Language.CHINESE: "（已解决）"}
_ALSO = {Language.ENGLISH: "Also: {names}", Language.CHINESE: "又名：{names}"}
_COMMA = {Language.ENGLISH: ", ", Language.CHINESE: "、"}


def outline_as_book(
    transaction: Transaction, project: NovelProject, options: ExportOptions
) -> ExportBook:
    """Returns the plan: volumes with their summaries, chapters with their plans."""
    outline = transaction.outlines.read(project.id)
    labels = {volume.id: volume.label for volume in transaction.projects.volumes(project.id)}
    inside: dict[int | None, list[ExportChapter]] = defaultdict(list)
    for chapter in transaction.chapters.of_project(project.id):
        if options.chapters is None or chapter.number in options.chapters:
            inside[chapter.volume_id].append(
                ExportChapter(
                    chapter.number, chapter.title, _paragraphs(chapter.outline), chapter.label
                )
            )
    unnamed, is_alone = UNNAMED_VOLUME[project.language], len(outline.volumes) == 1
    volumes = [
        ExportVolume(
            "" if is_alone and volume.title == unnamed else volume.title,
            tuple(inside[volume.id]),
            number,
            None if (label := labels.get(volume.id)) is None else label_of(label, number),
            _paragraphs(volume.summary),
        )
        for number, volume in enumerate(outline.volumes, start=1)
        if inside[volume.id] or volume.summary
    ]
    if inside[None]:
        volumes.append(ExportVolume("", tuple(inside[None])))
    title = _TITLES[project.language][0].format(title=project.title)
    return ExportBook(
        title, project.language, tuple(volumes), project.author, pages=NewPages.VOLUMES
    )


def codex_book(transaction: Transaction, project: NovelProject) -> ExportBook:
    """Returns the codex: the entries of each kind with their names, descriptions and facts."""
    entries = transaction.codex.entries(project.id)
    names = KIND_NAMES[project.language]
    volumes = []
    for kind in EntryKind:
        some = [one for one in entries if one.kind is kind]
        chapters = tuple(
            ExportChapter(place, one.name, _told(one, project.language), "")
            for place, one in enumerate(some, start=1)
        )
        if chapters:
            volumes.append(ExportVolume(names[kind], chapters, label=""))
    title = _TITLES[project.language][1].format(title=project.title)
    return ExportBook(title, project.language, tuple(volumes), project.author, pages=NewPages.NONE)


def comment_book(
    transaction: Transaction, project: NovelProject, options: ExportOptions
) -> ExportBook:
    """Returns the author's comments: each commented chapter, with its passages and remarks."""
    of_chapter: dict[int, list[Comment]] = defaultdict(list)
    for comment in transaction.comments.of_project(project.id):
        of_chapter[comment.chapter_id].append(comment)
    chapters = tuple(
        ExportChapter(
            chapter.number,
            chapter.title,
            "\n\n".join(_said(each, project.language) for each in of_chapter[chapter.id]),
            chapter.label,
        )
        for chapter in transaction.chapters.of_project(project.id)
        if chapter.id in of_chapter
        and (options.chapters is None or chapter.number in options.chapters)
    )
    title = _TITLES[project.language][2].format(title=project.title)
    volumes = (ExportVolume("", chapters),) if chapters else ()
    return ExportBook(title, project.language, volumes, project.author, pages=NewPages.NONE)


def _said(comment: Comment, language: Language) -> str:
    """Returns a passage in quotation marks, followed by the remark."""
    said = [quoted(one_line(without_marks(comment.quotation))), _paragraphs(comment.content)]
    said += [_RESOLVED[language]] if comment.is_resolved else []
    return "\n\n".join(filter(None, said))


def _told(entry: CodexEntry, language: Language) -> str:
    """Returns an entry in paragraphs: other names, role, description, and a line per fact."""
    also = _COMMA[language].join(entry.aliases)
    paragraphs = [_ALSO[language].format(names=also)] if also else []
    paragraphs += [entry.attributes.get(ROLE, ""), entry.description]
    paragraphs += [fact.statement for fact in entry.facts if fact.counts]
    return "\n\n".join(filter(None, map(_paragraphs, paragraphs)))


def _paragraphs(note: str) -> str:
    """Returns a note with a paragraph for each of its lines: each is one to its author."""
    return "\n\n".join(line.strip() for line in note.splitlines() if line.strip())
