"""The commands that are available everywhere in the window, and their places in its menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.prose import at_most
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP
from arboris_desktop.ui.novels.paragraph_menu import ParagraphMenu
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.mnemonics import literal

_LONGEST = 80
"""A menu with longer words would be wider than a small window."""

Groups = Sequence[Sequence[QAction]]
"""The actions of a menu, with separators between the groups."""


class Command:
    """The text, the icon and the keys of an action, declared as a class attribute.

    An action of the novel is enabled only while a novel is open; one that repeats goes on while its
    keys are held, and all others act once.
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        keys: Sequence[str | QKeySequence.StandardKey] = (),
        checkable: bool = False,
        of_novel: bool = False,
        repeats: bool = False,
    ) -> None:
        self.text, self.of_novel, self._repeats = text, of_novel, repeats
        self._icon, self._keys, self._checkable = icon, keys, checkable

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, actions: QObject, owner: type) -> QAction:
        action: QAction = vars(actions)[self.name]
        return action

    def action(self, parent: QObject) -> QAction:
        """Creates the action without its text."""
        action = QAction(parent)
        if self._icon:
            action.setIcon(icon(self._icon))
        action.setShortcuts([QKeySequence(keys) for keys in self._keys])
        action.setCheckable(self._checkable)
        action.setAutoRepeat(self._repeats)
        return action


