"""The analysis of a chapter, as the work that the tasks of the queue are there for."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from arboris_desktop.analysis.combined_question import PROMPT, CombinedQuestion
from arboris_desktop.analysis.questions import ChapterToAnalyse, facts_of, prompt_of, run_step
from arboris_desktop.codex.merging import merge_facts
from arboris_desktop.domain.codex import CodexEntry, Origin
from arboris_desktop.domain.merge_counts import MergeCounts
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import Provider
from arboris_desktop.storage.database import Transaction


def begin_analysis(
    transaction: Transaction, task: AnalysisTask, version: ChapterVersion
) -> ChapterAnalysis:
    """Reads the chapter, and what is known of the book besides it; see ``tasks.work.BeginWork``."""
    chapter = ChapterToAnalyse(
        title=transaction.chapters.overview(task.chapter_id).labelled_title,
        text=version.content,
        language=transaction.projects.get(task.project_id).language,
        entries=_known_before(transaction, task),
        threshold=task.config.confidence_threshold,
    )
    return ChapterAnalysis(task, chapter)


@record
class ChapterAnalysis:
    """The analysis of one chapter; see ``tasks.work.ChapterWork``."""

    task: AnalysisTask
    chapter: ChapterToAnalyse
    _combined: CombinedQuestion = field(default_factory=CombinedQuestion)

    @property
    def steps(self) -> tuple[AnalysisStep, ...]:
        """The steps that are switched on; of a short chapter only the summary."""
        config = self.task.config
        if len(self.chapter.text) < config.min_chapter_length:
            return (AnalysisStep.SUMMARY,)
        return config.enabled_steps()

    def purpose_of(self, step: AnalysisStep) -> CallPurpose:
        """The purpose of a step's calls."""
        task, prompt = step.model_task, prompt_of(step)
        if self._is_combined and step is AnalysisStep.SUMMARY:
            task, prompt = ModelTask.ANALYSIS, PROMPT
        return CallPurpose(task, prompt, self.task.project_id, self.task.chapter_id)

    async def run(
        self, step: AnalysisStep, provider: Provider, prompts: PromptLibrary
    ) -> dict[str, Any]:
        """Runs one step; raises ``ProviderError``."""
        if self._is_combined:
            result = await self._combined.result(step, self.chapter, provider, prompts)
            if result is not None:
                return result
        return await run_step(step, self.chapter, provider, prompts)

    @property
    def _is_combined(self) -> bool:
        """True if all is asked in one question, as far as the model can."""
        return self.task.config.in_one_question and self.steps == tuple(AnalysisStep)

    def keep_step(
        self,
        transaction: Transaction,
        task: AnalysisTask,
        step: AnalysisStep,
        result: dict[str, Any],
    ) -> None:
        """Stores the summary, which the next chapter is told, if it is of the present text."""
        if step is not AnalysisStep.SUMMARY:
            return
        version = transaction.chapters.selected_version(task.chapter_id)
        target = (task.chapter_version_id, task.version_revision)
        if version is not None and (version.id, version.revision) == target:
            transaction.chapters.set_summary(task.chapter_id, str(result["summary"]))

    def keep(
        self,
        transaction: Transaction,
        task: AnalysisTask,
        results: dict[AnalysisStep, dict[str, Any]],
    ) -> MergeCounts:
        """Brings what was found into the codex, as far as the chapter bears it out."""
        evidence = self.chapter.evidence()
        # Names that the chapter brings prove as little as those that were known before.
        named = [f for step, found in results.items() for f in facts_of(step, found, evidence)]
        evidence = evidence.knowing(named)
        facts = [f for step, found in results.items() for f in facts_of(step, found, evidence)]
        if summary := results.get(AnalysisStep.SUMMARY):
            transaction.chapters.set_summary(task.chapter_id, str(summary["summary"]))
        return merge_facts(transaction, task, facts)


def _known_before(transaction: Transaction, task: AnalysisTask) -> list[CodexEntry]:
    """The codex without what an earlier analysis of this same chapter had found."""
    entries = transaction.codex.entries(task.project_id)
    known = []
    for entry in entries:
        facts = tuple(fact for fact in entry.facts if fact.chapter_id != task.chapter_id)
        if facts or entry.origin is Origin.AUTHOR:
            known.append(replace(entry, facts=facts))
    return known
