"""A chapter of 2,400 characters after 300 others, by which costs are measured."""

from __future__ import annotations

from typing import Any

from arboris_desktop.storage.database import Database
from tests.support.long_book import add_long_book, add_summaries

BEFORE = 300
LENGTH = 2400
"""Characters of the chapter."""


def chinese_chapter(hostile: str = "") -> str:
    """A chapter of that length, in which a little stands of what the book knows."""
    line = "雨停的时候，人物5提着青龙刀回到了第5处渡口，关公已在灯下等他。\n\n"
    # As it is stored: without the ends of lines after the last.
    return (hostile + line * (LENGTH // len(line) + 1))[:LENGTH].rstrip()


def said(request: dict[str, Any]) -> str:
    """The same without the form, which most providers do not read."""
    return "\n".join(message["content"] for message in request["messages"])


def long_book_with_chapter_to_write(database: Database, before: int = BEFORE) -> int:
    """The chapter after so many others, of which each has brought a person, a place and a seed."""
    texts = [f"第{number}章。雨停了，关公回到渡口。" * 20 for number in range(1, before + 2)]
    project_id = add_long_book(database, texts)
    add_summaries(database, project_id, until=before)
    with database.read() as transaction:
        return transaction.chapters.by_number(project_id, before + 1).id
