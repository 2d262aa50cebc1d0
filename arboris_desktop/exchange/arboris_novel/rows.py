"""Converting the rows of an Arboris-Novel book to our tables."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from arboris_desktop.domain.novel import RAW_ANSWER, ChapterStatus, VersionOrigin
from arboris_desktop.exchange.arboris_novel.foreign_novel import ForeignNovel
from arboris_desktop.exchange.arboris_novel.seeds import seed_of_row
from arboris_desktop.exchange.arboris_novel.unmapped_values import UNDERSTOOD, unmapped_values
from arboris_desktop.exchange.arboris_novel.values import (
    as_count,
    as_json,
    as_object,
    as_score,
    as_text,
    as_text_or_none,
    as_time,
    prose_of,
    turn_of,
)
from arboris_desktop.storage.portable.foreign import ForeignDatabase, Row
from arboris_desktop.storage.portable.survey import JsonRow
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.prose import guess_language

_AT_REST = ("pending", "processing")
_SAMPLE = 20_000


def read_novel(source: ForeignDatabase, project: Row, now: datetime) -> ForeignNovel:
    """Reads all of a novel."""
    return _Reader(source, project, now).read()


class _Reader:
    def __init__(self, source: ForeignDatabase, project: Row, now: datetime) -> None:
        self._source = source
        self._project = project
        self._id = project["id"]
        self._now = now
        self._found = {
            name: source.of_project(name, self._id) for name in UNDERSTOOD if name in source.columns
        } | {"novel_projects": [project]}
        self._novel = ForeignNovel(
            as_text(project.get("title")) or "—", guess_language(self._sample())
        )

    def read(self) -> ForeignNovel:
        self._planning()
        self._chapters()
        self._evaluations()
        self._analyses()
        self._seeds()
        self._project_row(unmapped_values(self._source, self._id, self._found, self._novel))
        return self._novel

    def _of(self, table: str) -> list[Row]:
        return self._found.get(table, [])

    def _sample(self) -> str:
        texts = [as_text(self._project.get("title")), as_text(self._project.get("initial_prompt"))]
        texts += [as_text(row.get("full_synopsis")) for row in self._of("novel_blueprints")]
        texts += [as_text(row.get("title")) for row in self._of("chapter_outlines")[:100]]
        texts += [as_text(row.get("content"))[:_SAMPLE] for row in self._of("chapter_versions")[:1]]
        return "\n".join(texts)[: 2 * _SAMPLE]

    def _times(self, row: Row, *names: str) -> dict[str, str]:
        return {name: as_time(row.get(name), self._now) for name in names}

    # --- the novel and its plan ---

    def _project_row(self, unmapped: dict[str, Any]) -> None:
        metadata = as_object(self._project.get("metadata")) or {}
        self._novel.rows["novel_projects"] = [
            {
                "id": str(self._id),
                "title": self._novel.title,
                "initial_prompt": as_text(self._project.get("initial_prompt")),
                "language": self._novel.language.value,
                "metadata": metadata | ({"arboris_novel": unmapped} if unmapped else {}),
                **self._times(self._project, "created_at", "updated_at"),
            }
        ]

    def _planning(self) -> None:
        rows = self._novel.rows
        texts = ["title", "target_audience", "genre", "style", "tone"]
        texts += ["one_sentence_summary", "full_synopsis"]
        for one in self._of("novel_blueprints")[:1] or [{}]:
            rows["novel_blueprints"].append(
                {
                    "project_id": str(self._id),
                    **{name: as_text_or_none(one.get(name)) for name in texts},
                    "world_setting": as_json(one.get("world_setting")),
                    **self._times(one, "created_at", "updated_at"),
                }
            )
        for seq, one in enumerate(self._in_order("novel_conversations", "seq"), start=1):
            rows["novel_conversations"].append(self._turn(one, seq))
        texts = ["identity", "personality", "goals", "abilities", "relationship_to_protagonist"]
        for place, one in enumerate(self._in_order("blueprint_characters", "position"), start=1):
            rows["blueprint_characters"].append(
                {
                    **self._part(place),
                    "name": as_text(one.get("name")),
                    **{name: as_text_or_none(one.get(name)) for name in texts},
                    "extra": as_json(one.get("extra")),
                }
            )
        for place, one in enumerate(self._in_order("blueprint_relationships", "position"), start=1):
            rows["blueprint_relationships"].append(
                {
                    **self._part(place),
                    "character_from": as_text(one.get("character_from")),
                    "character_to": as_text(one.get("character_to")),
                    "description": as_text_or_none(one.get("description")),
                }
            )

    def _turn(self, one: Row, seq: int) -> JsonRow:
        said = as_text(one.get("content"))
        text = turn_of(said)
        details = as_object(one.get("metadata")) or {}
        return {
            "id": seq,
            "project_id": str(self._id),
            "seq": seq,
            "role": as_text(one.get("role")) or "user",
            "content": text,
            "metadata": details | ({RAW_ANSWER: said} if text != said else {}) or None,
            **self._times(one, "created_at"),
        }

    def _part(self, place: int) -> JsonRow:
        return {"id": place, "project_id": str(self._id), "position": place - 1}

    def _in_order(self, table: str, column: str) -> list[Row]:
        return sorted(self._of(table), key=lambda row: as_count(row.get(column)) or 0)

    # --- chapters ---

    def _chapters(self) -> None:
        versions: dict[Any, list[Row]] = defaultdict(list)
        for row in self._of("chapter_versions"):
            versions[row.get("chapter_id")].append(row)
        self._chapter_ids: dict[Any, int] = {}
        self._version_ids: dict[Any, int] = {}
        self._selected: dict[int, int | None] = {}
        for number, (chapter, outline) in enumerate(self._places(), start=1):
            self._chapter_ids[(chapter or {}).get("id")] = number
            self._chapter(number, chapter or {}, versions.get((chapter or {}).get("id"), []))
            if outline is not None:
                self._novel.rows["chapter_outlines"].append(
                    {
                        "id": number,
                        "project_id": str(self._id),
                        "chapter_number": number,
                        "title": as_text(outline.get("title")),
                        "summary": as_text(outline.get("summary")),
                    }
                )

    def _places(self) -> list[tuple[Row | None, Row | None]]:
        """Yields chapters with their outlines, either of which may be missing, in reading order."""
        chapters, outlines = self._by_number("chapters"), self._by_number("chapter_outlines")
        places: list[tuple[Row | None, Row | None]] = []
        numbers = sorted(chapters.keys() | outlines.keys())
        for number in numbers:
            some, plans = chapters.get(number, [None]), outlines.get(number, [None])
            count = max(len(some), len(plans))
            rows = [*some, *[None] * (count - len(some))]
            places += zip(rows, [*plans, *[None] * (count - len(plans))], strict=True)
        if len(places) != len(numbers) or numbers != list(range(1, len(numbers) + 1)):
            self._novel.notes["renumbered"] += 1
        return places

    def _by_number(self, table: str) -> dict[int, list[Row | None]]:
        found: dict[int, list[Row | None]] = defaultdict(list)
        for row in self._of(table):
            found[as_count(row.get("chapter_number")) or 0].append(row)
        return found

    def _chapter(self, number: int, chapter: Row, versions: list[Row]) -> None:
        selected = None
        for row in versions:
            stored = self._version(number, row)
            if row.get("id") == chapter.get("selected_version_id"):
                selected = stored
        if versions and selected is None:
            # The author had not chosen yet: the newest is selected, the others are versions beside
            # it.
            selected = self._novel.rows["chapter_versions"][-1]
            self._novel.notes["not_chosen"] += 1
        self._selected[number] = selected["id"] if selected else None
        words = count_words(selected["content"], self._novel.language) if selected else 0
        status = ChapterStatus.WRITTEN if selected else ChapterStatus.PLANNED
        self._novel.rows["chapters"].append(
            {
                "id": number,
                "project_id": str(self._id),
                "chapter_number": number,
                "real_summary": as_text(chapter.get("real_summary")),
                "status": status.value,
                "word_count": words,
                "selected_version_id": selected["id"] if selected else None,
                **self._times(chapter, "created_at", "updated_at"),
            }
        )

    def _version(self, chapter: int, row: Row) -> JsonRow:
        rows = self._novel.rows["chapter_versions"]
        content = as_text(row.get("content"))
        text = prose_of(content)
        details = as_object(row.get("metadata")) or {}
        stored = {
            "id": len(rows) + 1,
            "chapter_id": chapter,
            "version_label": as_text(row.get("version_label")),
            "origin": VersionOrigin.MODEL.value,
            "provider": as_text(row.get("provider")),
            "content": text,
            "metadata": details | ({RAW_ANSWER: content} if text != content else {}) or None,
            **self._times(row, "created_at"),
        }
        self._version_ids[row.get("id")] = len(rows) + 1
        rows.append(stored)
        return stored

    def _evaluations(self) -> None:
        for place, row in enumerate(self._of("chapter_evaluations"), start=1):
            self._novel.rows["chapter_evaluations"].append(
                {
                    "id": place,
                    "chapter_id": self._chapter_ids[row.get("chapter_id")],
                    "version_id": self._version_ids.get(row.get("version_id")),
                    "decision": as_text_or_none(row.get("decision")),
                    "feedback": as_text_or_none(row.get("feedback")),
                    "score": as_score(row.get("score")),
                    "details": {},
                    **self._times(row, "created_at"),
                }
            )

    def _analyses(self) -> None:
        """Returns the pending ones, which rest here; results of others are kept aside."""
        for row in self._of("pending_analysis"):
            chapter = self._chapter_ids.get(row.get("chapter_id"))
            version = self._selected.get(chapter or 0)
            if row.get("status") not in _AT_REST or chapter is None or version is None:
                self._novel.unmapped["pending_analysis"] += 1
                continue
            rows = self._novel.rows["pending_analysis"]
            rows.append(
                {
                    "id": len(rows) + 1,
                    "chapter_id": chapter,
                    "project_id": str(self._id),
                    "chapter_version_id": version,
                    "version_revision": 1,
                    "status": "pending",
                    "generation_config": {},
                    **self._times(row, "created_at", "updated_at"),
                }
            )

    def _seeds(self) -> None:
        for row in self._of("foreshadowings"):
            entry = seed_of_row(row, self._chapter_ids, self._novel.language)
            if entry is not None:
                rows = self._novel.rows["codex_entries"]
                where = {"id": len(rows) + 1, "project_id": str(self._id)}
                rows.append(where | entry | self._times(row, "created_at", "updated_at"))
