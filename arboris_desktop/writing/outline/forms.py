"""The forms of answers to questions of planning.

Imported where they are used: pydantic would delay the window.
"""

from __future__ import annotations

from arboris_desktop.llm.forms import BaseModel, Field


class PlannedVolumeForm(BaseModel):
    """A volume as the model plans it."""

    title: str
    summary: str
    chapters: int = Field(ge=0)


class VolumesForm(BaseModel):
    """The answer to ``plan_volumes``."""

    volumes: list[PlannedVolumeForm]


class PlannedChapterForm(BaseModel):
    """A chapter as the model plans it."""

    number: int
    title: str
    plan: str


class ChaptersForm(BaseModel):
    """The answer to ``plan_chapters``; only its schema is used, see
    ``outline_answers.read_chapters``."""

    chapters: list[PlannedChapterForm]


class ChapterPartForm(BaseModel):
    """One of the two chapters that a plan is divided into."""

    title: str
    plan: str


class SplitForm(BaseModel):
    """The answer to ``split_chapter_plan``."""

    first: ChapterPartForm
    second: ChapterPartForm
