"""The book so far, as the model is told it within a token budget.

The budget depends on the model, not on the book: the context of chapter 500 is no larger than that
of chapter 50. ``read_book_so_far`` reads what may be relevant, ``build_context`` selects from it by
rules with shares of the budget, and the ``ContextReport`` explains for each piece why it is
included or not.
"""

from __future__ import annotations

from arboris_desktop.writing.context.building import ContextReport, build_context
from arboris_desktop.writing.context.reading import BookSoFar, read_book_so_far

__all__ = ["BookSoFar", "ContextReport", "build_context", "read_book_so_far"]