class Actions(QObject):
    """The actions of menus, bar and shortcuts."""

    home = Command(QT_TRANSLATE_NOOP("Actions", "&All Novels"), icon="book", keys=("Ctrl+Shift+O",))
    new_novel = Command(
        QT_TRANSLATE_NOOP("Actions", "&New Novel…"),
        icon="new",
        keys=(QKeySequence.StandardKey.New,),
    )
    import_novel = Command(
        QT_TRANSLATE_NOOP("Actions", "&Import…"), icon="import", keys=("Ctrl+Shift+I",)
    )
    import_folder = Command(QT_TRANSLATE_NOOP("Actions", "Import a &Folder…"))
    append_chapters = Command(
        QT_TRANSLATE_NOOP("Actions", "Append C&hapters from a File…"), of_novel=True
    )
    export_novel = Command(
        QT_TRANSLATE_NOOP("Actions", "&Export…"), icon="export", keys=("Ctrl+E",), of_novel=True
    )
    export_all = Command(QT_TRANSLATE_NOOP("Actions", "Export All Novels (&Library)…"))
    back_up = Command(QT_TRANSLATE_NOOP("Actions", "&Back Up Now"))
    restore_backup = Command(QT_TRANSLATE_NOOP("Actions", "&Restore a Backup…"))
    details = Command(QT_TRANSLATE_NOOP("Actions", "&Details…"), of_novel=True)
    guide = Command(QT_TRANSLATE_NOOP("Actions", "&Voice and Rules…"), of_novel=True)
    costs = Command(QT_TRANSLATE_NOOP("Actions", "&Costs…"), icon="coins")
    statistics = Command(QT_TRANSLATE_NOOP("Actions", "Writing S&tatistics…"), of_novel=True)
    prompts = Command(
        QT_TRANSLATE_NOOP("Actions", "&Prompts of This Novel…"), icon="edit", of_novel=True
    )
    inspect = Command(
        QT_TRANSLATE_NOOP("Actions", "W&hat the Model Is Told…"),
        icon="info",
        keys=("Ctrl+Shift+T",),
        of_novel=True,
    )
    settings = Command(
        QT_TRANSLATE_NOOP("Actions", "&Settings…"), icon="settings", keys=("Ctrl+,",)
    )
    quit = Command(QT_TRANSLATE_NOOP("Actions", "&Quit"), keys=("Ctrl+Q",))
    generate = Command(
        QT_TRANSLATE_NOOP("Actions", "&Generate Chapter…"), icon="write", keys=("Ctrl+G",)
    )
    # Input methods use the first to switch to full-width punctuation; with Shift a keyboard sends
    # >.
    stop = Command(
        QT_TRANSLATE_NOOP("Actions", "&Stop Writing"),
        icon="stop",
        keys=("Ctrl+.", "Ctrl+Shift+.", "Ctrl+>"),
    )
    continue_here = Command(
        QT_TRANSLATE_NOOP("Actions", "Continue from the C&ursor"),
        icon="resume",
        keys=("Ctrl+Shift+G",),
        of_novel=True,
    )
    analyse = Command(
        QT_TRANSLATE_NOOP("Actions", "&Analyse Chapter"), icon="task", keys=("Ctrl+Shift+A",)
    )
    analyse_many = Command(
        QT_TRANSLATE_NOOP("Actions", "Analyse Man&y Chapters…"), icon="task", of_novel=True
    )
    write_many = Command(
        QT_TRANSLATE_NOOP("Actions", "&Write Many Chapters…"), icon="write", of_novel=True
    )
    publish = Command(
        QT_TRANSLATE_NOOP("Actions", "Copy for &Publishing…"),
        icon="export",
        keys=("Ctrl+Shift+E",),
        of_novel=True,
    )
    add_chapter = Command(
        QT_TRANSLATE_NOOP("Actions", "A&dd Chapter"),
        icon="chapter-planned",
        keys=("Ctrl+Shift+N",),
        of_novel=True,
    )
    pause_queue = Command(
        QT_TRANSLATE_NOOP("Actions", "&Pause the Queue"), icon="pause", checkable=True
    )
    focus = Command(
        QT_TRANSLATE_NOOP("Actions", "&Focus Mode"), keys=("F11",), checkable=True, of_novel=True
    )
    next_pane = Command(QT_TRANSLATE_NOOP("Actions", "Ne&xt Pane"), keys=("F6",), repeats=True)
    previous_pane = Command(
        QT_TRANSLATE_NOOP("Actions", "Pre&vious Pane"), keys=("Shift+F6",), repeats=True
    )
    second_pane = Command(
        QT_TRANSLATE_NOOP("Actions", "Second &Pane"),
        icon="panes",
        keys=("F8",),
        checkable=True,
        of_novel=True,
    )
    sidebar = Command(
        QT_TRANSLATE_NOOP("Actions", "Side&bar"),
        icon="sidebar",
        keys=("F9",),
        checkable=True,
        of_novel=True,
    )
    zoom_in = Command(
        QT_TRANSLATE_NOOP("Actions", "&Larger Text"),
        keys=("Ctrl++", "Ctrl+="),
        of_novel=True,
        repeats=True,
    )
    zoom_out = Command(
        QT_TRANSLATE_NOOP("Actions", "S&maller Text"), keys=("Ctrl+-",), of_novel=True, repeats=True
    )
    zoom_reset = Command(
        QT_TRANSLATE_NOOP("Actions", "&Normal Size of Text"), keys=("Ctrl+0",), of_novel=True
    )
    take_snapshot = Command(QT_TRANSLATE_NOOP("Actions", "Take a S&napshot…"), of_novel=True)
    comment = Command(
        QT_TRANSLATE_NOOP("Actions", "Co&mment on the Passage"),
        icon="comment",
        keys=("Ctrl+Alt+M",),
        of_novel=True,
    )
    user_guide = Command(
        QT_TRANSLATE_NOOP("Actions", "User &Guide"),
        icon="book",
        keys=(QKeySequence.StandardKey.HelpContents,),
    )
    shortcuts = Command(QT_TRANSLATE_NOOP("Actions", "&Keyboard Shortcuts"), keys=("Ctrl+?",))
    about = Command(QT_TRANSLATE_NOOP("Actions", "&About Arboris Desktop"), icon="info")
    typewriter = Command(QT_TRANSLATE_NOOP("Actions", "&Typewriter Scrolling"), checkable=True)
    focus_paragraph = Command(
        QT_TRANSLATE_NOOP("Actions", "Dim All but the Para&graph"), checkable=True
    )
    focus_sentence = Command(
        QT_TRANSLATE_NOOP("Actions", "Dim All but the S&entence"), checkable=True
    )
    codex_names = Command(
        QT_TRANSLATE_NOOP("Actions", "&Underline Names of the Codex"), checkable=True
    )

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._stopped = ""
        for command in _commands():
            vars(self)[command.name] = command.action(parent)
        self.analyse.setEnabled(False)
        self.sidebar.setChecked(True)
        self.codex_names.setChecked(True)
        self.paragraphs = ParagraphMenu(parent)
        self.retranslate()

    @property
    def of_novel(self) -> list[QAction]:
        """The actions that are enabled only while a novel is open."""
        return [vars(self)[command.name] for command in _commands() if command.of_novel]

    def retranslate(self) -> None:
        """Sets the texts in the current language."""
        for command in _commands():
            vars(self)[command.name].setText(QCoreApplication.translate("Actions", command.text))
        self.say_what_stops(self._stopped)

    def say_what_stops(self, chapters: str) -> None:
        """Names the chapters whose writing *Stop* ends, if any is written."""
        self._stopped = chapters
        words = QCoreApplication.translate("Actions", "&Stop Writing")
        if chapters:
            words = QCoreApplication.translate("Actions", "&Stop Writing {chapters}").format(
                chapters=literal(at_most(_LONGEST, chapters))
            )
        self.stop.setText(words)

    # --- the menus ---

    def novel_menu(self) -> Groups:
        """Returns the menu of novels and files."""
        return (
            (self.home, self.new_novel),
            (self.import_novel, self.import_folder, self.append_chapters),
            (self.export_novel, self.export_all),
            (self.back_up, self.restore_backup),
            (self.details, self.guide, self.prompts, self.statistics),
            (self.costs, self.settings),
            (self.quit,),
        )

    def chapter_menu(self, revise: QAction) -> Groups:
        """Returns the menu of a chapter."""
        return (
            (self.add_chapter,),
            (self.generate, self.write_many, self.stop, self.inspect),
            (self.continue_here, revise, self.comment),
            (self.analyse, self.analyse_many),
            (self.take_snapshot, self.publish),
        )

    def help_menu(self) -> Groups:
        """Returns the menu about the app itself."""
        return (self.user_guide, self.shortcuts), (self.about,)


def _commands() -> list[Command]:
    return [each for each in vars(Actions).values() if isinstance(each, Command)]
