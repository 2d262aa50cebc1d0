"""Words for the pieces of a context, and for why they are included or not."""

from __future__ import annotations

from arboris_desktop.domain.context import (
    ContextChoice,
    ContextItem,
    ItemKind,
    LeftOut,
    Reason,
    ReasonKind,
)
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.wording import chapter_name, chapter_place

_KINDS = {
    ItemKind.BLUEPRINT: QT_TRANSLATE_NOOP("Wording", "About the novel"),
    ItemKind.GUIDE: QT_TRANSLATE_NOOP("Wording", "Voice and rules"),
    ItemKind.BOOK_SUMMARY: QT_TRANSLATE_NOOP("Wording", "The story so far"),
    ItemKind.VOLUME_SUMMARY: QT_TRANSLATE_NOOP("Wording", "This volume so far"),
    ItemKind.CHAPTER_SUMMARY: QT_TRANSLATE_NOOP("Wording", "The last chapters"),
    ItemKind.CODEX: QT_TRANSLATE_NOOP("Wording", "From the codex"),
    ItemKind.SEED: QT_TRANSLATE_NOOP("Wording", "Open foreshadowing"),
    ItemKind.PASSAGE: QT_TRANSLATE_NOOP("Wording", "Earlier passages"),
    ItemKind.NEXT_PLAN: QT_TRANSLATE_NOOP("Wording", "The next plans"),
    ItemKind.PREVIOUS_END: QT_TRANSLATE_NOOP("Wording", "The end of the previous chapter"),
}
_NAMES = {
    "gist": QT_TRANSLATE_NOOP("Wording", "In one sentence"),
    "core_rules": QT_TRANSLATE_NOOP("Wording", "Rules of the world"),
    "genre": QT_TRANSLATE_NOOP("Wording", "Genre"),
    "tone": QT_TRANSLATE_NOOP("Wording", "Tone"),
    "audience": QT_TRANSLATE_NOOP("Wording", "Readers"),
    "persona": QT_TRANSLATE_NOOP("Wording", "Voice"),
    "constitution": QT_TRANSLATE_NOOP("Wording", "Rules"),
    "sample": QT_TRANSLATE_NOOP("Wording", "Style sample"),
}
_REASONS = {
    ReasonKind.ALWAYS: QT_TRANSLATE_NOOP("Wording", "for every chapter"),
    ReasonKind.COMES_BEFORE: QT_TRANSLATE_NOOP("Wording", "comes before"),
    ReasonKind.COMES_AFTER: QT_TRANSLATE_NOOP("Wording", "comes next"),
    ReasonKind.NAMED_IN_PLAN: QT_TRANSLATE_NOOP("Wording", "named in the plan: {words}"),
    ReasonKind.NAMED_BEFORE: QT_TRANSLATE_NOOP(
        "Wording", "named where the previous chapter ends: {words}"
    ),
    ReasonKind.SEEN_LATELY: QT_TRANSLATE_NOOP("Wording", "last seen in {chapter}"),
    ReasonKind.OVERDUE: QT_TRANSLATE_NOOP("Wording", "overdue, open since {chapter}"),
    ReasonKind.DUE: QT_TRANSLATE_NOOP("Wording", "due by {chapter}"),
    ReasonKind.OPEN: QT_TRANSLATE_NOOP("Wording", "open since {chapter}"),
    ReasonKind.MATCHES: QT_TRANSLATE_NOOP("Wording", "matches the plan: {words}"),
}
_REASONS_WITHOUT_CHAPTER = {
    ReasonKind.OVERDUE: QT_TRANSLATE_NOOP("Wording", "overdue"),
    ReasonKind.OPEN: QT_TRANSLATE_NOOP("Wording", "open"),
    ReasonKind.SEEN_LATELY: QT_TRANSLATE_NOOP("Wording", "not seen yet"),
}
_LEFT_OUT = {
    LeftOut.NO_ROOM: QT_TRANSLATE_NOOP("Wording", "no room"),
    LeftOut.ENOUGH: QT_TRANSLATE_NOOP("Wording", "enough of its kind"),
    LeftOut.EXCLUDED: QT_TRANSLATE_NOOP("Wording", "excluded by you"),
}


def item_kind(kind: ItemKind) -> str:
    """Returns the heading for the pieces of a kind."""
    return Wording.tr(_KINDS[kind])


def item_name(item: ContextItem) -> str:
    """Returns the name of a piece."""
    if item.key.split(":")[0] in _NAMES:
        return Wording.tr(_NAMES[item.key.split(":")[0]])
    if item.kind in (ItemKind.BOOK_SUMMARY, ItemKind.VOLUME_SUMMARY):
        text = Wording.tr("Chapters {first} to {last}")
        return text.format(first=item.first, last=item.last)
    if item.first:
        return chapter_name(item.first, item.label, item.own_number)
    return item.label


def reason(why: Reason) -> str:
    """Returns the reason why a piece is considered."""
    if not why.number and why.kind in _REASONS_WITHOUT_CHAPTER:
        return Wording.tr(_REASONS_WITHOUT_CHAPTER[why.kind])
    chapter = chapter_place(why.number, why.chapter)
    return Wording.tr(_REASONS[why.kind]).format(words=why.words, chapter=chapter)


def verdict(item: ContextItem) -> str:
    """Returns the reason why a piece is included, or why it is not."""
    parts = [reason(item.reason)]
    if item.choice is ContextChoice.PINNED:
        parts.insert(0, Wording.tr("pinned by you"))
    if item.left_out is not None:
        parts.insert(0, Wording.tr(_LEFT_OUT[item.left_out]))
    if item.is_shortened:
        parts.append(Wording.tr("shortened"))
    return " · ".join(parts)
