"""An empty place ends in the button that brings the missing content."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.widgets.empty_state import EmptyState
from arboris_desktop.ui.workspace import Stage as BookStage
from tests.support.studio_stage import Play, Stage


def offers(stage: Stage) -> dict[str, list[str]]:
    """The buttons of each empty place in sight, by its first words."""
    return {
        state.text()[:24]: [
            button.text() for button in state.findChildren(QPushButton) if button.isVisible()
        ]
        for state in stage.window.findChildren(EmptyState)
        if state.isVisible()
    }


def test_every_empty_place_ends_in_what_fills_it(play: Play) -> None:
    async def act(stage: Stage) -> None:
        await stage.open_chinese_sample(1)
        side = stage.window.side
        for panel in (Panel.CODEX, Panel.VERSIONS, Panel.COMMENTS, Panel.ACTIVITY):
            side.open_panel(panel)
            await stage.until(lambda: offers(stage), "it is empty")
            shown = offers(stage)
            assert len(shown) == 1, panel
            assert all(shown.values()), f"{panel} leads nowhere: {shown}"
        side.close_panel()
        stage.window.workspace.show_stage(BookStage.REVIEW)
        await stage.until(
            lambda: list(offers(stage).values()) == [["Get feedback"]], "nothing is reviewed yet"
        )

    play(act)
