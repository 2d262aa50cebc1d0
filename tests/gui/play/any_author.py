"""Plays any deeds of an author, over several sessions, and checks that nothing is lost or moved."""

from __future__ import annotations

import itertools
import random
import shutil
import sqlite3
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.ui.studio import Studio
from arboris_desktop.ui.wording import kind_of
from tests.gui.play.author_desks import BookAuthor
from tests.gui.play.author_hands import Deed
from tests.gui.play.author_ledger import Ledger
from tests.support.scripted_provider import (
    Behaviour,
    ChapterFacts,
    ScriptedProvider,
    error,
    is_about_chapter,
    perfect_rule,
    reset_after,
    schema_name,
    text,
)
from tests.support.studio_stage import Stage, open_services, perform, set_the_stage

DEEDS = {
    "type": 40,
    "type_beside": 12,
    "begin_by_typing": 4,
    "undo": 4,
    "leave_focus": 3,
    "go_to_chapter": 14,
    "go_to_novel": 7,
    "open_beside": 7,
    "change_look": 2,
    "turn_stage": 3,
    "come_back_to_text": 6,
    "generate": 3,
    "stop": 3,
    "decide_draft": 14,
    "decide_candidates": 10,
    "continue_here": 4,
    "decide_continuation": 5,
    "revise": 4,
    "decide_revision": 5,
    "wait": 8,
    "answer": 2,
    "move_chapter": 3,
    "undo_outline": 2,
    "add_chapter": 1,
    "rename": 2,
    "replace_in_book": 5,
    "undo_replacement": 3,
    "take_snapshot": 3,
    "restore": 4,
    "task": 3,
    "pause": 2,
    "analyse": 3,
    "check": 6,
    "reopen": 2,
    "kill": 1,
}
"""The deeds, and how often each is done beside the others."""


def any_deeds(seed: int, count: int) -> list[Deed]:
    """So many deeds, by chance."""
    chance = random.Random(seed)
    names = chance.choices(list(DEEDS), list(DEEDS.values()), k=count)
    return [(name, chance.randrange(1000), chance.randrange(1000)) for name in names]


class Model:
    """Answers as models do: mostly well, and every answer with a word of its own."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._count = 0
        self.asked_to_write = 0

    def answer(self, request: dict[str, Any]) -> Behaviour:
        """The behaviour for a request."""
        if schema_name(request) is not None or is_about_chapter(request):
            return perfect_rule(ChapterFacts("", summary="Short."))(request)
        with self._lock:
            self._count += 1
            self.asked_to_write += 1
            chosen, number = self._chance.random(), self._count
        story = f"Mq{number}x said the lamp. " + "The lamp went on over the water. " * 12
        if chosen < 0.08:
            return error(500, "busy")
        if chosen < 0.14:
            return reset_after(story[:80])
        return text(story, delay=self._chance.choice((0, 0, 0.002, 0.02)))


def make_novels(world: dict[str, str]) -> list[str]:
    """Two novels with texts that have words in common, and a chapter that has none."""
    services = open_services(world)
    set_the_stage(services)
    ids = []
    for title in ("Ebb", "Flood"):
        plans = tuple(OutlineChapter(f"{title} {n}", f"{title} plan {n}.") for n in range(1, 5))
        volumes = (OutlineVolume("One", plans[:2]), OutlineVolume("Two", plans[2:]))
        ids.append(services.novels.create(NewNovel(title, "A premise.", volumes=volumes)))
        for chapter in services.novels.open(ids[-1]).chapters[:3]:
            content = f"{title} {chapter.number} begins with a lamp.\n\nThe lamp goes out."
            services.editing.save(chapter.id, content, None)
    services.close()
    return ids


@contextmanager
def noting_reports(reports: list[str]) -> Iterator[None]:
    """Notes each failure of ours that the author is told of."""
    report = Studio.report

    def note(studio: Studio, error: BaseException) -> None:
        if kind_of(error) is ErrorKind.INTERNAL:
            reports.append("".join(traceback.format_exception(error)))
        report(studio, error)

    with mock.patch.object(Studio, "report", Slot(object)(note)):
        yield


@dataclass
class Life:
    """A library over several sessions."""

    application: QApplication
    provider: ScriptedProvider
    world: dict[str, str]
    ledger: Ledger = field(default_factory=Ledger)
    novel_ids: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    lives: Iterator[int] = field(default_factory=itertools.count)
    reports: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Makes the novels."""
        self.novel_ids = make_novels(self.world)
        services = open_services(self.world)
        for novel_id in self.novel_ids:
            self.ledger.begin(services, novel_id)
        services.close()

    def live(self, deeds: Sequence[Deed], model: Model) -> None:
        """Plays the deeds, session after session."""
        self.provider.rule = model.answer
        rest = list(deeds)
        while rest:
            session = list(
                itertools.takewhile(lambda deed: deed[0] not in ("reopen", "kill"), rest)
            )
            end = rest[len(session)][0] if len(session) < len(rest) else "reopen"
            rest = rest[len(session) + 1 :]
            self._session(session, end)
        self._check_tasks()

    def _session(self, deeds: Sequence[Deed], end: str) -> None:
        copy = Path(self.world["ARBORIS_HOME"]).with_name(f"killed{next(self.lives)}")

        async def act(stage: Stage) -> None:
            author = BookAuthor(stage, self.ledger, self.novel_ids)
            stage.window.resize(2400, 1000)
            stage.window.activateWindow()
            await stage.until(stage.window.isActiveWindow, "the window is in front")
            await author.do(("go_to_novel", len(self.log), 0))
            for deed in deeds:
                self.log.append(str(deed))
                if deed[0] == "check":
                    await self._check(author)
                else:
                    await author.do(deed)
            await self._check(author)
            if end == "kill":
                shutil.copytree(self.world["ARBORIS_HOME"], copy)
            for chapter_id in author.live():
                self.ledger.free(chapter_id)

        with noting_reports(self.reports):
            perform(self.application, self.world, act)
        if end == "kill":
            self.world["ARBORIS_HOME"] = str(copy)

    async def _check(self, author: BookAuthor) -> None:
        assert self.reports == [], self.reports[0]
        _close_boxes(author)
        while QApplication.activeModalWidget() is not None:
            await author._answer(0, 0)
        await author.settle()
        _close_boxes(author)
        self.ledger.check(author.stage.services, author.live())

    def _check_tasks(self) -> None:
        base = sqlite3.connect(Path(self.world["ARBORIS_HOME"]) / "arboris.db")
        twice = base.execute(
            "SELECT pending_analysis_id, count(*) FROM analysis_notifications"
            " WHERE notification_type = 'completed' AND pending_analysis_id IS NOT NULL"
            " GROUP BY 1 HAVING count(*) > 1"
        ).fetchall()
        base.close()
        assert twice == []


def _close_boxes(author: BookAuthor) -> None:
    for box in author.stage.window.findChildren(QMessageBox):
        if box.isVisible() and len(box.buttons()) <= 2 and box.icon() is QMessageBox.Icon.Warning:
            box.close()
