"""The next chapter to write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import next_to_write
from tests.gui.chapter.chapter_samples import make_chapter


@given(st.lists(st.booleans()))
def test_it_is_the_first_without_a_text_or_else_the_first(written: list[bool]) -> None:
    chapters = [make_chapter(n, written=is_written) for n, is_written in enumerate(written, 1)]
    found = next_to_write(chapters)
    if found is None:
        assert not chapters
    elif found.is_written:
        assert all(written)
        assert found is chapters[0]
    else:
        assert all(written[: found.number - 1])
