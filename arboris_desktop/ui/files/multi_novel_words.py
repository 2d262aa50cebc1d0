"""Words for files that hold several novels."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from arboris_desktop.exchange.multi_novel_results import FoundNovels, Notes
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.wording import words

_MOST_TITLES = 12
_LONGEST_TITLE = 60
_ASIDE = "aside:"


class SeveralNovels:
    """Names the context for ``lupdate``; it is never instantiated."""

    @staticmethod
    def tr(text: str, comment: str = "", n: int = -1) -> str:
        """Returns the translation of a literal text; ``n`` chooses the plural form and replaces
        ``%n``."""
        return QCoreApplication.translate("SeveralNovels", text, comment, n)


def several_in_words(found: FoundNovels) -> str:
    """Returns the contents of an import."""
    titles = [one_line(title)[:_LONGEST_TITLE] for title in found.titles[:_MOST_TITLES]]
    if len(found.titles) > _MOST_TITLES:
        titles.append("…")
    count = SeveralNovels.tr("%n novel(s)", "", len(found.titles))
    head = f"{count} · {words(found.words, found.language)}"
    parts = (head, "\n".join(titles), notes_in_words(found.notes))
    return "\n\n".join(part for part in parts if part)


def notes_in_words(notes: Notes) -> str:
    """Returns what happens to data without a counterpart here, one line each."""
    lines = [_note(code, count) for code, count in notes if not code.startswith(_ASIDE)]
    aside = [code.removeprefix(_ASIDE) for code, _ in notes if code.startswith(_ASIDE)]
    if aside:
        text = SeveralNovels.tr("Kept with the novels, though nothing here reads it: {names}")
        lines.append(text.format(names=", ".join(aside)))
    return "\n".join(lines)


def _note(code: str, count: int) -> str:
    if code == "behind":
        return SeveralNovels.tr(
            "The file beside it with the newest changes (-wal) cannot be read: the latest "
            "changes may be missing. Close the web application, copy all its files, and "
            "import again."
        )
    if code == "renumbered":
        return SeveralNovels.tr(
            "%n novel(s) had missing or double numbers: their chapters are renumbered.",
            "",
            count,
        )
    if code == "not_chosen":
        return SeveralNovels.tr(
            "%n chapter(s) had versions but none chosen: the newest is shown, the others are kept.",
            "",
            count,
        )
    return SeveralNovels.tr(
        "%n novel(s) had more that has no place here than can be kept with them.",
        "",
        count,
    )
