"""The preview of an import: headings to tick, merge, split and rename, and the text below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.exchange.correction import Correction, Split
from arboris_desktop.exchange.preview import ImportPreview, rows_to_correct
from arboris_desktop.text.paragraphs import columns
from arboris_desktop.ui.files.import_preview.choices import ImportChoices
from arboris_desktop.ui.files.import_preview.headings_model import HeadingColumn, HeadingsModel
from arboris_desktop.ui.files.import_preview.words import all_warnings
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_title
from arboris_desktop.ui.wording import words

_HEADING_COLUMNS = 60
"""Characters; a longer line is not the heading of a chapter but its first text."""

_LINE_WITHIN = "\u2028"
"""Separates the lines of one paragraph, which is one block of the sample."""


_BY_CONTENTS = (HeadingColumn.NUMBER, HeadingColumn.LENGTH, HeadingColumn.NOTE)


class ImportPreviewDialog(Translated, QDialog):
    """Shows what would be imported; ``changed`` reports corrections."""

    changed = Signal(object)
    """A ``Correction``; ``show_preview`` or ``show_problem`` answers it."""

    sample_wanted = Signal(int, object)
    """The lines of the file from one up to another, or to the end; ``show_sample`` answers."""

    def __init__(
        self,
        name: str,
        *,
        has_encoding: bool,
        appends: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._appends = name, appends
        self._correction = Correction()
        self._preview: ImportPreview | None = None
        self._first_line = 0
        self._choices = ImportChoices(has_encoding=has_encoding, has_names=not appends)
        self._warnings = plain_label()
        self._warnings.setObjectName("import_warnings")
        self._model = HeadingsModel()
        self._table = QTableView()
        self._table.setModel(self._model)
        self._sample = QPlainTextEdit()
        self._sample.setReadOnly(True)
        self._merge, self._leave, self._split = QPushButton(), QPushButton(), QPushButton()
        self._summary = plain_label()
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._import = QPushButton()
        self._buttons.addButton(self._import, QDialogButtonBox.ButtonRole.AcceptRole)
        self._build_table()
        self._lay_out()
        self._connect()
        self._retranslate()
        self._wait()
        if appends:
            self._table.setFocus()
        self.resize(980, 680)

    @property
    def correction(self) -> Correction:
        """Everything that the author has changed so far."""
        return self._correction

    def show_preview(self, found: ImportPreview, corrected: ImportPreview) -> None:
        """Shows the headings that were found, and the result of the import after corrections."""
        self._preview = corrected
        self._choices.show_preview(corrected)
        rows = rows_to_correct(found, corrected)
        self._model.show_headings(rows, corrected.rows, corrected.left_out)
        # Once, and not by the header itself, which would measure the rows at every change.
        for column in _BY_CONTENTS:
            self._table.resizeColumnToContents(column)
        if not self._table.currentIndex().isValid() and self._model.rowCount():
            self._table.selectRow(0)
        self._show_warnings(all_warnings(corrected))
        self._show_summary()
        self._show_sample_of_row()
        self._enable_buttons()
        self._import.setEnabled(corrected.chapters > 0)

    def show_problem(self, words_for_it: str) -> None:
        """Shows why the correction cannot be applied; the author can change it."""
        if self._correction == Correction():
            self._choices.ask_for_encoding()
        self._preview = None
        self._model.show_headings((), (), ())
        self._sample.clear()
        self._show_warnings([words_for_it])
        self._summary.setText("")
        self._enable_buttons()

    def show_sample(self, first: int, lines: Sequence[str], *, is_cut: bool) -> None:
        """Shows the text of the file from a line on."""
        self._first_line = first
        blocks = [line.replace("\n", _LINE_WITHIN) for line in lines]
        self._sample.setPlainText("\n".join([*blocks, "…"] if is_cut else blocks))
        self._enable_buttons()

    # --- what the author does ---

    def _connect(self) -> None:
        choices = self._choices
        choices.title_typed.connect(lambda text: self._change(title=text))
        choices.author_typed.connect(lambda text: self._change(author=text))
        choices.rule_chosen.connect(lambda rule: self._change(rule=rule))
        choices.encoding_chosen.connect(self._choose_encoding)
        choices.outline_chosen.connect(lambda chosen: self._change(as_plans=chosen))
        self._model.ticked.connect(self._tick)
        self._model.renamed.connect(self._rename)
        self._table.selectionModel().selectionChanged.connect(self._enable_buttons)
        self._table.selectionModel().currentRowChanged.connect(self._show_sample_of_row)
        self._merge.clicked.connect(self._merge_selected)
        self._leave.clicked.connect(self._leave_out_selected)
        self._split.clicked.connect(self._split_at_cursor)
        self._sample.cursorPositionChanged.connect(self._enable_buttons)
        self._buttons.rejected.connect(self.reject)
        self._buttons.accepted.connect(self.accept)

    def _change(self, **changes: object) -> None:
        self._correction = replace(self._correction, **changes)  # type: ignore[arg-type]
        self._wait()
        self.changed.emit(self._correction)

    @Slot(object)
    def _choose_encoding(self, encoding: str | None) -> None:
        """Discards corrections that refer to lines, which differ in another encoding."""
        kept = self._correction
        self._correction = Correction(
            kept.title, kept.author, rule=kept.rule, as_plans=kept.as_plans
        )
        self._change(encoding=encoding)

    @Slot(int, bool)
    def _tick(self, key: int, is_heading: bool) -> None:
        unticked = self._correction.unticked
        self._change(unticked=unticked - {key} if is_heading else unticked | {key})

    @Slot(int, str)
    def _rename(self, key: int, title: str) -> None:
        self._change(renamed={**self._correction.renamed, key: title})

    @Slot()
    def _merge_selected(self) -> None:
        """Merges the selected chapters; a single one is merged into the one before it."""
        keys = {self._model.heading(row).key for row in self._merged_rows()}
        self._change(unticked=self._correction.unticked | keys)

    def _merged_rows(self) -> list[int]:
        rows = self._selected_rows()
        return rows[1:] if len(rows) > 1 else rows

    @Slot()
    def _leave_out_selected(self) -> None:
        keys = {self._model.heading(row).key for row in self._selected_rows()}
        left_out = self._correction.left_out
        self._change(left_out=left_out - keys if keys <= left_out else left_out | keys)

    @Slot()
    def _split_at_cursor(self) -> None:
        """Starts a chapter at the line of the cursor, which is its heading if it is short."""
        block = self._sample.textCursor().block()
        text = block.text().strip()
        is_heading = columns(text) <= _HEADING_COLUMNS and _LINE_WITHIN not in text
        split = Split(text if is_heading else "", takes_line=is_heading)
        line = self._first_line + block.blockNumber()
        self._change(splits={**self._correction.splits, line: split})

    # --- what is shown ---

    def _wait(self) -> None:
        self._import.setEnabled(False)

    @Slot()
    def _show_sample_of_row(self) -> None:
        row = self._table.currentIndex().row()
        if self._preview is None or row >= self._model.rowCount():
            return
        if row < 0:
            self.sample_wanted.emit(0, None)
            return
        self.sample_wanted.emit(self._model.heading(row).line, self._model.next_line(row))

    def _selected_rows(self) -> list[int]:
        rows = (index.row() for index in self._table.selectionModel().selectedRows())
        return sorted(row for row in rows if self._model.is_kept(row))

    def _enable_buttons(self) -> None:
        rows = self._selected_rows() if self._model.rowCount() else []
        self._merge.setEnabled(self._model.can_merge(set(self._merged_rows())))
        self._leave.setEnabled(bool(rows) and not any(map(self._is_volume, rows)))
        block = self._sample.textCursor().block()
        is_heading = block.blockNumber() == 0 and self._sample_has_heading()
        self._split.setEnabled(bool(block.text().strip()) and not is_heading)

    def _sample_has_heading(self) -> bool:
        row = self._table.currentIndex().row()
        return 0 <= row < self._model.rowCount() and not self._model.is_front(row)

    def _is_volume(self, row: int) -> bool:
        return self._model.heading(row).is_volume

    def _show_warnings(self, sentences: Sequence[str]) -> None:
        self._warnings.setText("\n".join(f"• {sentence}" for sentence in sentences))
        self._warnings.setVisible(bool(sentences))

    def _show_summary(self) -> None:
        preview = self._preview
        if preview is None:
            return
        parts = [self.tr("%n chapter(s)", "", preview.chapters)]
        volumes = sum(heading.is_volume for heading in preview.headings)
        if volumes:
            parts.append(self.tr("%n volume(s)", "", volumes))
        parts.append(words(preview.words, preview.language))
        self._summary.setText(" · ".join(parts))

    def _build_table(self) -> None:
        table = self._table
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(HeadingColumn.TITLE, QHeaderView.ResizeMode.Stretch)
        # Not by the contents of all rows: a web novel has thousands.
        header.setResizeContentsPrecision(200)

    def _lay_out(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        left, right = QVBoxLayout(self._left), QVBoxLayout(self._right)
        for layout in (left, right):
            layout.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self._table, 1)
        below = QHBoxLayout()
        below.addWidget(self._merge)
        below.addWidget(self._leave)
        below.addStretch()
        left.addLayout(below)
        right.addWidget(self._sample, 1)
        split = QHBoxLayout()
        split.addWidget(self._split)
        split.addStretch()
        right.addLayout(split)
        parts = QSplitter()
        parts.addWidget(self._left)
        parts.addWidget(self._right)
        parts.setSizes([560, 400])
        parts.setChildrenCollapsible(False)
        bottom = QHBoxLayout()
        bottom.addWidget(self._summary, 1)
        bottom.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(12)
        layout.addWidget(self._choices)
        layout.addWidget(self._warnings)
        layout.addWidget(parts, 1)
        layout.addLayout(bottom)
        for button in (self._merge, self._leave, self._split):
            button.setAutoDefault(False)
        self._import.setDefault(True)

    def _retranslate(self) -> None:
        title = self.tr("Append {name}") if self._appends else self.tr("Import {name}")
        self.setWindowTitle(plain_title(title.format(name=self._name)))
        self._merge.setText(self.tr("&Merge with the Chapter Before"))
        self._merge.setToolTip(
            self.tr("Makes one chapter of those selected; their headings become text")
        )
        self._leave.setText(self.tr("&Leave Out"))
        self._leave.setToolTip(self.tr("Does not import these chapters; once more takes it back"))
        self._split.setText(self.tr("&Begin a Chapter Here"))
        self._split.setToolTip(self.tr("Begins a chapter at the line of the cursor"))
        self._import.setText(self.tr("&Append") if self._appends else self.tr("&Import"))
        self._buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self._table.setAccessibleName(self.tr("Headings"))
        self._sample.setAccessibleName(self.tr("Text of the chapter"))
        self._model.retranslate()
        if self._preview is not None:
            self._show_warnings(all_warnings(self._preview))
            self._show_summary()
