"""The forms in which platforms take a chapter."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record


class Platform(StrEnum):
    """The platforms with a form of their own, and a plain form for any other."""

    QIDIAN = "qidian"
    FANQIE = "fanqie"
    JINJIANG = "jinjiang"
    PLAIN = "plain"


@record
class PublishingForm:
    """The form of plain text that is pasted into a platform's editor."""

    with_title: bool = False
    indent: bool = False
    """Two full-width spaces before each paragraph."""
    blank_line: bool = False
    """A blank line between paragraphs."""


FORMS = {
    Platform.QIDIAN: PublishingForm(indent=True),
    Platform.FANQIE: PublishingForm(),
    Platform.JINJIANG: PublishingForm(indent=True, blank_line=True),
    Platform.PLAIN: PublishingForm(with_title=True, blank_line=True),
}
"""The default for each platform; the author may choose otherwise."""


@record
class PublishingSettings:
    """The form that the author used last, and the words to watch."""

    platform: str = Platform.QIDIAN
    with_title: bool = FORMS[Platform.QIDIAN].with_title
    indent: bool = FORMS[Platform.QIDIAN].indent
    blank_line: bool = FORMS[Platform.QIDIAN].blank_line
    watched: tuple[str, ...] = ()

    def form(self) -> PublishingForm:
        """The form by itself."""
        return PublishingForm(self.with_title, self.indent, self.blank_line)
