"""Words for the kinds of revision."""

from __future__ import annotations

from arboris_desktop.domain.revision import RevisionKind
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording

_KINDS = {
    RevisionKind.REWRITE: QT_TRANSLATE_NOOP("Wording", "Rewrite"),
    RevisionKind.EXPAND: QT_TRANSLATE_NOOP("Wording", "Expand"),
    RevisionKind.CONDENSE: QT_TRANSLATE_NOOP("Wording", "Condense"),
    RevisionKind.DIALOGUE: QT_TRANSLATE_NOOP("Wording", "Improve the dialogue"),
    RevisionKind.SETTING: QT_TRANSLATE_NOOP("Wording", "Improve the setting"),
    RevisionKind.INNER_LIFE: QT_TRANSLATE_NOOP("Wording", "Deepen the inner life"),
    RevisionKind.RHYTHM: QT_TRANSLATE_NOOP("Wording", "Improve the rhythm"),
}


def revision_kind(kind: RevisionKind) -> str:
    """Returns the words for a kind of revision, as a menu has them."""
    return Wording.tr(_KINDS[kind])
