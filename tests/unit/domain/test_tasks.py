"""States of tasks, the steps that run, and the stored forms of configuration and usage."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.tasks import (
    ALLOWED_CHANGES,
    DEFAULT_PRIORITY,
    MAX_PRIORITY,
    MIN_PRIORITY,
    AnalysisStep,
    GenerationConfig,
    QueueCounts,
    TaskStatus,
)
from arboris_desktop.domain.usage import TokenUsage

CONFIGS = st.builds(
    GenerationConfig,
    character_tracking=st.booleans(),
    new_characters=st.booleans(),
    world_expansion=st.booleans(),
    foreshadowing=st.booleans(),
    min_chapter_length=st.integers(0, 1_000_000),
    confidence_threshold=st.floats(0, 1),
)
COUNTS = st.integers(0, 10**9)
USAGES = st.builds(TokenUsage, COUNTS, COUNTS, st.booleans())

EXPECTED_CHANGES = {
    ("pending", "processing"),
    ("pending", "cancelled"),
    ("processing", "pending"),
    ("processing", "completed"),
    ("processing", "failed"),
    ("processing", "cancelled"),
    ("failed", "pending"),
    ("cancelled", "pending"),
    ("resting", "pending"),
    ("resting", "cancelled"),
}


@pytest.mark.parametrize("before", TaskStatus)
@pytest.mark.parametrize("after", TaskStatus)
def test_which_state_may_follow_which(before: TaskStatus, after: TaskStatus) -> None:
    allowed = after in ALLOWED_CHANGES[before]
    assert allowed == ((before.value, after.value) in EXPECTED_CHANGES)


def test_every_state_can_be_reached_and_only_completed_is_final() -> None:
    # A task begins waiting here, or at rest where it came with a file.
    reached = {TaskStatus.PENDING, TaskStatus.RESTING}
    while (more := reached.union(*(ALLOWED_CHANGES[state] for state in reached))) != reached:
        reached = more
    assert reached == set(TaskStatus)
    assert [state for state in TaskStatus if not ALLOWED_CHANGES[state]] == [TaskStatus.COMPLETED]


def test_priorities() -> None:
    assert (MIN_PRIORITY, DEFAULT_PRIORITY, MAX_PRIORITY) == (1, 5, 10)


def test_all_steps_run_by_default_in_their_order() -> None:
    assert GenerationConfig().enabled_steps() == tuple(AnalysisStep)


@given(CONFIGS)
def test_each_switch_turns_its_step_off_but_the_summary_stays(config: GenerationConfig) -> None:
    steps = config.enabled_steps()
    assert steps[0] is AnalysisStep.SUMMARY
    assert (AnalysisStep.CHARACTER_TRACKING in steps) == config.character_tracking
    assert (AnalysisStep.NEW_CHARACTERS in steps) == config.new_characters
    assert (AnalysisStep.WORLD_EXPANSION in steps) == config.world_expansion
    assert (AnalysisStep.FORESHADOWING in steps) == config.foreshadowing


@given(CONFIGS)
def test_configuration_survives_storing(config: GenerationConfig) -> None:
    assert GenerationConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


def test_configuration_of_another_version_is_read_as_far_as_known() -> None:
    assert GenerationConfig.from_json(None) == GenerationConfig()
    read = GenerationConfig.from_json({"foreshadowing": False, "enable_async_analysis": True})
    assert read == GenerationConfig(foreshadowing=False)


@given(USAGES)
def test_usage_survives_storing(usage: TokenUsage) -> None:
    assert TokenUsage.from_json(json.loads(json.dumps(usage.to_json()))) == usage


@given(USAGES, USAGES)
def test_usage_adds_up_and_one_estimate_makes_an_estimate(a: TokenUsage, b: TokenUsage) -> None:
    total = a + b
    assert total.prompt_tokens == a.prompt_tokens + b.prompt_tokens
    assert total.total_tokens == a.total_tokens + b.total_tokens
    assert total.estimated == (a.estimated or b.estimated)


def test_usage_of_a_provider_that_counted_nothing() -> None:
    assert TokenUsage.from_json(None) == TokenUsage.from_json({}) == TokenUsage(0, 0, False)


def test_counts_of_the_queue() -> None:
    counts = QueueCounts(pending=2, processing=1, completed=30, failed=4, cancelled=5)
    assert counts.total == 42
    assert counts.unfinished == 3
