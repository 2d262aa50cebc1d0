"""The stages around the writing: each is read and made when the author first goes there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from arboris_desktop.ui.asking.desk import AskingDesk
from arboris_desktop.ui.novels.lazy_desk import LazyDesk
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.review.rule_desk import RuleDesk
from arboris_desktop.ui.work.lazy import Lazy
from arboris_desktop.ui.workspace import Stage

if TYPE_CHECKING:
    from arboris_desktop.composition.novel_desks import NovelParts
    from arboris_desktop.ui.blueprint.desk import BlueprintDesk
    from arboris_desktop.ui.chapter.desk import WritingDesk
    from arboris_desktop.ui.concept.desk import ConceptDesk
    from arboris_desktop.ui.outline.desk import OutlineDesk
    from arboris_desktop.ui.review.desk import ReviewDesk


class StageDesks:
    """Says of each how it is made, and which of its signals others hear."""

    def __init__(self, parts: NovelParts, writing: WritingDesk) -> None:
        self._parts, self._services = parts, parts.services
        self._window, self._writing = parts.window, writing
        self._rules = RuleDesk(parts.window.workspace, parts.services.reviews)
        parts.keeper.refreshed.connect(self._rules.look)

    def following(self) -> tuple[NovelDesk, ...]:
        """Makes those that follow the open novel in their place, in the order of the stages."""
        outline, reviews = Lazy(self._make_outline), Lazy(self._make_reviews)
        for asked in (
            self._window.project_tree.outline_requested,
            self._window.chapter_view.outline_requested,
        ):
            asked.connect(lambda: outline.get().show_plan())
        looking_back = self._of_stage(Stage.REVIEW, reviews)
        self._writing.chapter_shown.connect(looking_back.show_chapter)
        return (
            self._of_stage(Stage.IDEA, Lazy(self._make_concept)),
            self._of_stage(Stage.BLUEPRINT, Lazy(self._make_blueprint)),
            self._of_stage(Stage.OUTLINE, outline),
            looking_back,
            self._rules,
        )

    def _of_stage(self, stage: Stage, desk: Lazy[NovelDesk]) -> LazyDesk:
        self._window.workspace.when_first_shown(stage, desk.get)
        return LazyDesk(self._window, desk)

    def _make_concept(self) -> ConceptDesk:
        from arboris_desktop.ui.concept.desk import ConceptDesk

        window = self._window
        concept = ConceptDesk(window, self._services.concept, self._parts.operations)
        go_on = partial(window.workspace.begin_at, Stage.BLUEPRINT)
        concept.blueprint_requested.connect(go_on)
        self._lead_to_cures(concept)
        return concept

    def _make_blueprint(self) -> BlueprintDesk:
        from arboris_desktop.ui.blueprint.desk import BlueprintDesk

        services = self._services
        blueprint = BlueprintDesk(
            self._window, services.blueprint, services.codex, self._parts.operations
        )
        self._lead_to_cures(blueprint)
        return blueprint

    def _make_outline(self) -> OutlineDesk:
        from arboris_desktop.ui.outline.desk import OutlineDesk

        services, window = self._services, self._window
        outline = OutlineDesk(
            window,
            services.outline_editing,
            services.outlining,
            services.regeneration,
            self._parts.operations,
        )
        outline.chapter_opened.connect(self._writing.open_chapter)
        outline.chapter_begun.connect(self._writing.begin_chapter)
        for way in (outline.chapter_opened, outline.chapter_begun):
            way.connect(window.show_chapters)
        self._lead_to_cures(*outline.page.findChildren(AskingDesk))
        return outline

    def _make_reviews(self) -> ReviewDesk:
        from arboris_desktop.ui.review.desk import ReviewDesk

        writing = self._writing
        reviews = ReviewDesk(self._window, self._services.reviews, self._parts.operations)
        reviews.passage_opened.connect(writing.show_passage)
        reviews.chapter_opened.connect(writing.open_chapter)
        reviews.chapter_opened.connect(self._window.show_chapters)
        reviews.reviewed.connect(self._rules.look)
        self._lead_to_cures(reviews)
        return reviews

    def _lead_to_cures(self, *desks: AskingDesk) -> None:
        for desk in desks:
            desk.cure_requested.connect(self._parts.settings.lead_to)
