"""Words in quotation marks, and never in two pairs of the same."""

from __future__ import annotations

_INNER = str.maketrans("“”「」", "‘’『』")
_PAIRS = {"“": "”", "「": "」", "‘": "’", "『": "』", '"': '"'}


def within_quotes(text: str) -> str:
    """The text as it stands between quotation marks: marks of its own are the inner ones."""
    bare = text[1:-1] if _is_quoted_whole(text) else text
    return bare.translate(_INNER)


def quoted(text: str) -> str:
    """The text in quotation marks; one that has a pair around it keeps that."""
    return text if _is_quoted_whole(text) else f"“{text.translate(_INNER)}”"


def _is_quoted_whole(text: str) -> bool:
    """True if the mark that it begins with is closed at its very end, and not before."""
    closing = _PAIRS.get(text[:1])
    return closing is not None and len(text) > 1 and text.find(closing, 1) == len(text) - 1
