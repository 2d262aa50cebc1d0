"""All settings in one dialog: model, queue, analysis, interface, writing."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.errors import Cure
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import (
    CodexSettings,
    InterfaceSettings,
    QueueSettings,
    RetentionSettings,
    TypingSettings,
    UpdateSettings,
    WritingSettings,
)
from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.domain.tasks import GenerationConfig
from arboris_desktop.ui.settings.codex_page import CodexPage
from arboris_desktop.ui.settings.cost_page import CostPage
from arboris_desktop.ui.settings.interface_page import InterfacePage
from arboris_desktop.ui.settings.local_servers import FindServers
from arboris_desktop.ui.settings.models.models_page import ModelsPage
from arboris_desktop.ui.settings.models.profile_form import ProbeProfile
from arboris_desktop.ui.settings.pages import AnalysisPage, QueuePage, WritingPage
from arboris_desktop.ui.settings.shelf_panel import MakeShelf
from arboris_desktop.ui.settings.typing_page import TypingPage
from arboris_desktop.ui.settings.update_page import CheckNow, UpdatePage
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.writing.providers import KeyChange


@record
class AllSettings:
    """Every group of settings that the author can change."""

    models: ProviderRoster = field(default_factory=lambda: ProviderRoster((ProviderProfile(),)))
    queue: QueueSettings = field(default_factory=QueueSettings)
    analysis: GenerationConfig = field(default_factory=GenerationConfig)
    interface: InterfaceSettings = field(default_factory=InterfaceSettings)
    writing: WritingSettings = field(default_factory=WritingSettings)
    typing: TypingSettings = field(default_factory=TypingSettings)
    codex: CodexSettings = field(default_factory=CodexSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    spending: SpendSettings = field(default_factory=SpendSettings)
    updates: UpdateSettings = field(default_factory=UpdateSettings)


class SettingsDialog(QDialog):
    """Shows the present settings; after it was accepted, it holds the new ones."""

    saved = Signal(object, object)
    """The ``AllSettings``, and a list of ``KeyChange``."""

    def __init__(
        self,
        present: AllSettings,
        with_key: Collection[str],
        probe: ProbeProfile,
        parent: QWidget | None = None,
        *,
        find_servers: FindServers | None = None,
        make_shelf: MakeShelf | None = None,
        tray_available: bool = True,
        check_updates: CheckNow | None = None,
        contexts_told: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._models = ModelsPage(
            present.models, with_key, probe, find_servers, contexts_told, make_shelf
        )
        self._queue = QueuePage(present.queue)
        self._analysis = AnalysisPage(present.analysis)
        self._interface = InterfacePage(present.interface, tray_available=tray_available)
        self._writing = WritingPage(present.writing)
        self._typing = TypingPage(present.typing)
        self._codex = CodexPage(present.codex, present.retention)
        self._costs = CostPage(present.spending, self._models.currencies())
        self._models.currencies_changed.connect(self._costs.show_currencies)
        self._updates = UpdatePage(present.updates, check_updates)
        self._names = QListWidget()
        self._pages_by_widget: list[QWidget] = []
        self._pages = QStackedWidget()
        self._add_page("provider", self.tr("Models"), self._models)
        self._add_page("write", self.tr("Writing"), self._writing)
        self._add_page("edit", self.tr("Typing"), self._typing)
        self._add_page("chapter-analysing", self.tr("Analysis"), self._analysis)
        self._add_page("book", self.tr("Codex"), self._codex)
        self._add_page("task", self.tr("Queue"), self._queue)
        self._add_page("coins", self.tr("Costs"), self._costs)
        self._add_page("settings", self.tr("Interface"), self._interface)
        self._add_page("retry", self.tr("Updates"), self._updates)
        self._lay_out()

    def all_settings(self) -> AllSettings:
        """The settings in the fields."""
        return AllSettings(
            models=self._models.roster(),
            queue=self._queue.value(),
            analysis=self._analysis.value(),
            interface=self._interface.value(),
            writing=self._writing.value(),
            typing=self._typing.value(),
            codex=self._codex.codex(),
            retention=self._codex.retention(),
            spending=self._costs.value(),
            updates=self._updates.value(),
        )

    def key_changes(self) -> list[KeyChange]:
        """The changes to the models' keys."""
        return self._models.key_changes()

    def show_cure(self, cure: Cure) -> None:
        """Switches to the page where something can be done about an error."""
        pages = {Cure.LIMIT: self._costs, Cure.QUEUE: self._queue}
        self._names.setCurrentRow(self._pages_by_widget.index(pages.get(cure, self._models)))
        if cure is Cure.LIMIT:
            self._costs.focus_limits()

    def accept(self) -> None:
        """Closes and emits the new settings, unless a model lacks something."""
        if not self._models.is_complete():
            self._names.setCurrentRow(0)
            return
        self.saved.emit(self.all_settings(), self.key_changes())
        super().accept()

    def _add_page(self, icon_name: str, title: str, page: QWidget) -> None:
        self._pages_by_widget.append(page)
        name = QListWidgetItem(icon(icon_name), title)
        name.setSizeHint(QSize(0, self.fontMetrics().height() + 18))
        self._names.addItem(name)
        heading = QLabel(title)
        font = QFont(heading.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        heading.setFont(font)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 0, 12, 0)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addWidget(page, 1)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setObjectName("bare")
        # Focusable, so that it can be scrolled with the keyboard.
        area.setAccessibleName(title)
        self._pages.addWidget(area)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Settings"))
        self._names.setAccessibleName(self.tr("Pages of the settings"))
        self._names.setIconSize(QSize(18, 18))
        self._names.setFixedWidth(150)
        self._names.setObjectName("pages")
        self._names.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._names.setCurrentRow(0)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(self.tr("Save"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._names)
        middle.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(14)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self.resize(780, 640)
