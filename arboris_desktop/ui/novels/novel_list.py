"""The author's novels as a list: title above, length and last change below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QFont, QFontInfo, QFontMetrics, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from arboris_desktop.domain.clock import utc_now
from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import when, words

_ID_ROLE = Qt.ItemDataRole.UserRole
_FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
_PADDING = 10


class NovelList(Translated, QListWidget):
    """Enter or a double click opens a novel; Delete asks to remove it."""

    opened = Signal(str)
    removal_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unboxed")
        self.setItemDelegate(_NovelDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)
        self.itemActivated.connect(self._open)
        self._listed: Sequence[NovelProject] = ()
        self._writing: Mapping[str, str] = {}
        self._now = utc_now()
        self._remove = QAction(icon("trash"), "", self)
        self._remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self._remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._remove.triggered.connect(self._ask_removal)
        self._open_action = QAction(icon("book"), "", self)
        self._open_action.triggered.connect(lambda: self._open(self.currentItem()))
        self.addAction(self._remove)
        self._retranslate()

    def show_novels(self, novels: Sequence[NovelProject], now: datetime) -> None:
        """Lists novels in the order given, and keeps the selection."""
        self._listed, self._now = novels, now
        chosen = self.chosen()
        self.clear()
        for novel in novels:
            item = QListWidgetItem(novel.title)
            facts = self._facts(novel, now)
            item.setData(_ID_ROLE, novel.id)
            item.setData(_FACTS_ROLE, facts)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{novel.title}, {facts}")
            item.setToolTip(plain_tooltip(novel.premise))
            self.addItem(item)
            if novel.id == chosen:
                self.setCurrentItem(item)
        if self.chosen() is None:
            self.setCurrentRow(0)

    def show_writing(self, writing: Mapping[str, str]) -> None:
        """Says of novels, by their ids, which of their chapters a model is writing."""
        if writing != self._writing:
            self._writing = writing
            self.show_novels(self._listed, self._now)

    def chosen(self) -> str | None:
        """The id of the selected novel."""
        index = self.currentIndex()
        return str(index.data(_ID_ROLE)) if index.isValid() else None

    def facts(self, row: int) -> str:
        """Returns the second line of a row."""
        return str(self.item(row).data(_FACTS_ROLE))

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Your novels"))
        self._remove.setText(self.tr("Remove…"))
        self._open_action.setText(self.tr("Open"))
        self.show_novels(self._listed, self._now)

    def _facts(self, novel: NovelProject, now: datetime) -> str:
        text = self.tr("{length} · {written} of {all} chapters · changed {when}").format(
            length=words(novel.word_count, novel.language),
            written=novel.written_count,
            all=novel.chapter_count,
            when=when(novel.updated_at, now),
        )
        if (chapters := self._writing.get(novel.id)) is None:
            return text
        # Before the rest, which may be cut: it can be stopped, and costs.
        return self.tr("Being written: {chapters}").format(chapters=chapters) + f" · {text}"

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(item.data(_ID_ROLE))

    @Slot()
    def _ask_removal(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.removal_requested.emit(chosen)

    @Slot(QPoint)
    def _show_menu(self, position: QPoint) -> None:
        if self.itemAt(position) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._open_action, self._remove])
        menu.popup(self.viewport().mapToGlobal(position))


class _NovelDelegate(QStyledItemDelegate):
    """Paints two lines, eliding what does not fit."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        del index
        lines = _line_height(_title_font(option.font)) + _line_height(option.font)
        return QSize(200, lines + 2 * _PADDING)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        title, row.text = row.text, ""
        style = row.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        selected = bool(row.state & QStyle.StateFlag.State_Selected)
        strong = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
        quiet = strong if selected else QPalette.ColorRole.PlaceholderText
        area = row.rect.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        painter.save()
        _draw_line(painter, area, _title_font(row.font), row.palette.color(strong).name(), title)
        area.setTop(area.bottom() - _line_height(row.font) + 1)
        facts = str(index.data(_FACTS_ROLE))
        _draw_line(painter, area, row.font, row.palette.color(quiet).name(), facts)
        painter.restore()


def _draw_line(painter: QPainter, area: QRect, font: QFont, colour: str, text: str) -> None:
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(colour)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    line = QRect(area.topLeft(), QSize(area.width(), _line_height(font)))
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _title_font(font: QFont) -> QFont:
    title = QFont(font)
    title.setPointSizeF(font.pointSizeF() * 1.15)
    title.setBold(True)
    return title


def _line_height(font: QFont) -> int:
    # Not the font's own height: Chinese characters come from another, taller font.
    return round(QFontInfo(font).pixelSize() * 1.6)
