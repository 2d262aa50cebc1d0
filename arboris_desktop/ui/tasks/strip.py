"""The line at the bottom of the window: the most important task, while there are any."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts, TaskStatus
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.tasks.words import can_retry, foremost, steps_done, task_button, task_line
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.elided_label import ElidedLabel
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_line
from arboris_desktop.ui.widgets.thin_bar import ThinBar
from arboris_desktop.ui.wording import chapter_name

HEIGHT = 32


class ActivityStrip(Translated, QWidget):
    """Shows the progress of the work with the one button that is most likely wanted."""

    retry_requested = Signal(int)
    cancel_requested = Signal(int)
    resume_requested = Signal()
    """The paused queue should resume."""
    opened = Signal()
    """The author wants to see all of the work."""

    def __init__(self, parent: QWidget | None = None, clock: Clock = utc_now) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tasks: Sequence[AnalysisTask] = ()
        self._counts = QueueCounts()
        self._paused = False
        self._task: AnalysisTask | None = None
        self._put_away: frozenset[tuple[int, int]] = frozenset()
        self._offered: tuple[int, str] | None = None
        """The task and the text of the button, while that is visible."""
        self._offered_since = QElapsedTimer()
        self._picture = QLabel()
        self._words = ElidedLabel()
        self._progress = ThinBar()
        self._others = muted(plain_line())
        self._button = QPushButton()
        self._button.clicked.connect(self._press)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.clicked.connect(self._dismiss)
        for button in (self._button, self._close):
            # A click leaves the keyboard in the text. The strip vanishes with its task: what had
            # the keyboard here would hand it on to whatever comes next in the window.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._ticker = QTimer(self)
        self._ticker.setInterval(1000)
        self._ticker.timeout.connect(self._show_words)
        self._lay_out()
        self._retranslate()
        self.hide()

    def show_tasks(self, tasks: Sequence[AnalysisTask], counts: QueueCounts) -> None:
        """Shows the most important of these tasks; nothing when all are done."""
        self._tasks, self._counts = tasks, counts
        self._show()

    def show_paused(self, paused: bool) -> None:
        """Sets whether the queue accepts new tasks."""
        self._paused = paused
        self._show()

    def text(self) -> str:
        """The text about the task."""
        return self._words.text()

    def is_ticking(self) -> bool:
        """True if the clock is running, which it does only while a running task is visible."""
        return self._ticker.isActive()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens the panel on a click beside the buttons."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_clock()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ticker.stop()
        self._offered = None

    def changeEvent(self, event: QEvent) -> None:
        """Follows a change of colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._task is not None:
            self._show_picture(self._task)

    def _lay_out(self) -> None:
        self._progress.setFixedWidth(110)
        self._button.setObjectName("small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 0, 8, 0)
        layout.setSpacing(10)
        layout.addWidget(self._picture)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._others)
        layout.addWidget(self._progress)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _show(self) -> None:
        told = [task for task in self._tasks if (task.id, task.attempt) not in self._put_away]
        self._task = task = foremost(told)
        if task is None:
            self.hide()
            return
        runs, failed = task.status is TaskStatus.PROCESSING, task.status is TaskStatus.FAILED
        done, total = steps_done(task)
        self._progress.setVisible(runs)
        self._progress.setMaximum(total)
        self._progress.setValue(done)
        self._close.setVisible(failed)
        self._show_picture(task)
        self._show_words()
        self.show()
        self._run_clock()

    def _show_picture(self, task: AnalysisTask) -> None:
        names = {TaskStatus.FAILED: "warning", TaskStatus.PROCESSING: "chapter-analysing"}
        picture = icon(names.get(task.status, "pause" if self._paused else "task"))
        self._picture.setPixmap(picture.pixmap(self.fontMetrics().height()))

    @Slot()
    def _show_words(self) -> None:
        task = self._task
        if task is None:
            return
        parts = [chapter_name(task.chapter_number, task.chapter_title, task.chapter_label)]
        parts.append(task_line(task, self._clock()))
        if len({each.project_id for each in self._tasks}) > 1:
            parts.insert(0, task.project_title)
        if self._holds(task):
            parts[-1] = self.tr("The queue is paused")
        self._words.set_text(" · ".join(parts))
        self._others.setText(" · ".join(self._other_words(task)))
        self._offer(task, self.tr("Resume") if self._holds(task) else task_button(task))
        self.setAccessibleName(self.tr("Activity: {state}").format(state=self._words.text()))

    def _offer(self, task: AnalysisTask, word: str) -> None:
        """Sets the text of the button, and notes when its meaning changed under the pointer."""
        self._button.setText(word)
        offered = (task.id, word)
        if self._offered not in (None, offered):
            self._offered_since.start()
        self._offered = offered

    @property
    def _was_just_offered(self) -> bool:
        """True if a click was meant for what the button said a moment before."""
        since = self._offered_since
        return since.isValid() and since.elapsed() < QApplication.doubleClickInterval()

    def _other_words(self, task: AnalysisTask) -> list[str]:
        """Returns words for the tasks besides the shown one."""
        counts, shown = self._counts, task.status
        running = counts.processing - (shown is TaskStatus.PROCESSING)
        waiting = counts.pending - (shown is TaskStatus.PENDING)
        failed = counts.failed - (shown is TaskStatus.FAILED)
        words = []
        if running > 0:
            words.append(self.tr("%Ln more running", "", running))
        if waiting > 0:
            words.append(self.tr("%Ln more waiting", "", waiting))
        if failed > 0:
            words.append(self.tr("%Ln more failed", "", failed))
        return words

    def _holds(self, task: AnalysisTask) -> bool:
        return self._paused and task.status is TaskStatus.PENDING

    def _run_clock(self) -> None:
        runs = self._task is not None and self._task.status is TaskStatus.PROCESSING
        if runs and self.isVisible():
            self._ticker.start()
        else:
            self._ticker.stop()

    @Slot()
    def _press(self) -> None:
        task = self._task
        if task is None or self._was_just_offered:
            return
        if self._holds(task):
            self.resume_requested.emit()
        elif can_retry(task):
            self.retry_requested.emit(task.id)
        else:
            self.cancel_requested.emit(task.id)

    @Slot()
    def _dismiss(self) -> None:
        """Hides the failures so far; the panel still lists them."""
        failed = (task for task in self._tasks if task.status is TaskStatus.FAILED)
        self._put_away = frozenset((task.id, task.attempt) for task in failed)
        self._show()

    def _retranslate(self) -> None:
        self._close.setToolTip(self.tr("Hide this failure here; Activity still lists it"))
        self._close.setAccessibleName(self.tr("Dismiss"))
        self.setToolTip(self.tr("Show all background work"))
        self._show_words()
