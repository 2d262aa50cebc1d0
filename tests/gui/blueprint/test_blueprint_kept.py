"""A change of the blueprint that was proposed outlasts a crash until the author decides."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from arboris_desktop.domain.blueprint import BlueprintField
from arboris_desktop.ui.blueprint.change_dialog import ChangeDialog
from tests.gui.blueprint.test_blueprint import open_page, project_id, stored, tool
from tests.support.crashed_folder import as_a_crash_leaves_it
from tests.support.scripted_provider import ScriptedProvider, text
from tests.support.studio_stage import Play, Stage, perform

__all__ = ["project_id"]

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


async def ask(stage: Stage, project: str) -> ChangeDialog:
    await open_page(stage, project)
    tool(stage, "Rewrite: Tone").click()

    def shown() -> list[ChangeDialog]:
        return [d for d in stage.window.findChildren(ChangeDialog) if d.isVisible()]

    await stage.until(shown, "the dialog is open")
    return shown()[0]


@pytest.mark.parametrize("decision", ["Accept", "Keep the present one"])
def test_a_proposal_is_offered_again_after_a_crash_until_it_is_decided(
    play: Play, application: QApplication, world: dict[str, str], project_id: str,
    scripted_provider: ScriptedProvider, decision: str,
) -> None:  # fmt: skip
    scripted_provider.behaviours.append(text("热闹、好笑"))
    left: dict[str, str] = {}

    async def crash(stage: Stage) -> None:
        dialog = await ask(stage, project_id)
        stage.press("Suggest")
        await stage.until(lambda: dialog.proposal, "something is proposed")
        left.update(as_a_crash_leaves_it(world))

    async def decide(stage: Stage) -> None:
        dialog = await ask(stage, project_id)
        assert dialog.proposal is not None
        assert dialog.proposal.new == "热闹、好笑"
        stage.press(decision)
        await stage.until(
            lambda: (
                stage.services.blueprint.waiting(project_id, BlueprintField.TONE) is None
                and stored(stage).tone == ("热闹、好笑" if decision == "Accept" else "")
            ),
            "it is decided",
        )

    async def nothing_waits(stage: Stage) -> None:
        dialog = await ask(stage, project_id)
        assert dialog.proposal is None
        dialog.reject()

    play(crash)
    perform(application, left, decide)
    perform(application, left, nothing_waits)
    assert len(scripted_provider.requests) == 1, "it is paid for once"
