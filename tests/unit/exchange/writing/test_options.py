"""Choices of an export that count for its format and content."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.publishing import FORMS, Platform
from arboris_desktop.exchange.book_export import FORMS as FILE_FORMS
from arboris_desktop.exchange.writing.options import (
    PROJECT_FORM,
    Dress,
    ExportContent,
    ExportOptions,
)

FRONT = "For my mother."

options = st.builds(
    ExportOptions,
    unwritten_too=st.booleans(),
    chapters=st.none() | st.just(frozenset({1})),
    dress=st.sampled_from(Dress),
    file_per_chapter=st.booleans(),
    publishing=st.none() | st.just(FORMS[Platform.QIDIAN]),
    content=st.sampled_from(ExportContent),
    front=st.sampled_from(["", FRONT]),
    cover=st.none() | st.just(Path("a.png")),
)


@given(options, st.sampled_from(FILE_FORMS))
def test_what_counts_goes_together(chosen: ExportOptions, form: str) -> None:
    counts = chosen.effective(form)
    assert counts.effective(form) == counts
    if counts.front or counts.cover:
        assert counts.content is ExportContent.TEXT
        assert (counts.file_per_chapter, counts.publishing) == (False, None)
    if counts.content is not ExportContent.TEXT:
        assert (counts.file_per_chapter, counts.publishing) == (False, None)
        assert not counts.unwritten_too
    if form == PROJECT_FORM:
        assert (counts.content, counts.front) == (ExportContent.TEXT, chosen.front)


@given(options.filter(lambda one: one.content is ExportContent.TEXT))
def test_the_text_of_a_book_loses_no_choice(chosen: ExportOptions) -> None:
    counts = chosen.effective("txt")
    assert counts.chapters == chosen.chapters
    assert counts.unwritten_too == chosen.unwritten_too
    if not (chosen.publishing or chosen.file_per_chapter):
        assert counts.front == chosen.front
