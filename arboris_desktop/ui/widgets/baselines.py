"""The line on which the first words of a field stand, before it is painted.

Qt's forms know heights only; a label that is centred beside its field stands higher or lower than
its words, by the style, the letters and the scaling.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStyleOptionSpinBox,
    QWidget,
)


def ascent(text: str, font: QFont) -> float:
    """From the top of a line of text to its base line; letters of another font may be taller."""
    return _heights(text, font)[0]


def baseline(widget: QWidget) -> float | None:
    """The base line of the first words in a field, from its top; ``None`` if it has no words."""
    if isinstance(widget, QLineEdit):
        return _of_line(widget)
    if isinstance(widget, QAbstractSpinBox):
        return _of_number(widget)
    if isinstance(widget, QComboBox):
        return _of_choice(widget)
    if isinstance(widget, QPlainTextEdit):
        top = widget.contentsRect().top() + widget.document().documentMargin()
        return top + ascent(widget.document().firstBlock().text(), widget.font())
    if isinstance(widget, QLabel):
        return _of_label(widget)
    return _of_parts(widget)


def _of_line(field: QLineEdit) -> float:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    area = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    return _in_line(area, field.displayText(), field)


def _of_number(field: QAbstractSpinBox) -> float:
    option = QStyleOptionSpinBox()
    field.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl.SC_SpinBoxEditField
    area = field.style().subControlRect(control, option, part, field)
    return _in_line(area, field.text(), field)


def _of_choice(field: QComboBox) -> float:
    option = QStyleOptionComboBox()
    field.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    area = field.style().subControlRect(control, option, part, field)
    if field.isEditable():
        return _in_line(area, field.currentText(), field)
    return _centred(area, field.currentText(), field)


def _in_line(area: QRect, text: str, field: QWidget) -> float:
    """As ``QLineEdit`` draws its text: centred by its height, with the ascent of the field's own
    letters, whatever the text has."""
    metrics = field.fontMetrics()
    height = max(metrics.height(), round(sum(_heights(text, field.font()))))
    return area.top() + int((area.height() - height + 1) / 2) + metrics.ascent()


def _of_label(label: QLabel) -> float:
    area = label.contentsRect()
    if label.alignment() & Qt.AlignmentFlag.AlignTop:
        return area.top() + ascent(label.text(), label.font())
    if label.wordWrap():
        above = (label.height() - label.heightForWidth(label.width())) / 2
        return area.top() + max(0.0, above) + ascent(label.text(), label.font())
    return _centred(area, label.text(), label)


def _centred(area: QRect, text: str, widget: QWidget) -> float:
    above, below = _heights(text, widget.font())
    return area.top() + (area.height() - ceil(above + below)) / 2 + above


def _heights(text: str, font: QFont) -> tuple[float, float]:
    """The height of a line of text above its base line, and below it."""
    layout = QTextLayout(text or "x", font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent(), line.descent()


def _of_parts(widget: QWidget) -> float | None:
    """A row of fields that is a widget: it is laid out again when it is shown, at this size."""
    layout = widget.layout()
    if layout is None:
        return None
    layout.setGeometry(widget.contentsRect())
    directly = Qt.FindChildOption.FindDirectChildrenOnly
    for part in widget.findChildren(QWidget, options=directly):
        if not part.isHidden() and (base := baseline(part)) is not None:
            return part.y() + base
    return None
