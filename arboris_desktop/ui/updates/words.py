"""Words for the result of a check for newer versions."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.background.update_watch import UpdateCheck
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP
from arboris_desktop.updates.errors import UpdateFault

_FAULTS = {
    UpdateFault.NO_ADDRESS: QT_TRANSLATE_NOOP(
        "UpdateWords", "This build has no update address, so it cannot look."
    ),
    UpdateFault.UNREACHABLE: QT_TRANSLATE_NOOP(
        "UpdateWords", "The update server could not be reached. Check the network and try again."
    ),
    UpdateFault.NOT_SECURE: QT_TRANSLATE_NOOP(
        "UpdateWords",
        "No secure connection to the update server could be made. Check this computer's date. "
        "Nothing was believed.",
    ),
    UpdateFault.NOT_SIGNED: QT_TRANSLATE_NOOP(
        "UpdateWords",
        "The answer is not signed by the makers of Arboris, so it was not believed.",
    ),
    UpdateFault.EXPIRED: QT_TRANSLATE_NOOP(
        "UpdateWords",
        "The answer is too old to be believed. Check this computer's date, or try again later.",
    ),
    UpdateFault.ROLLED_BACK: QT_TRANSLATE_NOOP(
        "UpdateWords",
        "The answer is older than one that came before, so it was not believed. Try again later.",
    ),
    UpdateFault.UNREADABLE: QT_TRANSLATE_NOOP(
        "UpdateWords", "The answer of the update server cannot be read. Try again later."
    ),
    UpdateFault.NOT_KEPT: QT_TRANSLATE_NOOP(
        "UpdateWords", "The result could not be stored. Try again later."
    ),
}


def outcome(check: UpdateCheck) -> str:
    """Returns a sentence or two for the author who asked."""
    if check.error is not None:
        return QCoreApplication.translate("UpdateWords", _FAULTS[check.error.fault])
    if check.release is None or not check.is_newer:
        return QCoreApplication.translate("UpdateWords", "This is the newest version.")
    words = QCoreApplication.translate("UpdateWords", "Version {version} is available.")
    return words.format(version=check.release.version)
