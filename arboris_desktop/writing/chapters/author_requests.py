"""Requests for one version of a chapter beyond its plan: an angle, and the author's wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from arboris_desktop.domain.candidates import Angle
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.prompts import PromptLibrary, parse_prompt
from arboris_desktop.llm.provider import Message

_HEADING = {
    Language.ENGLISH: "For this version of the chapter:",
    Language.CHINESE: "对这一版的要求：",
}
_ANGLES = {
    Language.ENGLISH: {
        Angle.ACTION: "Begin in the middle of something that is happening; let deeds carry it.",
        Angle.DIALOGUE: "Let the turning points come about in dialogue, with what is left unsaid.",
        Angle.SENSES: "Let the place be felt: light, sounds, smells, weather, things at hand.",
        Angle.INNER_LIFE: "Stay close to what the point-of-view character thinks and hides.",
    },
    Language.CHINESE: {
        Angle.ACTION: "从正在发生的事情中间切入，以行动推进。",
        Angle.DIALOGUE: "让转折在对话中发生，写出话外之音。",
        Angle.SENSES: "写出环境的质感：光线、声音、气味、天气和手边的物件。",
        Angle.INNER_LIFE: "贴近视角人物的内心，写他所想与所隐。",
    },
}


def angle_wish(angle: Angle, language: Language) -> str:
    """Returns an angle as an instruction to the model; nothing for the plan alone."""
    return _ANGLES[language].get(angle, "")


def render_with_wishes(
    prompts: PromptLibrary,
    name: str,
    language: Language,
    wishes: Sequence[str],
    values: Mapping[str, object],
) -> tuple[Message, Message]:
    """Returns the messages of a prompt with the wishes in it.

    If the author's own prompt has no place for them, they are appended: they must count.
    """
    wanted = [wish.strip() for wish in wishes if wish.strip()]
    block = "\n- ".join([_HEADING[language], *wanted]) if wanted else ""
    has_place = "wishes" in parse_prompt(prompts.text(name, language)).placeholders()
    in_place = f"\n\n{block}" if block else ""
    system, user = prompts.render(name, language, **{**values, "wishes": in_place})
    if block and not has_place:
        user = replace(user, content=f"{user.content}\n\n{block}")
    return system, user
