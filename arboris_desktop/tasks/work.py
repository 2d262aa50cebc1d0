"""The work of a task as a worker sees it; the composition says what work that is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from arboris_desktop.domain.merge_counts import MergeCounts
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import Provider
from arboris_desktop.storage.database import Transaction


class ChapterWork(Protocol):
    """The work on one chapter, as the chapter and the book were when it began."""

    @property
    def steps(self) -> tuple[AnalysisStep, ...]:
        """The steps that the chapter needs, in order."""
        ...

    def purpose_of(self, step: AnalysisStep) -> CallPurpose:
        """The purpose of a step's calls, which decides who is asked."""
        ...

    async def run(
        self, step: AnalysisStep, provider: Provider, prompts: PromptLibrary
    ) -> dict[str, Any]:
        """Runs one step and returns its answer as it is stored; raises ``ProviderError``."""
        ...

    def keep_step(
        self,
        transaction: Transaction,
        task: AnalysisTask,
        step: AnalysisStep,
        result: dict[str, Any],
    ) -> None:
        """Stores what is of use before all steps are done, and also if a later one fails."""
        ...

    def keep(
        self,
        transaction: Transaction,
        task: AnalysisTask,
        results: dict[AnalysisStep, dict[str, Any]],
    ) -> MergeCounts:
        """Stores what all steps found, within the transaction that completes the task."""
        ...


BeginWork = Callable[[Transaction, AnalysisTask, ChapterVersion], ChapterWork]
"""Reads what the work on a chapter's present text needs."""


class Models(Protocol):
    """The way to the models; ``writing.asking.ModelCalls`` is it."""

    def opened(
        self,
        purpose: CallPurpose,
        *,
        background: bool = False,
        on_waiting: Callable[[bool], None] = lambda _waits: None,
    ) -> AbstractAsyncContextManager[tuple[MeteredProvider, PromptLibrary]]:
        """The model for a purpose, and the novel's prompts."""
        ...

    def forget_faults(self) -> None:
        """Asks every provider again, also one that wants to be left alone for a while."""
        ...
