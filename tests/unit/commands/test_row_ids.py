"""Ids on the command line are numbers that a row can have."""

from __future__ import annotations

from argparse import ArgumentTypeError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.commands.row_ids import row_id
from arboris_desktop.domain.tasks import LARGEST_ID


@given(st.integers(1, LARGEST_ID))
def test_an_id_is_read(number: int) -> None:
    assert row_id(str(number)) == number


@given(st.integers(max_value=0) | st.integers(min_value=LARGEST_ID + 1))
def test_another_number_is_none(number: int) -> None:
    with pytest.raises(ArgumentTypeError, match="is no id"):
        row_id(str(number))


@pytest.mark.parametrize("given", ["", "x", "1.0", "1e3", " 1", "٣", "一", "9" * 10_000])
def test_what_is_no_number_is_none(given: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is no id"):
        row_id(given)
