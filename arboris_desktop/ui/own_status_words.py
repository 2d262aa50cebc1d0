"""The author's own status of a chapter in words, and the icon that says the same."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.chapter_notes import OwnStatus

OWN_STATUS_ICONS = {
    OwnStatus.IDEA: "status-idea",
    OwnStatus.DRAFT: "status-draft",
    OwnStatus.REVISE: "status-revise",
    OwnStatus.CHECK: "status-check",
    OwnStatus.DONE: "status-done",
}


def own_status_words(status: OwnStatus) -> str:
    """The status as the author chooses it."""
    translate = QCoreApplication.translate
    return {
        OwnStatus.NONE: translate("OwnStatus", "No status"),
        OwnStatus.IDEA: translate("OwnStatus", "Idea"),
        OwnStatus.DRAFT: translate("OwnStatus", "First draft"),
        OwnStatus.REVISE: translate("OwnStatus", "To revise"),
        OwnStatus.CHECK: translate("OwnStatus", "To check"),
        OwnStatus.DONE: translate("OwnStatus", "Finished"),
    }[status]
