"""Connects the candidates: the rounds that are shown, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.candidates import Candidate, CandidateRound
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.ui.asking.desk import AskingDesk, Tell
from arboris_desktop.ui.candidates.dialogs import CandidateDialogs
from arboris_desktop.ui.candidates.page import ShownRounds
from arboris_desktop.ui.candidates.streams import CandidateStreams
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.work.desk import spawned_once
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.chapters.evaluation import Evaluation
from arboris_desktop.writing.preferences import Preferences


class CandidateDesk(AskingDesk):
    """Shows the candidates of the open chapter, while those of any chapter may grow."""

    shows = Changes(outline=True, candidates=True)

    chapter_decided = Signal(int)
    """The chapter has a new text, whose analysis is queued."""

    chapter_wanted = Signal(int)
    """A chapter of the opened novel has interrupted candidates."""

    def __init__(
        self,
        window: MainWindow,
        candidates: Candidates,
        rounds: CandidateRounds,
        evaluation: Evaluation,
        preferences: Preferences,
        operations: Operations,
        *,
        how_many: Callable[[], int],
    ) -> None:
        super().__init__(window, operations)
        self._window = window
        self._page = window.candidate_page
        self._stage = window.chapter_stage
        self._candidates = candidates
        self._rounds = rounds
        self._evaluation = evaluation
        self._preferences = preferences
        self._how_many = how_many
        self._state: ShownRounds | None = None
        self._shown_of: int | None = None
        self._wanted_round: int | None = None
        self._left: set[tuple[int, int]] = set()
        self._streams = CandidateStreams(window, candidates, operations)
        self._streams.failed.connect(self.failed)
        self._streams.ended.connect(self.refresh)
        self._bar = self._page.call_bar
        self._dialogs = CandidateDialogs(window, rounds, operations)
        self._dialogs.failed.connect(self.failed)
        self._connect()

    def _connect(self) -> None:
        page = self._page
        page.left.connect(self._leave)
        page.round_selected.connect(self._select_round)
        page.chosen.connect(self._choose)
        page.stopped.connect(self._streams.stop_candidate)
        page.retried.connect(partial(self._write, resume=False))
        page.continued.connect(partial(self._write, resume=True))
        page.kept.connect(self._keep)
        page.discarded.connect(self._discard)
        page.regenerated.connect(self._one_more)
        page.round_regenerated.connect(self._regenerate_all)
        page.evaluation_requested.connect(self._evaluate)
        page.comparison_requested.connect(self._compare)
        page.merge_requested.connect(self._merge)
        page.preview_requested.connect(self._preview)
        page.put_aside.connect(self._put_aside)
        self._stage.notice.show_requested.connect(self._come_back)

    # --- what is shown ---

    def open_novel(self, novel: OpenNovel) -> None:
        """Leads to candidates that a crash interrupted."""
        super().open_novel(novel)
        self._dialogs.open_novel(novel)
        self._offer_interrupted()

    def end_novel(self) -> None:
        """Shows no candidates; running ones continue."""
        super().end_novel()
        self._state = self._shown_of = self._wanted_round = None
        self.drop_call(self._bar)
        self._dialogs.end_novel()
        self._page.show_nothing()
        self._stage.show_text(None)

    @of_novel
    async def _offer_interrupted(self, novel: OpenNovel) -> None:
        rounds = await novel.call(lambda: self._rounds.undecided(novel.id))
        cut_short = [each for each in rounds if each.was_cut_short]
        if cut_short and not self._streams.any_run:
            self.chapter_wanted.emit(cut_short[0].chapter_id)

    @Slot(object)
    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Switches to another chapter."""
        if chapter.id != self._shown_of:
            self._shown_of, self._state, self._wanted_round = chapter.id, None, None
            self._stage.show_text(None)
            if not self.is_calling(self._bar):
                self._bar.clear()
        self.refresh()

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Reads the candidates of the shown chapter again."""
        if (chapter := novel.chapter) is not None:
            wanted = self._wanted_round
            state = await novel.call(lambda: self._read(chapter, novel.language, wanted))
            if novel.chapter is not None and novel.chapter.id == chapter.id:
                self._show(state)

    def _read(
        self, chapter: ChapterOverview, language: Language, wanted: int | None
    ) -> ShownRounds | None:
        rounds = self._rounds.rounds(chapter.id)
        if not rounds:
            return None
        shown = next((each for each in rounds if each.number == wanted), rounds[-1])
        target = self._preferences.get(WritingSettings).words_in(language)
        evaluation = self._evaluation.of_round(shown)
        return ShownRounds(chapter, language, target, rounds, shown, evaluation)

    def _show(self, state: ShownRounds | None) -> None:
        self._state = state
        if state is None:
            self._stage.show_text(None)
            return
        self._page.show_rounds(state, self._streams.live)
        shown = state.shown
        was_left = (shown.chapter_id, shown.number) in self._left
        waits = shown.decided_at is None or shown.is_writing
        # Text written by the auto-writer grows in the place of the text.
        is_mine = not shown.is_writing or self._streams.writes(shown.chapter_id)
        if (waits or self._wanted_round is not None) and is_mine and not was_left:
            self._stage.show_candidates()
        else:
            self._stage.show_text(shown if waits else None)

    @Slot()
    def _leave(self) -> None:
        if (state := self._state) is not None:
            self._left.add((state.shown.chapter_id, state.shown.number))
            self._wanted_round = None
            self.refresh()

    @Slot()
    def _come_back(self) -> None:
        if (state := self._state) is not None:
            self._left.discard((state.shown.chapter_id, state.shown.number))
            self.refresh()

    @Slot(int)
    def _select_round(self, number: int) -> None:
        self._wanted_round = number
        if self._chapter is not None:
            self._left.discard((self._chapter.id, number))
        self.refresh()

    # --- writing ---

    @Slot(int, str)
    def begin(self, chapter_id: int, wish: str = "") -> None:
        """Lets the model write candidates of a chapter, or shows those being written."""
        if self._streams.writes(chapter_id):
            self._come_back()
        else:
            self._begin_round(chapter_id, wish)

    def _begin_round(self, chapter_id: int, instruction: str) -> None:
        if (novel := self._novel) is not None:
            self._window.flush_edits()
            # Not bound to the novel: what has begun is written even if the novel is closed.
            self.spawn(self._write_round(chapter_id, instruction, novel.language))

    async def _write_round(self, chapter_id: int, instruction: str, language: Language) -> None:
        found = await self._operations.call(
            lambda: self._rounds.begin_round(chapter_id, self._how_many(), instruction)
        )
        self._wanted_round = None
        for candidate in found.candidates:
            self._streams.begin(candidate, language, resume=False)
        self.refresh()

    @Slot(int)
    def _write(self, candidate_id: int, *, resume: bool) -> None:
        candidate = self._shown(candidate_id)
        novel = self._novel
        if novel is not None and candidate is not None and not self._streams.runs(candidate_id):
            self._streams.begin(candidate, novel.language, resume=resume)
            self.refresh()

    async def stop(self) -> None:
        """Stops everything that runs; the texts so far are kept."""
        await self._streams.stop()
        await self._dialogs.stop()
        await super().stop()

    # --- deciding ---

    def _shown(self, candidate_id: int) -> Candidate | None:
        candidates = () if self._state is None else self._state.shown.candidates
        return next((each for each in candidates if each.id == candidate_id), None)

    @Slot(int)
    def _keep(self, candidate_id: int) -> None:
        self._change(lambda: self._rounds.keep(candidate_id))

    @Slot(int)
    def _discard(self, candidate_id: int) -> None:
        self._change(lambda: self._rounds.discard(candidate_id))

    @of_novel
    async def _change(self, novel: OpenNovel, change: Callable[[], object]) -> None:
        await novel.call(change)
        self.refresh()

    @once_of_novel
    async def _choose(self, novel: OpenNovel, candidate_id: int) -> None:
        await self._take(novel, lambda: self._rounds.choose(candidate_id))

    @Slot()
    def _put_aside(self) -> None:
        if (state := self._state) is not None:
            shown = state.shown
            self._change(lambda: self._rounds.put_aside(shown.chapter_id, shown.number))

    @of_novel
    async def _decide(self, novel: OpenNovel, decide: Callable[[], object]) -> None:
        await self._take(novel, decide)

    async def _take(self, novel: OpenNovel, decide: Callable[[], object]) -> None:
        if (chapter := novel.chapter) is not None:
            # What the author typed is saved first, and so stays a version.
            self._window.flush_edits()
            await novel.call(decide)
            self._wanted_round = None
            self.chapter_decided.emit(chapter.id)

    # --- judging, comparing, merging ---

    @Slot()
    def _evaluate(self) -> None:
        if (state := self._state) is not None:
            shown = state.shown
            self.begin_call(self._bar, lambda tell: self._judge(shown, tell))

    async def _judge(self, shown: CandidateRound, tell: Tell) -> None:
        tell(await self._evaluation.evaluate(shown, on_event=tell))
        self.refresh()

    @Slot()
    def _compare(self) -> None:
        if self._state is not None:
            self._dialogs.compare(self._state)

    @Slot()
    def _merge(self) -> None:
        if self._state is not None:
            self._dialogs.merge(self._state, self._decide)

    @Slot(int)
    def _one_more(self, candidate_id: int) -> None:
        candidate, state = self._shown(candidate_id), self._state
        if candidate is None or state is None:
            return
        add = partial(self._add, state)
        self._dialogs.ask_instruction(candidate.letter, candidate.instruction, add)

    @spawned_once
    async def _add(self, state: ShownRounds, instruction: str) -> None:
        chapter_id, number = state.shown.chapter_id, state.shown.number
        added = await self._operations.call(
            lambda: self._rounds.add_to_round(chapter_id, number, instruction)
        )
        self._streams.begin(added, state.language, resume=False)
        self.refresh()

    @Slot()
    def _regenerate_all(self) -> None:
        if (state := self._state) is not None:
            shown = state.shown
            instruction = shown.candidates[0].instruction if shown.candidates else ""
            begin = partial(self._begin_round, shown.chapter_id)
            self._dialogs.ask_instruction(None, instruction, begin)

    @Slot()
    def _preview(self) -> None:
        if (state := self._state) is not None:
            shown = state.shown
            instruction = shown.candidates[0].instruction if shown.candidates else ""
            self._dialogs.preview(lambda: self._candidates.preview(shown.chapter_id, instruction))
