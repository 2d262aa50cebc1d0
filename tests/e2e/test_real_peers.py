"""A server of another's making, reached by address and key: llama.cpp's own, as authors start it.

It has the model that ships with the program, and nothing else of ours. About three minutes on two
slow processors.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.domain.tasks import AnalysisStep, GenerationConfig
from arboris_desktop.llm.builtin_files import find_bundled_model
from tests.e2e.command_line import REAL_MODEL_SECONDS, SECRET, CommandLine

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.timeout(5 * REAL_MODEL_SECONDS),
    pytest.mark.skipif(
        importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed"
    ),
    pytest.mark.skipif(find_bundled_model() is None, reason="its model is not installed"),
]

MODEL = "a-model-of-135m"

_SERVER = """
import os, sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.model_alias = sys.argv[1], {sys.argv[2]}
params.hostnames, params.port = ["127.0.0.1"], 0
params.api_keys = [os.environ["LLAMA_API_KEY"]]
params.n_ctx, params.n_parallel, params.sampling.seed = 4096, 1, 7
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
params.verbosity = 0
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
"""
"""As ``llama-server -c 4096 -np 1 -t 1 --seed 7 --api-key …``; it ends when its input does. One
thread: several wait for each other wherever others want the processors too."""


@pytest.fixture(scope="module")
def llama_cpp() -> Iterator[str]:
    """The address of the running server, as its author would paste it."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER, str(find_bundled_model()), MODEL],
        env={**os.environ, "LLAMA_API_KEY": SECRET},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture
def cli(llama_cpp: str, tmp_path: Path) -> CommandLine:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ARBORIS_")}
    return CommandLine(
        {
            **kept,
            "ARBORIS_HOME": str(tmp_path / "home"),
            "ARBORIS_BASE_URL": llama_cpp,
            "ARBORIS_API_KEY": SECRET,
            "ARBORIS_MODEL": MODEL,
        }
    )


def test_it_writes_a_chapter_and_answers_every_question_about_it(cli: CommandLine) -> None:
    with cli.services() as services:
        services.preferences.set(WritingSettings(target_words=120))
        services.preferences.set(GenerationConfig(min_chapter_length=0))
    project_id = cli.begin()

    written = cli.write_to_its_end(project_id)
    cli.run("analyse", "--until-empty", within=REAL_MODEL_SECONDS)

    assert written["characters"] > 50
    # What the server counted, which it is asked for.
    assert not written["token_usage"]["estimated"]
    [task] = cli.json("status", project_id)["recent_tasks"]
    assert (task["id"], task["status"]) == (written["task_id"], "completed")
    assert len(cli.completed()) == 1
    with cli.services() as services:
        [chapter] = services.novels.open(project_id).chapters
        version = services.editing.open(chapter.id).version
        assert version is not None
        assert len(version.content) == written["characters"]
        assert services.drafting.draft(chapter.id) is None
        with services.database.read() as transaction:
            steps = transaction.history.steps(task["id"])
            calls = transaction.calls.of_project(project_id)
    assert set(steps) == set(AnalysisStep)
    asked_for = {ModelTask.DRAFTING, ModelTask.SUMMARIES, ModelTask.ANALYSIS}
    assert {call.purpose.task for call in calls} == asked_for
    assert len({call.purpose.prompt for call in calls}) >= 1 + len(AnalysisStep)
    assert all(call.model == MODEL for call in calls)


def test_it_refuses_another_key_and_the_author_is_told(cli: CommandLine) -> None:
    project_id = cli.begin()
    stranger = CommandLine({**cli.environment, "ARBORIS_API_KEY": "sk-somebody-else"})
    errors = stranger.run("write", project_id, "--chapter", "1", code=1)
    assert "unauthorized" in errors
    assert "sk-somebody-else" not in errors


def test_it_is_asked_for_its_models_and_its_room(cli: CommandLine) -> None:
    report = cli.run("doctor")
    assert MODEL in report
