"""Dialogs that open only when something is to be decided, each with little in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog

from arboris_desktop.domain.blueprint import Blueprint
from arboris_desktop.domain.connection import ConnectionReport
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.rescue import PutAside, RescuedText, UnsavedTextError
from arboris_desktop.domain.settings import ProviderSettings
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.ui.blueprint.adopt_dialog import AdoptDialog
from arboris_desktop.ui.chapter.rescue_dialog import RescueDialog
from arboris_desktop.ui.chapter.unstored_dialog import UnstoredDialog
from arboris_desktop.ui.codex.fact_dialog import FactDialog
from arboris_desktop.ui.codex.merge_dialog import MergeEntriesDialog
from arboris_desktop.ui.files.combine_question import _CombineBox
from arboris_desktop.ui.files.export_options_dialog import ExportOptionsDialog
from arboris_desktop.ui.files.import_preview.dialog import ImportPreviewDialog
from arboris_desktop.ui.outline.split_dialog import SplitDialog
from arboris_desktop.ui.settings.first_run_dialog import FirstRunDialog
from arboris_desktop.writing.blueprint.blueprints import OpenBlueprint
from tests.gui.chapter.chapter_samples import NOW, make_novel
from tests.gui.codex.codex_samples import make_entry, make_fact
from tests.gui.outline.outline_samples import make_plan

_RESCUED = RescuedText(1, "p", 1, "Ebb", "The Harbour", "She saw the harbour.", NOW)


async def _no_models(settings: ProviderSettings, key: str | None) -> ConnectionReport:
    del settings, key
    return ConnectionReport()


def adopt() -> QDialog:
    """The blueprint has another title than the novel."""
    return AdoptDialog(OpenBlueprint(make_novel(), Blueprint(title="Flow", summary="It comes.")))


def rescue() -> QDialog:
    """A text was put aside."""
    return RescueDialog(_RESCUED)


def unstored() -> QDialog:
    """The text of a model could not be stored."""
    cause = StorageError(ErrorKind.DISK_FULL, "disk full")
    return UnstoredDialog(UnsavedTextError(cause, PutAside(_RESCUED, None)))


def fact() -> QDialog:
    """A finding is edited."""
    return FactDialog(make_fact(1))


def merge_entries() -> QDialog:
    """Two entries are one."""
    return MergeEntriesDialog(make_entry(1, "Ann"), [make_entry(2, "Anne")])


def import_preview() -> QDialog:
    """A file is about to be imported."""
    return ImportPreviewDialog("book.txt", has_encoding=True)


def split() -> QDialog:
    """A planned chapter is to be two."""
    return SplitDialog(make_plan(1), "First half.", "Second half.")


def several_files() -> QDialog:
    """Several files are dropped on the window."""
    return _CombineBox(["a.txt", "b.txt"])


def first_run() -> QDialog:
    """The program is started for the first time."""
    return FirstRunDialog(_no_models)


def _export_options(form: str) -> Callable[[], QDialog]:
    def export_options() -> QDialog:
        return ExportOptionsDialog(form, ExportOptions())

    export_options.__name__ = f"export_{form}"
    return export_options


DIALOGS_OF_MOMENTS: tuple[Callable[[], QDialog], ...] = (
    adopt,
    rescue,
    unstored,
    fact,
    merge_entries,
    import_preview,
    split,
    several_files,
    first_run,
    *(_export_options(form) for form in EXPORT_FORMATS),
)
