"""The shelf of models in the settings: select, download, use, or remove one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.background.model_fetches import ModelFetches
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.shelf import LISTED_ON, SHELF, Hub, ShelfModel, recommended
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.error_words import words_of
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label

_THOUSAND = 1000


class ShelfPanel(QWidget):
    """Shows one model at a time. ``memory`` is that of this computer, 0 if unknown."""

    used = Signal(str)
    """The path of the model that should write."""

    removed = Signal(str)
    """The path of a model that was removed."""

    def __init__(self, fetches: ModelFetches, memory: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fetches = fetches
        language = window_language()
        self._best = recommended(memory, language)
        self._models = QComboBox()
        self._models.setAccessibleName(self.tr("Models for this computer"))
        self._hubs = QComboBox()
        self._hubs.setAccessibleName(self.tr("Downloaded from"))
        # In China, one hub can be reached and the other cannot.
        first = (Hub.MODELSCOPE, Hub.HUGGING_FACE) if language is Language.CHINESE else tuple(Hub)
        names = {Hub.HUGGING_FACE: "Hugging Face", Hub.MODELSCOPE: "ModelScope 魔搭"}
        for hub in first:
            self._hubs.addItem(names[hub], hub)
        self._facts = muted(plain_label())
        self._progress = QProgressBar()
        self._progress.setRange(0, _THOUSAND)
        self._progress.setAccessibleName(self.tr("Download progress"))
        self._failure = plain_label()
        self._get = self._button(self.tr("Do&wnload"), self._on_get)
        self._pause = self._button(self.tr("&Pause"), self._on_pause)
        self._use = self._button(self.tr("Use for &writing"), self._on_use)
        self._remove = self._button(self.tr("&Remove"), self._on_remove)
        self._lay_out()
        for model in SHELF:
            self._models.addItem(self._title(model), model)
        self._models.setCurrentIndex(SHELF.index(self._best) if self._best else 0)
        self._models.currentIndexChanged.connect(self._show)
        fetches.progressed.connect(self._on_progress)
        fetches.ended.connect(self._on_ended)
        self._show()

    @property
    def _model(self) -> ShelfModel:
        return SHELF[self._models.currentIndex()]

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(
            muted(
                plain_label(
                    self.tr(
                        "Open models that run here, as of {date}. The larger, the better, and the "
                        "slower."
                    ).format(date=LISTED_ON.isoformat())
                )
            )
        )
        top = QHBoxLayout()
        top.addWidget(self._models, 1)
        top.addWidget(self._hubs)
        layout.addLayout(top)
        layout.addWidget(self._facts)
        layout.addWidget(self._progress)
        layout.addWidget(self._failure)
        buttons = QHBoxLayout()
        for button in (self._get, self._pause, self._use, self._remove):
            buttons.addWidget(button)
        buttons.addStretch()
        layout.addLayout(buttons)

    def _title(self, model: ShelfModel) -> str:
        if model is self._best:
            return self.tr("{model} (recommended here)").format(model=model.title)
        return model.title

    @Slot()
    def _show(self) -> None:
        """Shows the present state of the selected model."""
        model, shelf = self._model, self._fetches.shelf
        is_here, begun = shelf.has(model), shelf.begun(model)
        is_running = self._fetches.is_running(model)
        languages = {Language.ENGLISH: self.tr("English"), Language.CHINESE: self.tr("Chinese")}
        self._facts.setText(
            self.tr(
                "{languages} · {size} GB to download · {memory} GB of memory · {licence}"
            ).format(
                languages=self.tr(", ").join(languages[each] for each in model.languages),
                size=f"{model.size / 1e9:.1f}",
                memory=f"{model.memory / 1e9:.1f}",
                licence=model.licence,
            )
        )
        self._failure.setVisible(False)
        self._get.setText(self.tr("R&esume") if begun else self.tr("Do&wnload"))
        self._get.setVisible(not is_here and not is_running)
        self._pause.setVisible(is_running)
        self._use.setVisible(is_here)
        self._remove.setVisible((is_here or begun > 0) and not is_running)
        self._progress.setVisible(is_running or (begun > 0 and not is_here))
        self._progress.setValue(round(min(begun / model.size, 1) * _THOUSAND))

    @Slot()
    def _on_get(self) -> None:
        self._fetches.start(self._model, Hub(self._hubs.currentData()))
        self._show()

    @Slot()
    def _on_pause(self) -> None:
        self._fetches.pause(self._model)

    @Slot()
    def _on_use(self) -> None:
        self.used.emit(str(self._fetches.shelf.path(self._model)))

    @Slot()
    def _on_remove(self) -> None:
        model = self._model
        try:
            self._fetches.shelf.remove(model)
        except ArborisError as error:
            # On Windows a file in use cannot be removed.
            self._show_failure(error)
            return
        self.removed.emit(str(self._fetches.shelf.path(model)))
        self._show()

    @Slot(str, float)
    def _on_progress(self, id: str, share: float) -> None:
        if id == self._model.id:
            self._progress.setValue(round(share * _THOUSAND))

    @Slot(str, object)
    def _on_ended(self, id: str, failure: Exception | None) -> None:
        if id != self._model.id:
            return
        self._show()
        if failure is not None:
            self._show_failure(failure)

    def _show_failure(self, failure: Exception) -> None:
        words = words_of(failure)
        self._failure.setText(f"{in_a_row(words.what_happened, words.what_to_do)}\n{failure}")
        self._failure.setVisible(True)


MakeShelf = Callable[[], ShelfPanel]
"""Makes a panel over the shared shelf."""
