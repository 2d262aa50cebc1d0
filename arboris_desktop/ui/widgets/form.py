"""Fields with their names before them: a name stands on the line of the words in its field."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QLayout, QStyle, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.baselines import ascent, baseline
from arboris_desktop.ui.widgets.chips import muted

_NEAR = 4
"""Between a field and what explains it; the next field is further away."""


_BESIDE = 8
"""Between the fields of one row."""


class FieldForm(QFormLayout):
    """Rows of a name and a field, which fills the width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        if parent is not None:
            parent.setLayout(self)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(10)

    def spacing(self) -> int:
        """Parts the fields of one row; Qt takes nothing where rows and columns differ."""
        return _BESIDE

    def addRow(self, *row: Any) -> None:
        """Adds a row, whose name is as wide as it is painted."""
        match row:
            case (str(name), QWidget() as field) if name:
                label = NameLabel(name)
                label.setBuddy(field)
                super().addRow(label, field)
            case _:
                super().addRow(*row)

    def add_explained(self, name: str, field: QWidget, hint: Hint | None) -> QVBoxLayout:
        """Adds a row of a field with its hint, and returns what is in it."""
        label = NameLabel(name)
        label.setBuddy(field)
        both = explained(field, hint)
        self.addRow(label, both)
        return both

    def setGeometry(self, rect: QRect) -> None:
        """Lays the rows out, and puts each name on the line of its buddy, the field."""
        super().setGeometry(rect)
        # By the names' buddies: Qt's items of a layout would be kept by their wrappers, and are not
        # told to be gone.
        around = self.parentWidget()
        if around is None:
            return
        directly = Qt.FindChildOption.FindDirectChildrenOnly
        for name in around.findChildren(QLabel, options=directly):
            # A label may have no buddy, whatever the stubs say.
            field: QWidget | None = name.buddy()
            if field is not None and self.indexOf(name) >= 0:
                _level(name, field, around)


class NameLabel(QLabel):
    """The name of a field, whose key is underlined.

    Qt measures it as a whole and paints the key by itself, which parts two letters that stand
    closer otherwise.
    """

    def sizeHint(self) -> QSize:
        """The width of its parts."""
        metrics, name = self.fontMetrics(), self.text()
        key = name.find("&") + 1
        parts = (name[: key - 1], name[key], name[key + 1 :]) if 0 < key < len(name) else (name,)
        width = sum(metrics.horizontalAdvance(part) for part in parts) + len(parts)
        hint = super().sizeHint()
        return QSize(max(width, hint.width()), hint.height())


class Hint(QLabel):
    """Quiet words that explain a field, as high as they are once wrapped.

    A form gives each row at least the height of its hint, and Qt's labels have that of a narrow
    column, which leaves a gap below a single line.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        muted(self)

    def sizeHint(self) -> QSize:
        """One line of it."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """One line, as narrow as its words can be wrapped."""
        edges = self.contentsMargins()
        line = self.fontMetrics().height() + edges.top() + edges.bottom()
        return QSize(super().minimumSizeHint().width(), line)


def explained(field: QWidget | QLayout, hint: Hint | None) -> QVBoxLayout:
    """A field with its hint right below it, in line with its words if it is a box to be ticked."""
    both = QVBoxLayout()
    both.setSpacing(_NEAR)
    if isinstance(field, QLayout):
        both.addLayout(field)
    else:
        both.addWidget(field)
    if hint is not None:
        if isinstance(field, QCheckBox):
            hint.setContentsMargins(_words_after(field), 0, 0, 0)
        both.addWidget(hint)
    return both


def _words_after(box: QCheckBox) -> int:
    style = box.style()
    metrics = (QStyle.PixelMetric.PM_IndicatorWidth, QStyle.PixelMetric.PM_CheckBoxLabelSpacing)
    return sum(style.pixelMetric(each, None, box) for each in metrics)


def _level(name: QLabel, field: QWidget, around: QWidget) -> None:
    base = baseline(field)
    if base is None or name.isHidden() or field.isHidden():
        return
    if not name.alignment() & Qt.AlignmentFlag.AlignTop:
        name.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    base += field.mapTo(around, QPoint(0, 0)).y()
    top = round(base - ascent(name.text(), name.font())) - name.contentsRect().top()
    name.setGeometry(name.x(), top, name.width(), name.sizeHint().height())
