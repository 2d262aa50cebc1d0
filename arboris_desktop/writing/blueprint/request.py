"""The request for a part of the blueprint."""

from __future__ import annotations

from arboris_desktop.domain.blueprint import ITEM_TYPES, Blueprint, BlueprintField, BlueprintPart
from arboris_desktop.domain.concept import Brief
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.llm.context_budget import answer_budget, tokens_left
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Provider
from arboris_desktop.storage.database import Database
from arboris_desktop.text.blueprint_lines import FIELD_NAMES, as_text, blueprint_text
from arboris_desktop.writing.concept.request import brief_text

PART_PROMPTS = {part: f"blueprint_{part.value}" for part in BlueprintPart}
FIELD_PROMPT = "blueprint_field"
TEXT_PROMPT = "regenerate_blueprint_text"
LIST_PROMPT = "regenerate_blueprint_list"

_ANSWER_TOKENS = {
    BlueprintPart.BASICS: 700,
    BlueprintPart.SYNOPSIS: 1600,
    BlueprintPart.WORLD: 1800,
    BlueprintPart.CHARACTERS: 2600,
    BlueprintPart.RELATIONSHIPS: 1400,
}
_SHORT_ANSWER_TOKENS = 160
_LONG_ANSWER_TOKENS = 1600
_LONG = (BlueprintField.SYNOPSIS, BlueprintField.RULES)
_ANSWER_SHARE = 0.45
_TEMPERATURE = 0.8
_PLAIN_FORM = {
    # In plain words, a list has a line for each entry.
    Language.ENGLISH: {
        BlueprintField.RELATIONSHIPS: "One line for each pair, like this:\nAnna -> Ben: sister",
        None: "One line for each, three to five lines, like this:\nName: what there is to say",
    },
    Language.CHINESE: {
        BlueprintField.RELATIONSHIPS: "每对人物一行，例如：\n甲 -> 乙：姐弟",
        None: "每个一行，共三到五行，例如：\n名称：简短说明",
    },
}
_SENTENCE = {Language.ENGLISH: "One sentence.", Language.CHINESE: "一句话。"}
_FEW_WORDS = {Language.ENGLISH: "A few words.", Language.CHINESE: "几个字。"}
_PARAGRAPHS = {
    Language.ENGLISH: "Three to five paragraphs, from the beginning to the end of the story.",
    Language.CHINESE: "三到五段，从开头写到结局。",
}
_LINES = {
    Language.ENGLISH: "Three to five lines, a rule each.",
    Language.CHINESE: "三到五行，每行一条。",
}


@record
class Plan:
    """The facts about a novel that a request for its blueprint is built from."""

    project_id: str
    language: Language
    idea: str
    brief: Brief
    blueprint: Blueprint


def read_plan(database: Database, project_id: str) -> Plan:
    """Reads the facts. Raises ``NotFoundError``."""
    with database.read() as transaction:
        project = transaction.projects.get(project_id)
        brief, _ = transaction.concepts.brief(project_id)
        return Plan(
            project_id,
            project.language,
            brief.premise or project.premise or project.title,
            brief,
            transaction.blueprints.get(project_id),
        )


def part_request(
    plan: Plan, part: BlueprintPart, provider: Provider, prompts: PromptLibrary
) -> ChatRequest:
    """Builds the request for a part of the blueprint."""
    return _request(plan, PART_PROMPTS[part], _ANSWER_TOKENS[part], provider, prompts)


def field_request(
    plan: Plan, field: BlueprintField, provider: Provider, prompts: PromptLibrary
) -> ChatRequest:
    """Builds the request for one field in plain words, for models that cannot keep to a form."""
    return _request(
        plan,
        FIELD_PROMPT,
        _answer_tokens(field),
        provider,
        prompts,
        without=field,
        field=FIELD_NAMES[plan.language][field],
        form=_plain_form(field, plan.language),
    )


def change_request(
    plan: Plan,
    field: BlueprintField,
    instruction: str,
    form: str,
    provider: Provider,
    prompts: PromptLibrary,
) -> ChatRequest:
    """Builds the request to rewrite a field as instructed; ``form`` is that of a list."""
    more = {"form": form} if field in ITEM_TYPES else {}
    return _request(
        plan,
        LIST_PROMPT if field in ITEM_TYPES else TEXT_PROMPT,
        _LONG_ANSWER_TOKENS if field in ITEM_TYPES else _answer_tokens(field),
        provider,
        prompts,
        without=field,
        field=FIELD_NAMES[plan.language][field],
        present=as_text(plan.blueprint.value(field), plan.language) or "-",
        instruction=instruction.strip() or "-",
        **more,
    )


def _request(
    plan: Plan,
    prompt: str,
    answer_tokens: int,
    provider: Provider,
    prompts: PromptLibrary,
    *,
    without: BlueprintField | None = None,
    **values: str,
) -> ChatRequest:
    """Builds a request; raises ``ProviderError`` (CONTEXT_TOO_LONG) if not even idea and brief
    fit."""
    answer = answer_budget(provider, answer_tokens, _ANSWER_SHARE)
    known = {"idea": plan.idea, "brief": brief_text(plan.brief, plan.language), **values}
    frame = prompts.render(prompt, plan.language, blueprint="", **known)
    room = tokens_left(provider, frame, answer, taken_by="idea and brief")
    text = blueprint_text(plan.blueprint, plan.language, without=without) or "-"
    while provider.count_tokens(text) > room:
        text = text[: len(text) * 3 // 4]
    messages = prompts.render(prompt, plan.language, blueprint=text, **known)
    return ChatRequest(messages, max_tokens=answer, temperature=_TEMPERATURE)


def _answer_tokens(field: BlueprintField) -> int:
    return (
        _LONG_ANSWER_TOKENS
        if field in _LONG
        else 400
        if field in ITEM_TYPES
        else _SHORT_ANSWER_TOKENS
    )


def _plain_form(field: BlueprintField, language: Language) -> str:
    if field in ITEM_TYPES:
        forms = _PLAIN_FORM[language]
        return forms.get(field) or forms[None]
    if field is BlueprintField.SYNOPSIS:
        return _PARAGRAPHS[language]
    if field is BlueprintField.RULES:
        return _LINES[language]
    is_sentence = field in (BlueprintField.SUMMARY, BlueprintField.STYLE)
    return (_SENTENCE if is_sentence else _FEW_WORDS)[language]
