"""The editor of the prose: its page, its documents, marks in them, and help while typing."""

from arboris_desktop.ui.chapter.editor.chapter_editor import ChapterEditor
from arboris_desktop.ui.chapter.editor.paragraph_look import LINE_EMS

__all__ = ["LINE_EMS", "ChapterEditor"]
