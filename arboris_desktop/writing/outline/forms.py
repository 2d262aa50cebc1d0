"""The forms of answers to planning questions.

Imported where they are used, because pydantic would delay the window.
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
    """The answer to ``plan_chapters``; only its schema is used, see ``answers.read_chapters``."""

    chapters: list[PlannedChapterForm]


class ChapterPartForm(BaseModel):
    """One of the two chapters into which a plan is split."""

    title: str
    plan: str


class SplitForm(BaseModel):
    """The answer to ``split_chapter_plan``."""

    first: ChapterPartForm
    second: ChapterPartForm
