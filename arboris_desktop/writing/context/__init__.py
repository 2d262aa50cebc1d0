"""The book so far, as the model is told it within a budget of tokens.

The budget belongs to the model, not to the book: the context of chapter 500 is no larger than
that of chapter 50. ``read_book_so_far`` reads what may matter, ``build_context`` chooses from it by
rules with shares of the budget, and the ``ContextReport`` says of each piece why it is told or not.
"""

from __future__ import annotations

from arboris_desktop.writing.context.building import ContextReport, build_context
from arboris_desktop.writing.context.reading import BookSoFar, read_book_so_far

__all__ = ["BookSoFar", "ContextReport", "build_context", "read_book_so_far"]
