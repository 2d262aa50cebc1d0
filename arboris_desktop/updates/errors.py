"""The reasons why a look for a newer version came to nothing."""

from __future__ import annotations

from enum import StrEnum


class UpdateFault(StrEnum):
    """The fault of a look for a newer version. The window has a sentence for each."""

    NO_ADDRESS = "no_address"
    UNREACHABLE = "unreachable"
    NOT_SECURE = "not_secure"
    NOT_SIGNED = "not_signed"
    EXPIRED = "expired"
    ROLLED_BACK = "rolled_back"
    UNREADABLE = "unreadable"
    NOT_KEPT = "not_kept"


class UpdateError(Exception):
    """No trustworthy answer was had. ``message`` is a technical detail in English."""

    def __init__(self, fault: UpdateFault, message: str) -> None:
        super().__init__(message)
        self.fault = fault
        self.message = message
