"""The look of the page on which prose is read and written."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record

COLUMN_EMS = (34, 36, 40)
LINE_PERCENT = (120, 175, 250)
"""Each: smallest, default, largest."""


class PageColour(StrEnum):
    """The colours of paper and ink; by default those of the window."""

    WINDOW = "window"
    PAPER = "paper"
    SEPIA = "sepia"
    DARK = "dark"
    CONTRAST = "contrast"


class ChineseFace(StrEnum):
    """The kind of letters for Chinese: 宋, 楷 or 黑."""

    SONG = "song"
    KAI = "kai"
    HEI = "hei"


SANS_SERIF = "sans-serif"
"""As a family: that of the window."""


@record
class PageLook:
    """All of it but the size of the letters. ``line_percent`` of their size is from line to line;
    a line is ``column_ems`` long. Without a ``family`` the letters are those of the program."""

    column_ems: int = COLUMN_EMS[1]
    line_percent: int = LINE_PERCENT[1]
    colour: PageColour = PageColour.WINDOW
    chinese_face: ChineseFace = ChineseFace.SONG
    family: str = ""
