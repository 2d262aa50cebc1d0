"""The use cases, declared: each is read and made when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from arboris_desktop.codex.codex import Codex
    from arboris_desktop.exchange.arriving import Arriving
    from arboris_desktop.exchange.book_files import BookFiles
    from arboris_desktop.tasks.batches import Batches
    from arboris_desktop.writing.blueprint.blueprints import Blueprints
    from arboris_desktop.writing.book_replacing import BookReplacing
    from arboris_desktop.writing.book_search import BookSearch
    from arboris_desktop.writing.chapter_notes import Notebook
    from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
    from arboris_desktop.writing.chapters.candidates import Candidates
    from arboris_desktop.writing.chapters.continuing import Continuing
    from arboris_desktop.writing.chapters.drafting import Drafting
    from arboris_desktop.writing.chapters.evaluation import Evaluation
    from arboris_desktop.writing.chapters.guides import Guides
    from arboris_desktop.writing.chapters.revision import Revision
    from arboris_desktop.writing.comments import Comments
    from arboris_desktop.writing.concept.dialogue import Concept
    from arboris_desktop.writing.context.inspection import ContextInspection
    from arboris_desktop.writing.context.summaries import Summaries
    from arboris_desktop.writing.costs import Costs
    from arboris_desktop.writing.editing import Editing
    from arboris_desktop.writing.outline.editing import OutlineEditing
    from arboris_desktop.writing.outline.outlining import Outlining
    from arboris_desktop.writing.outline.regeneration import Regeneration
    from arboris_desktop.writing.prompt_texts import PromptTexts
    from arboris_desktop.writing.rescue import Rescue
    from arboris_desktop.writing.reviews.reviewing import Reviews
    from arboris_desktop.writing.search import Search
    from arboris_desktop.writing.snapshots import Snapshots
    from arboris_desktop.writing.spelling.spelling import Spelling
    from arboris_desktop.writing.writing_days import WritingDays

Kind = TypeVar("Kind")


class UseCase(Generic[Kind]):
    """A use case of the class that the annotation names, in a module of the package.

    It is made of other parts of the services, by default of the database alone.
    """

    def __init__(self, module: str, *made_of: str) -> None:
        self._module = module
        self._made_of = made_of or ("database",)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._class = owner.__annotations__[name].removeprefix("UseCase[").removesuffix("]")

    def __get__(self, services: object, owner: type) -> Kind:
        make: Any = getattr(import_module(f"arboris_desktop.{self._module}"), self._class)
        made = make(*(getattr(services, part) for part in self._made_of))
        vars(services)[self._name] = made
        return cast(Kind, made)


class UseCases:
    """The use cases that a start does not need yet, each with the parts that it is made of."""

    # Writing and planning.
    editing: UseCase[Editing] = UseCase("writing.editing")
    rescue: UseCase[Rescue] = UseCase("writing.rescue", "database", "editing", "register")
    rounds: UseCase[CandidateRounds] = UseCase(
        "writing.chapters.candidate_rounds", "database", "instance", "register"
    )
    drafting: UseCase[Drafting] = UseCase(
        "writing.chapters.drafting", "database", "calls", "register"
    )
    candidates: UseCase[Candidates] = UseCase(
        "writing.chapters.candidates", "database", "calls", "rounds", "register"
    )
    evaluation: UseCase[Evaluation] = UseCase("writing.chapters.evaluation", "database", "calls")
    continuing: UseCase[Continuing] = UseCase(
        "writing.chapters.continuing", "database", "calls", "register"
    )
    guides: UseCase[Guides] = UseCase("writing.chapters.guides")
    revision: UseCase[Revision] = UseCase(
        "writing.chapters.revision", "database", "routed", "register"
    )
    reviews: UseCase[Reviews] = UseCase("writing.reviews.reviewing", "database", "routed")
    outline_editing: UseCase[OutlineEditing] = UseCase("writing.outline.editing")
    outlining: UseCase[Outlining] = UseCase("writing.outline.outlining", "database", "calls")
    regeneration: UseCase[Regeneration] = UseCase("writing.outline.regeneration")
    concept: UseCase[Concept] = UseCase("writing.concept.dialogue", "database", "calls")
    blueprint: UseCase[Blueprints] = UseCase("writing.blueprint.blueprints", "database", "calls")

    # The book as it is.
    search: UseCase[Search] = UseCase("writing.search")
    book_search: UseCase[BookSearch] = UseCase("writing.book_search")
    book_replacing: UseCase[BookReplacing] = UseCase("writing.book_replacing")
    comments: UseCase[Comments] = UseCase("writing.comments")
    snapshots: UseCase[Snapshots] = UseCase("writing.snapshots")
    notes: UseCase[Notebook] = UseCase("writing.chapter_notes")
    spelling: UseCase[Spelling] = UseCase("writing.spelling.spelling")
    writing_days: UseCase[WritingDays] = UseCase("writing.writing_days")
    codex: UseCase[Codex] = UseCase("codex.codex")

    # What models are told, and what they cost.
    summaries: UseCase[Summaries] = UseCase("writing.context.summaries", "database", "routed")
    inspection: UseCase[ContextInspection] = UseCase(
        "writing.context.inspection", "database", "routed", "summaries"
    )
    prompt_texts: UseCase[PromptTexts] = UseCase(
        "writing.prompt_texts", "database", "prompts", "routed"
    )
    costs: UseCase[Costs] = UseCase("writing.costs")

    # Tasks, and files.
    batches: UseCase[Batches] = UseCase("tasks.batches")
    arriving: UseCase[Arriving] = UseCase("exchange.arriving")
    files: UseCase[BookFiles] = UseCase("exchange.book_files", "database", "instance")
