"""Choosing the model: the built-in one, or a server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.connection import ConnectionReport, ModelFailedError
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.domain.server_presets import LocalServer
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.error_words import error_sentence
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.settings.local_servers import FindServers, LocalServers
from arboris_desktop.ui.settings.probe_result import ProbeResult
from arboris_desktop.ui.settings.server_form import ServerForm
from arboris_desktop.ui.settings.shelf_panel import MakeShelf
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.file_dialog import dialog_to_open
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone

Probe = Callable[[ProviderSettings, str | None], Awaitable[ConnectionReport]]

_INDENT = 26


class ProviderPage(QWidget):
    """Edits the provider and can test it.

    ``probe`` tests the model with the given settings and key (``None``: the stored key) and raises
    ``ArborisError``. It is cancelled when the page is hidden or anything is changed. ``find`` looks
    for servers on this computer, and ``make_shelf`` makes the panel of downloadable models.
    """

    complete_changed = Signal(bool)
    """Reports whether everything that the provider needs is entered."""

    def __init__(
        self,
        probe: Probe,
        find: FindServers | None = None,
        make_shelf: MakeShelf | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._shelf = make_shelf() if make_shelf else None
        self._found = LocalServers(find)
        self._found.chosen.connect(self._on_found)
        self._probe = probe
        self._probing: asyncio.Task[None] | None = None
        self._stored = ProviderSettings()
        self._build_choice()
        self._build_test()
        self._lay_out()
        self.set_settings(self._stored, False)
        self._file.textChanged.connect(self._on_changed)
        self._server.changed.connect(self._on_changed)
        self._server_choice.toggled.connect(self._on_changed)

    def settings(self) -> ProviderSettings:
        """The selected settings, with ``configured`` true."""
        if self._server_choice.isChecked():
            chosen = self._server.settings()
        else:
            chosen = replace(self._stored, kind=ProviderKind.BUILT_IN)
        return replace(chosen, model_path=self._file.text().strip(), configured=True)

    def key(self) -> str | None:
        """The key to store; ``""`` deletes the stored one, ``None`` leaves it as it is."""
        return self._server.key() if self._server_choice.isChecked() else None

    def set_settings(self, settings: ProviderSettings, has_key: bool, typed_key: str = "") -> None:
        """Shows the settings; ``has_key`` says whether the keyring holds a key.

        ``typed_key`` was entered before, and is not stored yet.
        """
        self._stored = settings
        self._file.setText(settings.model_path)
        self._server.set_settings(settings, has_key, typed_key)
        choices = {
            ProviderKind.BUILT_IN: self._built_in_choice,
            ProviderKind.OPENAI_COMPATIBLE: self._server_choice,
        }
        choices[settings.kind].setChecked(True)
        self._on_changed()

    def is_complete(self) -> bool:
        """True if everything that the provider needs is entered."""
        return not self._missing()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._stop_probing()
        super().hideEvent(event)

    def _missing(self) -> str:
        return self._server.missing() if self._server_choice.isChecked() else ""

    def _build_choice(self) -> None:
        self._built_in_choice = QRadioButton(self.tr("A mo&del on this computer"))
        self._server_choice = QRadioButton(self.tr("OpenAI-compati&ble server"))
        self._file = QLineEdit()
        self._file.setAccessibleName(self.tr("A GGUF file of your own"))
        self._file.setPlaceholderText(self.tr("Optional: a GGUF file of your own"))
        self._file.setClearButtonEnabled(True)
        self._browse = QPushButton(self.tr("Browse…"))
        self._browse.setAccessibleName(self.tr("Browse for a GGUF file"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse)
        self._server = ServerForm()

    def _build_test(self) -> None:
        self._test = QPushButton(self.tr("&Test connection"))
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self._on_test)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedSize(120, 8)
        self._busy.setAccessibleName(self.tr("Connecting"))
        self._hint = muted(plain_label())
        self._result = ProbeResult()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self._found)
        layout.addWidget(self._built_in_choice)
        layout.addWidget(self._built_in_part())
        layout.addSpacing(6)
        layout.addWidget(self._server_choice)
        self._server.setContentsMargins(_INDENT, 0, 0, 0)
        layout.addWidget(self._server)
        layout.addSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self._test)
        row.addWidget(self._busy)
        row.addWidget(self._hint, 1)
        layout.addLayout(row)
        layout.addWidget(self._result)
        layout.addStretch()

    def _built_in_part(self) -> QWidget:
        self._built_in_part_widget = QWidget()
        layout = QVBoxLayout(self._built_in_part_widget)
        layout.setContentsMargins(_INDENT, 0, 0, 0)
        layout.addWidget(
            muted(
                plain_label(
                    self.tr(
                        "Needs no account and no network. Without a file, the built-in one is a "
                        "demonstration: it is very small and writes English only."
                    )
                )
            )
        )
        row = QHBoxLayout()
        row.addWidget(self._file, 1)
        row.addWidget(self._browse)
        layout.addLayout(row)
        if self._shelf is not None:
            layout.addSpacing(6)
            layout.addWidget(self._shelf)
            self._shelf.used.connect(self._file.setText)
            self._shelf.removed.connect(self._on_removed)
        return self._built_in_part_widget

    @Slot(str)
    def _on_removed(self, path: str) -> None:
        if self._file.text().strip() == path:
            self._file.clear()

    @Slot()
    def _on_browse(self) -> None:
        dialog = dialog_to_open(self, self.tr("Choose a model"), self.tr("GGUF models (*.gguf)"))
        dialog.fileSelected.connect(self._file.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object, str)
    def _on_found(self, server: LocalServer, model: str) -> None:
        self._server_choice.setChecked(True)
        self._server.choose(server, model)

    @Slot()
    def _on_changed(self) -> None:
        """Discards the result of the test, which does not apply to other settings."""
        self._stop_probing()
        self._result.hide()
        server = self._server_choice.isChecked()
        self._server.setVisible(server)
        self._built_in_part_widget.setVisible(not server)
        self._test.setText(self.tr("&Test connection") if server else self.tr("&Test model"))
        self._test.setEnabled(not server or self._server.has_address())
        self._hint.setText(self._missing())
        self.complete_changed.emit(self.is_complete())

    @Slot()
    def _on_test(self) -> None:
        self._stop_probing()
        self._result.hide()
        self._show_busy(True)
        work = self._try_out(self.settings(), self.key())
        self._probing = asyncio.get_event_loop().create_task(work)

    async def _try_out(self, settings: ProviderSettings, key: str | None) -> None:
        try:
            report = await self._probe(settings, key)
        except ArborisError as error:
            self._finish()
            if isinstance(error, ModelFailedError):
                self._offer(error.models)
            self._show_error(error)
        except Exception as error:
            self._finish()
            self._show_error(ArborisError(ErrorKind.INTERNAL, type(error).__name__))
            raise  # To the event loop, which reports unexpected errors.
        else:
            self._finish()
            self._show_success(settings.kind, report)

    def _finish(self) -> None:
        self._probing = None
        self._show_busy(False)

    def _stop_probing(self) -> None:
        if self._probing is not None:
            self._probing.cancel()
        self._finish()

    def _show_busy(self, busy: bool) -> None:
        self._busy.setVisible(busy)
        # The button stays enabled: it would lose the focus, and a second click restarts anyway.
        self._hint.setVisible(not busy)

    def _show_success(self, kind: ProviderKind, report: ConnectionReport) -> None:
        if kind is ProviderKind.BUILT_IN:
            words = [self.tr("The model is ready.")]
        elif report.models:
            words = [self.tr("Connected: %n models.", "", len(report.models))]
            self._offer(report.models)
        else:
            words = [self.tr("Connected. The server does not tell what models it has.")]
        words += self._words_of(report)
        if report.is_listed is False:
            words.append(self._not_listed(report.model))
        tone = Tone.WARNING if report.is_listed is False else Tone.GOOD
        self._show_result(tone, in_a_row(*words))

    def _not_listed(self, model: str) -> str:
        return self.tr(
            "The server does not list {model}, and may have asked another model in its place."
        ).format(model=model)

    def _words_of(self, report: ConnectionReport) -> list[str]:
        """Returns the properties of the model, as far as they are known."""
        words = []
        if report.tokens_per_second >= 1:
            speed = round(report.tokens_per_second)
            words.append(self.tr("It writes about %n tokens a second.", "", speed))
        elif report.tokens_per_second:
            words.append(self.tr("It writes less than a token a second."))
        if report.context_tokens:
            words.append(
                self.tr("Its context is {tokens} tokens.").format(
                    tokens=round_number(report.context_tokens)
                )
            )
        if report.slots:
            words.append(self.tr("It computes %n answers at once.", "", report.slots))
            words.append(self.tr("It uses %n threads of this computer.", "", report.threads))
        return words

    def _show_result(self, tone: Tone, words: str, detail: str = "") -> None:
        self._result.show_words(tone, words, detail)
        # Below a long form it would be out of view.
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            QTimer.singleShot(0, self._result, lambda: area.ensureWidgetVisible(self._result))

    def _offer(self, models: Sequence[str]) -> None:
        blocked = self._server.blockSignals(True)
        self._server.show_models(models)
        self._server.blockSignals(blocked)
        self._hint.setText(self._missing())
        self.complete_changed.emit(self.is_complete())

    def _show_error(self, error: ArborisError) -> None:
        words = error_sentence(error.kind)
        self._show_result(Tone.BAD, in_a_row(words.what_happened, words.what_to_do), error.message)
