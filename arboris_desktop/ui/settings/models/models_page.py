"""The page of the settings about models."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGroupBox, QVBoxLayout, QWidget

from arboris_desktop.domain.profiles import ProviderRoster
from arboris_desktop.ui.settings.local_servers import FindServers
from arboris_desktop.ui.settings.models.profile_draft import ProfileDraft, key_changes, new_draft
from arboris_desktop.ui.settings.models.profile_form import ProbeProfile, ProfileForm
from arboris_desktop.ui.settings.models.profile_list import ProfileList
from arboris_desktop.ui.settings.models.routing_table import RoutingTable
from arboris_desktop.ui.settings.shelf_panel import MakeShelf
from arboris_desktop.writing.providers import KeyChange


class ModelsPage(QWidget):
    """Edits all profiles and routes. With a single model, it shows only its fields.

    ``with_key`` are the ids of profiles with a key in the keyring.
    """

    currencies_changed = Signal(list)
    """The currencies of the models have changed."""

    def __init__(
        self,
        roster: ProviderRoster,
        with_key: Collection[str],
        probe: ProbeProfile,
        find: FindServers | None = None,
        contexts_told: Mapping[str, int] | None = None,
        make_shelf: MakeShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._before = tuple(profile.id for profile in roster.profiles)
        self._drafts = [
            ProfileDraft(
                profile,
                profile.id in with_key,
                key_of=profile.id,
                context_told=(contexts_told or {}).get(profile.id, 0),
            )
            for profile in roster.profiles
        ]
        self._current = 0
        self._currencies: list[str] = []
        self._list = ProfileList()
        self._form = ProfileForm(probe, find, make_shelf)
        self._routing = RoutingTable()
        self._routing_box = QGroupBox(self.tr("Who does what"))
        QVBoxLayout(self._routing_box).addWidget(self._routing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self._list)
        layout.addWidget(self._form)
        layout.addWidget(self._routing_box)
        layout.addStretch()
        self._connect()
        self._form.show_draft(self._drafts[0])
        self._show()
        self._routing.show_routes(roster.routes)

    def roster(self) -> ProviderRoster:
        """The models and routes as entered."""
        self._take_in()
        profiles = tuple(draft.profile for draft in self._drafts)
        ids = {profile.id for profile in profiles}
        routes = {
            task: kept
            for task, route in self._routing.routes().items()
            if (kept := tuple(id for id in route if id in ids))
        }
        return ProviderRoster(profiles, routes if len(profiles) > 1 else {})

    def key_changes(self) -> list[KeyChange]:
        """The changes to make in the keyring."""
        self._take_in()
        return key_changes(self._before, self._drafts)

    def currencies(self) -> list[str]:
        """The currencies in which the models charge."""
        self._take_in()
        return sorted({currency for d in self._drafts if (currency := d.profile.currency)})

    def is_complete(self) -> bool:
        """True if the models have everything they need; otherwise shows the first that lacks
        something."""
        self._take_in()
        lacking = [row for row, draft in enumerate(self._drafts) if not draft.is_complete]
        if lacking and self._drafts[self._current].is_complete:
            self._select(lacking[0])
        return not lacking

    def _connect(self) -> None:
        self._list.selected.connect(self._select)
        self._list.add_requested.connect(lambda: self._insert(new_draft()))
        self._list.duplicate_requested.connect(self._duplicate)
        self._list.remove_requested.connect(self._remove)
        self._list.move_requested.connect(self._move)
        self._form.changed.connect(self._on_edited)

    def _take_in(self) -> None:
        self._drafts[self._current] = self._form.draft()

    @Slot(int)
    def _select(self, row: int) -> None:
        if row != self._current:
            self._take_in()
            self._go_to(row)

    @Slot()
    def _duplicate(self) -> None:
        self._take_in()
        self._insert(self._drafts[self._current].copy())

    def _insert(self, draft: ProfileDraft) -> None:
        self._take_in()
        self._drafts.insert(self._current + 1, draft)
        self._go_to(self._current + 1)

    @Slot()
    def _remove(self) -> None:
        if len(self._drafts) > 1:
            del self._drafts[self._current]
            self._go_to(min(self._current, len(self._drafts) - 1))

    @Slot(int)
    def _move(self, by: int) -> None:
        self._take_in()
        to = self._current + by
        if 0 <= to < len(self._drafts):
            self._drafts.insert(to, self._drafts.pop(self._current))
            self._go_to(to)

    def _go_to(self, row: int) -> None:
        self._current = row
        self._form.show_draft(self._drafts[row])
        self._take_in()
        self._show()

    @Slot()
    def _on_edited(self) -> None:
        self._take_in()
        self._show()

    def _show(self) -> None:
        several = len(self._drafts) > 1
        names = [draft.title for draft in self._drafts]
        incomplete = [not draft.is_complete for draft in self._drafts]
        self._list.show_names(names, incomplete, self._current)
        self._form.show_name_field(several)
        self._routing_box.setVisible(several)
        ids = [draft.profile.id for draft in self._drafts]
        self._routing.show_profiles(list(zip(ids, names, strict=True)))
        currencies = self.currencies()
        if currencies != self._currencies:
            self._currencies = currencies
            self.currencies_changed.emit(currencies)
