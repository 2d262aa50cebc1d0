"""Words for prompts: their purposes, their placeholders, their faults."""

from __future__ import annotations

from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.llm.prompt_check import ProblemKind, PromptProblem
from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP, Wording
from arboris_desktop.ui.step_words import STEP_WORDS

_FACT_STEPS = {step: words for step, words in STEP_WORDS.items() if words.switch}
_NAMES = {
    "draft_chapter": QT_TRANSLATE_NOOP("Wording", "Write a chapter"),
    "continue_chapter": QT_TRANSLATE_NOOP("Wording", "Continue a chapter"),
    "evaluate_candidates": QT_TRANSLATE_NOOP("Wording", "Compare candidates"),
    "revise_passage": QT_TRANSLATE_NOOP("Wording", "Revise a passage"),
    "summarise_chapter": STEP_WORDS[AnalysisStep.SUMMARY].prompt,
    "summarise_story": QT_TRANSLATE_NOOP("Wording", "Sum up the story so far"),
    **{step.value: words.prompt for step, words in _FACT_STEPS.items()},
    "analyse_chapter": QT_TRANSLATE_NOOP("Wording", "Analyse a chapter in one question"),
    "review_chapter": QT_TRANSLATE_NOOP("Wording", "Review a chapter"),
    "simulate_reader": QT_TRANSLATE_NOOP("Wording", "Read as a reader would"),
    "check_constitution": QT_TRANSLATE_NOOP("Wording", "Check the rules"),
    "measure_emotion": QT_TRANSLATE_NOOP("Wording", "Measure feeling and pace"),
    "concept_dialogue": QT_TRANSLATE_NOOP("Wording", "Talk about the idea"),
    "concept_brief": QT_TRANSLATE_NOOP("Wording", "Write the idea down"),
    "blueprint_basics": QT_TRANSLATE_NOOP("Wording", "Blueprint: title, genre and tone"),
    "blueprint_synopsis": QT_TRANSLATE_NOOP("Wording", "Blueprint: synopsis"),
    "blueprint_world": QT_TRANSLATE_NOOP("Wording", "Blueprint: the world"),
    "blueprint_characters": QT_TRANSLATE_NOOP("Wording", "Blueprint: characters"),
    "blueprint_relationships": QT_TRANSLATE_NOOP("Wording", "Blueprint: relationships"),
    "blueprint_field": QT_TRANSLATE_NOOP("Wording", "Blueprint: a single field"),
    "regenerate_blueprint_text": QT_TRANSLATE_NOOP("Wording", "Blueprint: change a text"),
    "regenerate_blueprint_list": QT_TRANSLATE_NOOP("Wording", "Blueprint: change a list"),
    "plan_volumes": QT_TRANSLATE_NOOP("Wording", "Plan volumes"),
    "plan_chapters": QT_TRANSLATE_NOOP("Wording", "Plan chapters"),
    "plan_one_chapter": QT_TRANSLATE_NOOP("Wording", "Plan one chapter"),
    "split_chapter_plan": QT_TRANSLATE_NOOP("Wording", "Split a chapter's plan"),
    "repair_json": QT_TRANSLATE_NOOP("Wording", "Repair the form of an answer"),
}
_PURPOSES = {
    "draft_chapter": QT_TRANSLATE_NOOP(
        "Wording", "Sent each time a chapter is written from its plan."
    ),
    "continue_chapter": QT_TRANSLATE_NOOP(
        "Wording", "Sent to continue a chapter that was cut off or is too short."
    ),
    "evaluate_candidates": QT_TRANSLATE_NOOP(
        "Wording", "Sent when several versions of a chapter are compared."
    ),
    "revise_passage": QT_TRANSLATE_NOOP(
        "Wording", "Sent when you have a passage rewritten, expanded, condensed or improved."
    ),
    "summarise_chapter": QT_TRANSLATE_NOOP(
        "Wording", "Sent after a chapter is written; later chapters are told the answer."
    ),
    "summarise_story": QT_TRANSLATE_NOOP(
        "Wording", "Sent every ten chapters or so, to sum up parts, volumes and the book."
    ),
    "repair_json": QT_TRANSLATE_NOOP(
        "Wording", "Sent when an answer cannot be read by the program."
    ),
}
_ANALYSIS = QT_TRANSLATE_NOOP("Wording", "Sent when a chapter is analysed, for the codex.")
_REVIEW = QT_TRANSLATE_NOOP("Wording", "Sent when you have a chapter or the book reviewed.")
_PLANNING = QT_TRANSLATE_NOOP("Wording", "Sent when the outline is made or changed.")
_IDEA = QT_TRANSLATE_NOOP("Wording", "Sent while you work out what the novel should be.")
_BLUEPRINT = QT_TRANSLATE_NOOP("Wording", "Sent when the blueprint is made or changed.")
_OTHER = QT_TRANSLATE_NOOP("Wording", "Sent to the model for one of its tasks.")
_GROUPS = {
    **dict.fromkeys(("concept_dialogue", "concept_brief"), _IDEA),
    **dict.fromkeys((name for name in _NAMES if "blueprint" in name), _BLUEPRINT),
    **dict.fromkeys((*(step.value for step in _FACT_STEPS), "analyse_chapter"), _ANALYSIS),
    **dict.fromkeys(
        ("review_chapter", "simulate_reader", "check_constitution", "measure_emotion"), _REVIEW
    ),
    **dict.fromkeys(
        ("plan_volumes", "plan_chapters", "plan_one_chapter", "split_chapter_plan"), _PLANNING
    ),
}
_PLACEHOLDERS = {
    "title": QT_TRANSLATE_NOOP("Wording", "the title of the novel"),
    "premise": QT_TRANSLATE_NOOP("Wording", "what the novel is about, as you wrote it"),
    "style": QT_TRANSLATE_NOOP("Wording", "the style, as you wrote it"),
    "chapter_number": QT_TRANSLATE_NOOP("Wording", "the number of the chapter"),
    "chapter_title": QT_TRANSLATE_NOOP("Wording", "the title of the chapter"),
    "chapter_summary": QT_TRANSLATE_NOOP("Wording", "the plan of the chapter"),
    "chapter_text": QT_TRANSLATE_NOOP("Wording", "the text of the chapter, or a part of it"),
    "context": QT_TRANSLATE_NOOP(
        "Wording", "what came before in the book (see “What the Model Is Told”)"
    ),
    "target_words": QT_TRANSLATE_NOOP("Wording", "the wanted length"),
    "wishes": QT_TRANSLATE_NOOP("Wording", "your wishes for this version"),
    "draft_end": QT_TRANSLATE_NOOP("Wording", "the end of the text so far"),
    "known_characters": QT_TRANSLATE_NOOP("Wording", "the characters in the codex"),
    "known_world": QT_TRANSLATE_NOOP("Wording", "places, groups, things and rules in the codex"),
    "open_foreshadowing": QT_TRANSLATE_NOOP("Wording", "seeds that are not paid off"),
    "summaries": QT_TRANSLATE_NOOP("Wording", "summaries of what came before"),
    "scope": QT_TRANSLATE_NOOP("Wording", "from which chapter to which"),
    "error": QT_TRANSLATE_NOOP("Wording", "what is wrong with the answer"),
    "schema": QT_TRANSLATE_NOOP("Wording", "the form that the answer must have"),
    "answer": QT_TRANSLATE_NOOP("Wording", "the answer that cannot be read"),
    "guide": QT_TRANSLATE_NOOP("Wording", "voice, style samples and rules"),
    "rules": QT_TRANSLATE_NOOP("Wording", "the rules of the novel"),
    "before": QT_TRANSLATE_NOOP("Wording", "the text before the passage"),
    "passage": QT_TRANSLATE_NOOP("Wording", "the passage"),
    "after": QT_TRANSLATE_NOOP("Wording", "the text after the passage"),
    "task": QT_TRANSLATE_NOOP("Wording", "what is to be done"),
    "instruction": QT_TRANSLATE_NOOP("Wording", "what you asked for"),
    "plan": QT_TRANSLATE_NOOP("Wording", "the plan"),
    "earlier": QT_TRANSLATE_NOOP("Wording", "what happened before"),
    "reader": QT_TRANSLATE_NOOP("Wording", "whom the model plays"),
    "candidates": QT_TRANSLATE_NOOP("Wording", "the versions to compare"),
    "blueprint": QT_TRANSLATE_NOOP("Wording", "the blueprint of the novel"),
    "brief": QT_TRANSLATE_NOOP("Wording", "what you settled about the novel"),
    "idea": QT_TRANSLATE_NOOP("Wording", "the idea you began with"),
    "field": QT_TRANSLATE_NOOP("Wording", "what is to be made"),
    "form": QT_TRANSLATE_NOOP("Wording", "the form that the answer must have"),
    "present": QT_TRANSLATE_NOOP("Wording", "how it is now"),
    "conversation": QT_TRANSLATE_NOOP("Wording", "what was said so far"),
    "open_topics": QT_TRANSLATE_NOOP("Wording", "what is not settled yet"),
    "skipped_topics": QT_TRANSLATE_NOOP("Wording", "what you left to the model"),
    "settled": QT_TRANSLATE_NOOP("Wording", "what is settled"),
    "book": QT_TRANSLATE_NOOP("Wording", "the novel and its outline"),
    "outline": QT_TRANSLATE_NOOP("Wording", "the outline"),
    "letters": QT_TRANSLATE_NOOP("Wording", "the letters of the versions"),
    "code": QT_TRANSLATE_NOOP("Wording", "a code that marks the versions"),
    "count": QT_TRANSLATE_NOOP("Wording", "how many are wanted"),
    "total": QT_TRANSLATE_NOOP("Wording", "how many there are in all"),
    "numbers": QT_TRANSLATE_NOOP("Wording", "which chapters"),
    "chapter": QT_TRANSLATE_NOOP("Wording", "the chapter"),
}
_PROBLEMS = {
    ProblemKind.NO_SECTIONS: QT_TRANSLATE_NOOP(
        "Wording", "The lines “# system” and “# user” must both be there, in this order."
    ),
    ProblemKind.EMPTY_SECTION: QT_TRANSLATE_NOOP("Wording", "One of the two sections is empty."),
    ProblemKind.LONE_DOLLAR: QT_TRANSLATE_NOOP(
        "Wording", "A dollar sign stands alone. Write $$ for a literal dollar sign."
    ),
    ProblemKind.UNKNOWN_PLACEHOLDER: QT_TRANSLATE_NOOP(
        "Wording", "${name} has no meaning in this prompt."
    ),
    ProblemKind.MISSING_PLACEHOLDER: QT_TRANSLATE_NOOP(
        "Wording", "${name} is not used: the model will not learn {meaning}."
    ),
    ProblemKind.MISSING_FENCE: QT_TRANSLATE_NOOP(
        "Wording",
        "Some lines with $mark are missing: words of the book could be taken for instructions.",
    ),
}


def prompt_name(name: str) -> str:
    """Returns the name of a prompt; an unknown one is called by its file name."""
    if name in _NAMES:
        return Wording.tr(_NAMES[name])
    return name.replace("_", " ").capitalize()


def prompt_order(name: str) -> tuple[int, str]:
    """Sorts prompts by what authors look for, with unknown ones last."""
    known = list(_NAMES)
    return (known.index(name) if name in _NAMES else len(known)), name


def prompt_purpose(name: str) -> str:
    """Returns when a prompt is sent."""
    return Wording.tr(_PURPOSES.get(name) or _GROUPS.get(name) or _OTHER)


def placeholder(name: str) -> str:
    """Returns the meaning of a placeholder; its name if it is unknown."""
    return Wording.tr(_PLACEHOLDERS[name]) if name in _PLACEHOLDERS else name.replace("_", " ")


def problem(found: PromptProblem) -> str:
    """Returns a sentence about a fault."""
    text = Wording.tr(_PROBLEMS[found.kind])
    return text.format(name=found.name, meaning=placeholder(found.name))
