"""A profile being edited, together with the change to its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from arboris_desktop.domain.profiles import ProviderProfile, new_profile_id
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.ui.wording import model_words
from arboris_desktop.writing.providers import KeyChange


@record
class ProfileDraft:
    """``key`` is to be stored, ``""`` deletes the stored one, ``None`` leaves it.

    ``has_key`` means that one is stored under ``key_of``, which is another profile's id for a copy
    of that profile. ``is_complete`` means that everything the model needs is entered.
    ``context_told`` is the context that its server reported, 0 for none.
    """

    profile: ProviderProfile
    has_key: bool = False
    key: str | None = None
    key_of: str = ""
    is_complete: bool = True
    context_told: int = 0

    @property
    def title(self) -> str:
        """Its name in the list, in the language of the window."""
        return model_words(self.profile.title) or QCoreApplication.translate(
            "ProfileDraft", "New model"
        )

    def copy(self) -> ProfileDraft:
        """Returns another profile with the same values and the same key."""
        name = QCoreApplication.translate("ProfileDraft", "{name} (copy)").format(name=self.title)
        profile = replace(self.profile, id=new_profile_id(), name=name)
        return replace(self, profile=profile, key_of=self.key_of or self.profile.id)


def new_draft() -> ProfileDraft:
    """Returns an empty profile for a server."""
    connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE)
    return ProfileDraft(ProviderProfile(new_profile_id(), "", connection), is_complete=False)


def key_changes(before: Iterable[str], drafts: Sequence[ProfileDraft]) -> list[KeyChange]:
    """Returns the changes to make in the keyring; ``before`` are the previous ids."""
    kept = {draft.profile.id for draft in drafts}
    changes = [KeyChange(gone) for gone in before if gone not in kept]
    for draft in drafts:
        own = draft.profile.id
        if draft.key is not None:
            changes.append(KeyChange(own, draft.key))
        elif draft.has_key and draft.key_of not in ("", own):
            # Before any key is deleted, since it may be that one.
            changes.insert(0, KeyChange(own, copied_from=draft.key_of))
    return changes
