"""The beginnings of the volumes and chapters of a text: lines that may be headings, and their
series."""

from arboris_desktop.text.headings.heading import Heading, HeadingKind
from arboris_desktop.text.headings.readings import readings, recognise
from arboris_desktop.text.headings.titles import tidy_title

__all__ = ["Heading", "HeadingKind", "readings", "recognise", "tidy_title"]
