"""An author does anything in any order: nothing of theirs is lost, and nothing changed unasked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.play.any_author import Life, Model, any_deeds
from tests.support.scripted_provider import ScriptedProvider

# The offscreen platform cannot raise a window, and says so.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")

SEEDS = [
    pytest.param(seed, deeds, marks=pytest.mark.long if deeds > 200 else (), id=f"{seed}-{deeds}")
    for seed, deeds in [*((seed, 120) for seed in (3, 4)), *((seed, 600) for seed in range(10, 30))]
]


@pytest.mark.parametrize(("seed", "deeds"), SEEDS)
def test_nothing_is_lost_moved_or_done_unasked(
    application: QApplication,
    scripted_provider: ScriptedProvider,
    world: dict[str, str],
    seed: int,
    deeds: int,
) -> None:
    life = Life(application, scripted_provider, world)
    life.begin()
    life.live(any_deeds(seed, deeds), Model(seed))
    assert life.ledger.counts.total() > deeds // 20, "most of it could not be done"
