from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.counts import count_words
from arboris_desktop.ui.chapter.live_text import LiveText

PIECES = st.lists(st.text(alphabet="ab' \n，更“”😀", max_size=12), max_size=30)


@given(st.text(alphabet="ab \n更", max_size=20), PIECES, st.sampled_from(Language))
def test_it_counts_as_if_it_had_come_at_once(
    initial: str, pieces: list[str], language: Language
) -> None:
    live = LiveText(initial, language)
    for piece in pieces:
        live.append(piece)
    whole = initial + "".join(pieces)
    assert live.text == whole
    assert live.word_count == count_words(whole, language)


def test_a_continued_draft_has_not_received_anything_yet() -> None:
    live = LiveText("Half a chapter", Language.ENGLISH)
    assert not live.received
    assert live.word_count == 3
    live.append(".")
    assert live.received
