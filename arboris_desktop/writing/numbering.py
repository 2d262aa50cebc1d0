"""Numbering the chapters of a novel in another form."""

from __future__ import annotations

from arboris_desktop.domain.novel import UNNUMBERED, NovelProject
from arboris_desktop.storage.database import Transaction
from arboris_desktop.text.number_labels import DEFAULT_FORMS
from arboris_desktop.text.renumbering import is_named, renumbered


def renumber(transaction: Transaction, project: NovelProject, numbering: str) -> str:
    """Carries the numbers of the chapters over into another form; returns what to store as form.

    The usual form of the language is stored as such only if a chapter has a number or a name of
    its own, since without a form these are not read.
    """
    stored = transaction.numbers.read(project.id)
    own = [each.label for each in stored]
    if project.numbering == UNNUMBERED:
        # Nothing was counted there, so that a name may stand without a number from the start.
        own = ["" if each.label is None and is_named(each.title) else each.label for each in stored]
    usual = DEFAULT_FORMS[project.language]
    before, after = (
        usual if form in ("", UNNUMBERED) else form for form in (project.numbering, numbering)
    )
    labels = renumbered(own, before, after)
    changed = {
        each.place: label for each, label in zip(stored, labels, strict=True) if label != each.label
    }
    transaction.numbers.store(project.id, changed)
    if numbering == UNNUMBERED or after != usual:
        return numbering
    return usual if any(label is not None for label in labels) else ""
