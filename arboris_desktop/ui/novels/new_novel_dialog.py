"""Creating a novel: its title, its premise, and its plan."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.novel import Language, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.novels.begin_choices import BeginChoice, BeginChoices
from arboris_desktop.ui.novels.numbering_box import NumberingBox
from arboris_desktop.ui.novels.outline_editor import OutlineEditor
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.dialogs import fit_to_screen
from arboris_desktop.ui.widgets.form import FieldForm

_DEFAULT_CHAPTERS = 3
_HEIGHT = 680
_UNTITLED = {Language.ENGLISH: "Untitled", Language.CHINESE: "未命名"}
"""The title of a novel, in its language, until it has one."""


class NewNovelDialog(QDialog):
    """Asks for a new novel; only the title is required. Open it with ``dialogs.ask``.

    Authors with no more than an idea, or not even that, begin with a dialogue about it. The novel's
    language defaults to that of the window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._begins_with_idea = self._wants_import = False
        self._choices = BeginChoices()
        self._choices.changed.connect(self._show_choice)
        self._choices.import_requested.connect(self._leave_to_import)
        self.setWindowTitle(self.tr("New novel"))
        self._build_fields()
        self._build_buttons()
        self._lay_out()
        self._check()
        self._title.setFocus()
        self.resize(760, _HEIGHT)

    def novel(self) -> NewNovel:
        """The author's entries."""
        title, language = self._title.text().strip(), Language(self._language.currentData())
        return NewNovel(
            title=title or _UNTITLED[language],
            premise=self._premise.toPlainText().strip(),
            style=self._style.text().strip(),
            language=language,
            volumes=self._volumes(),
            is_untitled=not title,
            author=self._author.text().strip(),
            numbering=self._numbering.numbering(),
        )

    @property
    def choices(self) -> BeginChoices:
        """The ways to begin."""
        return self._choices

    def wants_import(self) -> bool:
        """True if the novel should be imported from a file instead."""
        return self._wants_import

    def begins_blank(self) -> bool:
        """True if the author wants to write at once, without a plan."""
        return self._choices.choice is BeginChoice.BLANK and not self._begins_with_idea

    def begins_with_idea(self) -> bool:
        """True if the author wants to talk about the idea first."""
        return self._begins_with_idea

    def _volumes(self) -> tuple[OutlineVolume, ...]:
        """The plan; if the idea comes first, blank chapters would only be in the way."""
        if self.begins_blank():
            return (OutlineVolume("", (OutlineChapter(""),)),)
        volumes = self._outline.outline()
        has_words = any(
            volume.title or any(chapter.title or chapter.summary for chapter in volume.chapters)
            for volume in volumes
        )
        return volumes if has_words or not self._begins_with_idea else ()

    def _build_fields(self) -> None:
        self._title = QLineEdit()
        self._title.setPlaceholderText(self.tr("The working title"))
        self._title.textChanged.connect(self._check)
        self._language = QComboBox()
        self._language.addItem("English", Language.ENGLISH.value)
        self._language.addItem("中文", Language.CHINESE.value)
        self._language.setCurrentIndex(self._language.findData(window_language().value))
        self._numbering = NumberingBox()
        self._offer_numbers()
        self._language.currentIndexChanged.connect(self._offer_numbers)
        self._author = QLineEdit()
        self._author.setPlaceholderText(self.tr("As it is to stand on the cover"))
        self._premise = QPlainTextEdit()
        self._premise.setTabChangesFocus(True)
        self._premise.setPlaceholderText(
            self.tr("Who wants what, what stands in the way, and where and when it happens.")
        )
        self._premise.setMinimumHeight(72)
        self._premise.setMaximumHeight(120)
        self._style = QLineEdit()
        self._style.setPlaceholderText(self.tr("For example: first person, dry humour"))
        self._outline = OutlineEditor()
        chapters = (OutlineChapter(""),) * _DEFAULT_CHAPTERS
        self._outline.set_outline((OutlineVolume("", chapters),))
        self._numbering.currentIndexChanged.connect(self._number_plan)

    def _build_buttons(self) -> None:
        self._hint = muted(QLabel(self.tr("A novel needs a title, or an idea to begin with.")))
        self._buttons = QDialogButtonBox()
        self._create = self._buttons.addButton(
            self.tr("Create novel"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self._create.setDefault(True)
        self._idea = idea = self._buttons.addButton(
            self.tr("Begin with an &idea"), QDialogButtonBox.ButtonRole.ActionRole
        )
        idea.setToolTip(self.tr("A dialogue about what the novel should be"))
        idea.setAutoDefault(False)
        idea.clicked.connect(self._begin_with_idea)
        self._buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        self._form = form = FieldForm()
        form.addRow(self.tr("Titl&e"), self._title)
        form.addRow(self.tr("&Author"), self._author)
        form.addRow(self.tr("&Language"), self._language)
        form.addRow(self.tr("Chapter &numbers"), self._numbering)
        form.addRow(self.tr("&Premise"), self._premise)
        form.addRow(self.tr("&Style"), self._style)
        self._plan = plan = QLabel(self.tr("Plan (it can be changed at any time)"))
        font = plan.font()
        font.setBold(True)
        plan.setFont(font)
        fields = QWidget()
        self._rows = rows = QVBoxLayout(fields)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(10)
        rows.addLayout(form)
        self._below = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Ignored)
        rows.addItem(self._below)
        rows.addSpacing(6)
        rows.addWidget(plan)
        rows.addWidget(self._outline, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(self._choices)
        self._area = _scrolled(fields)
        layout.addWidget(self._area, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self._hint, 1)
        bottom.addWidget(self._buttons)
        layout.addLayout(bottom)

    @Slot()
    def _offer_numbers(self) -> None:
        self._numbering.offer(Language(self._language.currentData()), "")

    @Slot()
    def _number_plan(self) -> None:
        if self._numbering.currentIndex() >= 0:  # It is empty while other forms come in.
            self._outline.set_numbering(self._numbering.numbering())

    @Slot()
    def _show_choice(self) -> None:
        """Asks only for what the selected way needs."""
        choice = self._choices.choice
        self._form.setRowVisible(self._premise, choice is BeginChoice.PLAN)
        self._form.setRowVisible(self._style, choice is BeginChoice.PLAN)
        self._form.setRowVisible(self._author, choice is not BeginChoice.IDEA)
        self._form.setRowVisible(self._numbering, choice is not BeginChoice.IDEA)
        self._plan.setVisible(choice is BeginChoice.PLAN)
        self._outline.setVisible(choice is BeginChoice.PLAN)
        policy = QSizePolicy.Policy
        stretch = policy.Ignored if choice is BeginChoice.PLAN else policy.Expanding
        self._below.changeSize(0, 0, policy.Minimum, stretch)
        self._rows.invalidate()
        self._area.updateGeometry()
        self.resize(
            self.width(), _HEIGHT if choice is BeginChoice.PLAN else self.sizeHint().height()
        )
        fit_to_screen(self)
        self._create.setVisible(choice is not BeginChoice.IDEA)
        self._idea.setVisible(choice is not BeginChoice.BLANK)
        self._idea.setDefault(choice is BeginChoice.IDEA)
        self._create.setDefault(choice is not BeginChoice.IDEA)
        self._check()
        self._title.setFocus()

    @Slot()
    def _leave_to_import(self) -> None:
        self._wants_import = True
        self.accept()

    @Slot()
    def _begin_with_idea(self) -> None:
        self._begins_with_idea = True
        self.accept()

    @Slot()
    def _check(self) -> None:
        complete = bool(self._title.text().strip()) or self._choices.choice is not BeginChoice.PLAN
        self._create.setEnabled(complete)
        self._hint.setVisible(not complete)


class _Fields(QScrollArea):
    """As high as its fields are: Qt keeps the height that they had before some were hidden."""

    def __init__(self, fields: QWidget) -> None:
        super().__init__()
        self._fields = fields
        self.setWidget(fields)

    def sizeHint(self) -> QSize:
        return self._fields.sizeHint()


def _scrolled(fields: QWidget) -> QScrollArea:
    """Makes the fields scrollable on a small screen, so that the buttons stay visible."""
    area = _Fields(fields)
    area.setObjectName("bare")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
