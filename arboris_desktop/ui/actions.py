"""The actions that are at hand everywhere in the window, in its menus and its bar."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.novels.paragraph_menu import ParagraphMenu
from arboris_desktop.ui.widgets.icons import icon


class Actions(QObject):
    """The actions of menus, bar and shortcuts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.home = self._action("book", "Ctrl+Shift+O")
        self.new_novel = self._action("new", QKeySequence.StandardKey.New)
        self.import_novel = self._action("import", "Ctrl+Shift+I")
        self.append_chapters = self._action(None, None)
        self.export_novel = self._action("export", "Ctrl+E")
        self.export_all = self._action(None, None)
        self.back_up = self._action(None, None)
        self.restore_backup = self._action(None, None)
        self.details = self._action(None, None)
        self.guide = self._action(None, None)
        self.costs = self._action("coins", None)
        self.statistics = self._action(None, None)
        self.prompts = self._action("edit", None)
        self.inspect = self._action("info", "Ctrl+Shift+T")
        self.settings = self._action("settings", "Ctrl+,")
        self.quit = self._action(None, "Ctrl+Q")
        self.generate = self._action("write", "Ctrl+G")
        self.stop = self._action("stop", "Ctrl+.")
        # Input methods take the first for full-width punctuation; with Shift a keyboard says >.
        self.stop.setShortcuts([QKeySequence(k) for k in ("Ctrl+.", "Ctrl+Shift+.", "Ctrl+>")])
        self.continue_here = self._action("resume", "Ctrl+Shift+G")
        self.analyse = self._action("task", "Ctrl+Shift+A")
        self.analyse.setEnabled(False)
        self.analyse_many = self._action("task", None)
        self.write_many = self._action("write", None)
        self.publish = self._action("export", "Ctrl+Shift+E")
        self.add_chapter = self._action("chapter-planned", "Ctrl+Shift+N")
        self.pause_queue = self._action("pause", None)
        self.pause_queue.setCheckable(True)
        self.focus = self._action(None, "F11")
        self.focus.setCheckable(True)
        self.next_pane = self._action(None, "F6")
        self.previous_pane = self._action(None, "Shift+F6")
        self.sidebar = self._action("sidebar", "F9")
        self.sidebar.setCheckable(True)
        self.sidebar.setChecked(True)
        self.zoom_in = self._action(None, "Ctrl++")
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.zoom_out = self._action(None, "Ctrl+-")
        self.zoom_reset = self._action(None, "Ctrl+0")
        self.take_snapshot = self._action(None, None)
        self.comment = self._action("comment", "Ctrl+Alt+M")
        self.typewriter, self.focus_paragraph, self.focus_sentence = (
            self._action(None, None) for _ in range(3)
        )
        for action in (self.typewriter, self.focus_paragraph, self.focus_sentence):
            action.setCheckable(True)
        self.paragraphs = ParagraphMenu(parent)
        self.user_guide = self._action("book", QKeySequence.StandardKey.HelpContents)
        self.shortcuts = self._action(None, "Ctrl+?")
        self.about = self._action("info", None)
        self.retranslate()

    def _action(
        self, icon_name: str | None, shortcut: str | QKeySequence.StandardKey | None
    ) -> QAction:
        action = QAction(self.parent())
        if icon_name is not None:
            action.setIcon(icon(icon_name))
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        return action

    def retranslate(self) -> None:
        """Sets the texts in the present language."""
        self.home.setText(self.tr("&All Novels"))
        self.new_novel.setText(self.tr("&New Novel…"))
        self.import_novel.setText(self.tr("&Import…"))
        self.append_chapters.setText(self.tr("Append C&hapters from a File…"))
        self.export_novel.setText(self.tr("&Export…"))
        self.export_all.setText(self.tr("Export All Novels (&Library)…"))
        self.back_up.setText(self.tr("&Back Up Now"))
        self.restore_backup.setText(self.tr("&Restore a Backup…"))
        self.details.setText(self.tr("&Details…"))
        self.guide.setText(self.tr("&Voice and Rules…"))
        self.costs.setText(self.tr("&Costs…"))
        self.statistics.setText(self.tr("Writing S&tatistics…"))
        self.prompts.setText(self.tr("&Prompts of This Novel…"))
        self.inspect.setText(self.tr("W&hat the Model Is Told…"))
        self.settings.setText(self.tr("&Settings…"))
        self.quit.setText(self.tr("&Quit"))
        self.generate.setText(self.tr("&Generate Chapter"))
        self.stop.setText(self.tr("&Stop Writing"))
        self.continue_here.setText(self.tr("Continue from the C&ursor"))
        self.analyse.setText(self.tr("&Analyse Chapter"))
        self.write_many.setText(self.tr("&Write Many Chapters…"))
        self.analyse_many.setText(self.tr("Analyse &Many Chapters…"))
        self.publish.setText(self.tr("Copy for P&ublishing…"))
        self.add_chapter.setText(self.tr("Add &Chapter"))
        self.pause_queue.setText(self.tr("&Pause the Queue"))
        self.focus.setText(self.tr("&Focus Mode"))
        self.next_pane.setText(self.tr("Ne&xt Pane"))
        self.previous_pane.setText(self.tr("Pre&vious Pane"))
        self.sidebar.setText(self.tr("Side&bar"))
        self.zoom_in.setText(self.tr("&Larger Text"))
        self.zoom_out.setText(self.tr("S&maller Text"))
        self.zoom_reset.setText(self.tr("&Normal Size of Text"))
        self.typewriter.setText(self.tr("&Typewriter Scrolling"))
        self.focus_paragraph.setText(self.tr("Dim All but the Para&graph"))
        self.focus_sentence.setText(self.tr("Dim All but the S&entence"))
        self.comment.setText(self.tr("Co&mment on the Passage"))
        self.take_snapshot.setText(self.tr("Take a S&napshot…"))
        self.user_guide.setText(self.tr("User &Guide"))
        self.shortcuts.setText(self.tr("&Keyboard Shortcuts"))
        self.about.setText(self.tr("&About Arboris Desktop"))
