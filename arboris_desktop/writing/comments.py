"""The author's comments on passages."""

from __future__ import annotations

from arboris_desktop.domain.comments import Comment
from arboris_desktop.domain.revision import Passage
from arboris_desktop.storage.database import Database
from arboris_desktop.text.passage_tracking import find_words
from arboris_desktop.text.quotations import Span


class Comments:
    """Keeps comments attached to their passages.

    Blocks; unknown numbers raise ``NotFoundError``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_novel(self, project_id: str) -> list[Comment]:
        """Returns all comments of a novel, in reading order."""
        with self._database.read() as transaction:
            return transaction.comments.of_project(project_id)

    def add(self, passage: Passage, content: str = "") -> Comment:
        """Adds a comment on a passage, wherever it stands in the stored text by now."""
        with self._database.write() as transaction:
            version = transaction.chapters.selected_version(passage.chapter_id)
            text = "" if version is None else version.content
            there = find_words(passage.text, text, passage.start)
            span = there or Span(passage.start, passage.start + len(passage.text))
            quotation = text[span.start : span.end] if there else passage.text
            return transaction.comments.add(passage.chapter_id, quotation, span, content)

    def edit(self, comment_id: int, content: str) -> None:
        """Changes the text of a comment."""
        with self._database.write() as transaction:
            transaction.comments.edit(comment_id, content)

    def resolve(self, comment_id: int, *, resolved: bool = True) -> None:
        """Marks a comment as resolved, or opens it again."""
        with self._database.write() as transaction:
            transaction.comments.resolve(comment_id, resolved=resolved)

    def remove(self, comment_id: int) -> Comment:
        """Deletes a comment, and returns it for undoing."""
        with self._database.write() as transaction:
            comment = transaction.comments.get(comment_id)
            transaction.comments.remove(comment_id)
            return comment

    def put_back(self, comment: Comment) -> None:
        """Undoes a deletion; the passage may have moved meanwhile."""
        with self._database.write() as transaction:
            transaction.comments.put_back(comment)
            version = transaction.chapters.selected_version(comment.chapter_id)
            if version is not None:
                transaction.comments.anchor(comment.chapter_id, version.content, None)
