"""The form for an OpenAI-compatible server: its address, the key and the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.profiles import is_open_on_the_way
from arboris_desktop.domain.server_presets import (
    LocalServer,
    ServerPreset,
    offered_presets,
    preset_at,
)
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.settings.preset_words import preset_hint
from arboris_desktop.ui.settings.typed_server import (
    cleaned_address,
    cleaned_key,
    holds_secret,
    impossible_characters,
    is_address,
    is_possible_key,
    server_of,
)
from arboris_desktop.ui.widgets.form import FieldForm, Hint, explained
from arboris_desktop.ui.widgets.open_address import open_address


class ServerForm(QWidget):
    """Edits the settings of a server; the key is shown only when the author asks to see it."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stored = ProviderSettings(kind=ProviderKind.OPENAI_COMPATIBLE)
        self._has_key = False
        self._forgotten = False
        self._presets = offered_presets(chinese_first=window_language() is Language.CHINESE)
        self._build_address()
        self._build_key()
        self._build_model()
        self._lay_out()
        self.set_settings(self._stored, False)

    def settings(self) -> ProviderSettings:
        """The settings as entered; other settings of the provider stay as given."""
        return replace(
            self._stored,
            kind=ProviderKind.OPENAI_COMPATIBLE,
            base_url=self._entered_address(),
            model=self._model.currentText().strip(),
        )

    def key(self) -> str | None:
        """The key entered, ``""`` to store none, ``None`` to leave the stored one.

        A key stored for one server is never left for another, to which it would be sent.
        """
        if typed := self._entered_key():
            return typed
        return None if self._keeps_key() or not self._has_key else ""

    def set_settings(self, settings: ProviderSettings, has_key: bool, typed_key: str = "") -> None:
        """Shows the settings; ``has_key`` says whether the keyring holds a key for them.

        ``typed_key`` was entered before, and is not stored yet.
        """
        self._stored = settings
        self._has_key = has_key
        self._forgotten = False
        self._key.setText(typed_key)
        self._show_key.setChecked(False)
        self._address.setText(settings.base_url or self._presets[0].address)
        self._offer_usual()
        # If no server was ever chosen, the proposed one comes with its model.
        self._model.setEditText(settings.model if settings.base_url else self._first_usual())
        self._on_edited()

    def show_models(self, models: Sequence[str]) -> None:
        """Offers these; the entered model stays. A single model is selected at once."""
        entered = self._model.currentText().strip()
        self._model.clear()
        self._model.addItems(models)
        self._model.setEditText(models[0] if not entered and len(models) == 1 else entered)

    def choose(self, server: LocalServer, model: str) -> None:
        """Enters a server that was found, and one of its models."""
        self._address.setText(server.base_url)
        self._model.clear()
        self._model.addItems(server.models)
        self._model.setEditText(model)

    def missing(self) -> str:
        """Returns a sentence about what is missing; empty if nothing is."""
        entered = self.settings()
        if holds_secret(self._address.text()):
            return self.tr(
                "The address contains a user name or a password, which would be stored and "
                "shown. Remove everything before the @, and enter the password as the key."
            )
        if not is_address(entered.base_url):
            return self.tr("Enter the server's address, such as https://api.example.com/v1.")
        if not is_possible_key(entered_key := self._key.text()):
            return self.tr(
                "The key contains characters that no key can have: {characters}. Copy it again."
            ).format(characters=impossible_characters(entered_key))
        if self._lacks_key():
            return self.tr("Enter the key that this service asks for.")
        if not entered.model:
            return self.tr("Enter a model, or test the connection to choose from a list.")
        return ""

    def _lacks_key(self) -> bool:
        """True if a service is chosen for the first time without the key that it requires.

        One that was chosen before may have its key elsewhere, or in a locked keyring.
        """
        return self._wants_key() and not self._stored.base_url and not self._entered_key()

    def _wants_key(self) -> bool:
        preset = preset_at(self._entered_address())
        return preset is not None and bool(preset.key_page)

    def has_address(self) -> bool:
        """True if there is an address to connect to."""
        return is_address(self._entered_address()) and not holds_secret(self._address.text())

    def _build_address(self) -> None:
        self._preset = QComboBox()
        for preset in self._presets:
            self._preset.addItem(preset.name, preset)
        self._preset.addItem(self.tr("Other"))
        self._preset.setAccessibleName(self.tr("Service"))
        self._preset.activated.connect(self._on_preset)
        self._hint = Hint()
        self._get_key = QPushButton(self.tr("&Get a key…"))
        self._get_key.setAutoDefault(False)
        self._get_key.clicked.connect(self._on_get_key)
        self._address = QLineEdit()
        self._address.setAccessibleName(self.tr("Address"))
        self._address.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self._address.setPlaceholderText("https://…/v1")
        self._address.textChanged.connect(self._on_edited)
        self._address.editingFinished.connect(self._on_address_finished)
        self._address_note = Hint(
            self.tr(
                "Without https, your text and the key can be read by others on the way to this "
                "server."
            )
        )

    def _build_key(self) -> None:
        self._key = QLineEdit()
        self._key.setAccessibleName(self.tr("Key"))
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._key.textChanged.connect(self._on_edited)
        self._key.editingFinished.connect(self._on_key_finished)
        self._show_key = QPushButton(self.tr("Show"))
        self._show_key.setAccessibleName(self.tr("Show the key"))
        self._show_key.setCheckable(True)
        self._show_key.toggled.connect(self._on_show_key)
        self._forget = QPushButton(self.tr("Forget"))
        self._forget.setAccessibleName(self.tr("Forget the kept key"))
        self._forget.clicked.connect(self._on_forget)
        for button in (self._show_key, self._forget):
            button.setAutoDefault(False)
        self._key_note = Hint()

    def _build_model(self) -> None:
        self._model = QComboBox()
        self._model.setEditable(True)
        self._model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._model.setAccessibleName(self.tr("Model"))
        self._model.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._model.editTextChanged.connect(self._on_edited)

    def _lay_out(self) -> None:
        form = FieldForm(self)
        form.setContentsMargins(0, 0, 0, 0)
        key = QHBoxLayout()
        key.setSpacing(8)
        key.addWidget(self._key, 1)
        key.addWidget(self._show_key)
        key.addWidget(self._forget)
        key.addWidget(self._get_key)
        form.add_explained(self.tr("&Service"), self._preset, self._hint)
        form.add_explained(self.tr("&Address"), self._address, self._address_note)
        key_label = QLabel(self.tr("&Key"))
        key_label.setBuddy(self._key)
        form.addRow(key_label, explained(key, self._key_note))
        form.addRow(self.tr("&Model"), self._model)

    @Slot(int)
    def _on_preset(self, index: int) -> None:
        chosen: ServerPreset | None = self._preset.itemData(index)
        if chosen is None:
            self._address.clear()
            self._model.clear()
            self._address.setFocus()
        elif chosen is not preset_at(self._address.text()):
            self._address.setText(chosen.address)
            self._offer_usual()
            self._model.setEditText(self._first_usual())

    @Slot()
    def _on_get_key(self) -> None:
        preset = preset_at(self._address.text())
        if preset is not None:
            open_address(QUrl(preset.key_page))

    def _offer_usual(self) -> None:
        """Offers the usual models of the server at this address."""
        preset = preset_at(self._address.text())
        self._model.clear()
        self._model.addItems([model.name for model in preset.models] if preset else [])

    def _first_usual(self) -> str:
        return self._model.itemText(0)

    def _entered_address(self) -> str:
        """Returns the address without what was pasted along with it; unchanged if it is not one."""
        return cleaned_address(self._address.text()) or self._address.text().strip()

    def _entered_key(self) -> str:
        return cleaned_key(self._key.text()) or self._key.text().strip()

    @Slot()
    def _on_address_finished(self) -> None:
        """Shows the effective address, unless it differs only by a slash."""
        cleaned = self._entered_address()
        if self._address.text().rstrip("/") != cleaned:
            self._address.setText(cleaned)

    @Slot()
    def _on_key_finished(self) -> None:
        if self._key.text() != self._entered_key():
            self._key.setText(self._entered_key())

    @Slot(bool)
    def _on_show_key(self, shown: bool) -> None:
        echo = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._key.setEchoMode(echo)
        self._show_key.setText(self.tr("Hide") if shown else self.tr("Show"))

    @Slot()
    def _on_forget(self) -> None:
        self._forgotten = True
        self._key.setFocus()
        self._on_edited()

    @Slot()
    def _on_edited(self) -> None:
        address = self._entered_address()
        preset = preset_at(address)
        self._preset.setCurrentIndex(
            self._presets.index(preset) if preset else self._preset.count() - 1
        )
        self._hint.setText(preset_hint(preset) if preset else "")
        self._hint.setVisible(preset is not None)
        self._get_key.setVisible(preset is not None and bool(preset.key_page))
        self._show_key.setEnabled(bool(self._key.text()))
        self._forget.setVisible(self._keeps_key())
        self._address_note.setVisible(is_open_on_the_way(address))
        self._show_key_note()
        self.changed.emit()

    def _show_key_note(self) -> None:
        if self._keeps_key():
            self._key.setPlaceholderText(self.tr("A key is kept; type to replace it"))
        elif self._wants_key():
            self._key.setPlaceholderText(self.tr("The key that this service asks for"))
        else:
            self._key.setPlaceholderText(self.tr("Empty, if the server asks for none"))
        if self._has_key and not self._keeps_key() and not self._key.text():
            note = self.tr("The key kept so far will be removed: it is not for this server.")
            if self._forgotten:
                note = self.tr("The kept key will be removed.")
        else:
            note = self.tr("It is kept in the system's keyring, and sent to this server only.")
        self._key_note.setText(note)

    def _keeps_key(self) -> bool:
        return self._has_key and not self._forgotten and self._is_stored_server()

    def _is_stored_server(self) -> bool:
        stored = self._stored.base_url
        return server_of(self._entered_address()) == server_of(cleaned_address(stored) or stored)
