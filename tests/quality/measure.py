"""`dev.py bench --quality`: how good the analysis is, measured on the labelled chapters."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from arboris_desktop.domain.novel import Language, NewNovel, VersionOrigin
from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.domain.tasks import AnalysisStep, GenerationConfig
from arboris_desktop.llm.keys import KeyringStore, KeyStore, SessionKeyStore
from arboris_desktop.services import Services, build_services
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.paths import data_paths
from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.preferences import Preferences
from tests.quality import models
from tests.quality.labelled import LabelledChapter, labelled_novel
from tests.quality.scoring import Score, score
from tests.support.scripted_provider import Rule, ScriptedProvider

MODELS: Mapping[str, Callable[[list[LabelledChapter]], Rule]] = {
    "perfect": models.perfect,
    "hallucinating": models.hallucinating,
}
Scores = dict[AnalysisStep, Score]


def main(arguments: Sequence[str]) -> int:
    """Measures the chosen models in both languages, prints a table, and writes JSON if asked."""
    parser = argparse.ArgumentParser(prog="dev.py bench --quality", description=__doc__)
    parser.add_argument(
        "--model",
        choices=("configured", *MODELS),
        action="append",
        help="what to measure; by default all of them",
    )
    parser.add_argument("--language", choices=[one.value for one in Language], action="append")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args(arguments)
    figures = []
    for model in options.model or ("configured", *MODELS):
        for language in map(Language, options.language or [one.value for one in Language]):
            name, scores, failed = measure(model, language)
            figures += _report(model, name, language, scores, failed)
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return 0


def measure(model: str, language: Language) -> tuple[str, Scores, list[str]]:
    """The provider's name, its scores by step, and the reasons of tasks that failed."""
    chapters = labelled_novel(language)
    with tempfile.TemporaryDirectory() as home, _services(model, chapters, Path(home)) as services:
        project_id = _write_book(services, language, chapters)
        failed = _analyse(services)
        entries = services.codex.entries(project_id)
        return services.source.describe(), score(chapters, entries), failed


@contextmanager
def _services(model: str, chapters: list[LabelledChapter], home: Path) -> Iterator[Services]:
    """The app's own services over a new data folder, with the model to be measured."""
    if model == "configured":
        services = build_services({**os.environ, "ARBORIS_HOME": str(home)}, KeyringStore())
        services.preferences.set(_configured_provider())
        yield from _closing(services)
        return
    with ScriptedProvider(MODELS[model](chapters)) as provider:
        environment = {"ARBORIS_HOME": str(home), "ARBORIS_BASE_URL": provider.base_url}
        keys: KeyStore = SessionKeyStore()
        services = build_services({**environment, "ARBORIS_MODEL": f"scripted-{model}"}, keys)
        yield from _closing(services)


def _closing(services: Services) -> Iterator[Services]:
    try:
        yield services
    finally:
        services.close()


def _configured_provider() -> ProviderSettings:
    """The model that the author has chosen in the app, or the built-in one."""
    paths = data_paths(os.environ)
    if not paths.database.exists():
        return ProviderSettings(configured=True)
    database = Database(paths)
    try:
        return Preferences(database).get(ProviderSettings)
    finally:
        database.close()


def _write_book(services: Services, language: Language, chapters: list[LabelledChapter]) -> str:
    """Stores the chapters; the Chinese ones are shorter than what the app analyses by default."""
    services.preferences.set(GenerationConfig(min_chapter_length=100))
    project_id = services.novels.create(
        NewNovel(title="Labelled", premise="Two short novels.", style="", language=language)
    )
    for chapter in chapters:
        overview = services.novels.add_chapter(project_id, chapter.title)
        with services.database.write() as transaction:
            transaction.chapters.add_version(
                overview.id,
                content=chapter.text,
                word_count=len(chapter.text),
                origin=VersionOrigin.IMPORT,
            )
        services.queue.add_chapter(overview.id)
    return project_id


def _analyse(services: Services) -> list[str]:
    """Works the queue in the order of the book; returns why tasks failed."""
    failed = []
    while task := services.queue.claim_next():
        outcome = services.worker.run(task, threading.Event(), lambda _task, _step: None)
        if outcome.kind is not OutcomeKind.COMPLETED:
            failed.append(f"chapter {task.chapter_number}: {outcome.kind.value} {outcome.message}")
    return failed


def _report(
    model: str, name: str, language: Language, scores: Scores, failed: list[str]
) -> list[dict[str, object]]:
    _say(f"\n{model} ({name}), {language.value}")
    _say(_HEADING)
    for step, total in scores.items():
        _say(
            f"{step.value:20} {total.labelled:8} {total.accepted:8} {total.apart:6}"
            f" {total.precision:9.2f} {total.recall:7.2f}"
        )
    for reason in failed:
        _say(f"failed: {reason}")
    return [
        {
            "model": model,
            "provider": name,
            "language": language.value,
            "step": step.value,
            **asdict(total),
            "precision": round(total.precision, 3),
            "recall": round(total.recall, 3),
            "failed_tasks": len(failed),
        }
        for step, total in scores.items()
    ]


_HEADING = "step                 labelled accepted  apart precision  recall"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
