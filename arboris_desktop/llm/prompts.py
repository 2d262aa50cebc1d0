"""Prompt files: Markdown with a ``# system`` and a ``# user`` section and ``$placeholders``."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Template

from arboris_desktop import resources
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.provider import Message, Role

_SECTIONS = re.compile(r"\A\s*# system\n(?P<system>.*?)\n# user\n(?P<user>.*)\Z", re.DOTALL)


class PromptLibrary:
    """The prompts that ship with the app, in the language of the novel."""

    def __init__(self, read_text: Callable[..., str] = resources.read_text) -> None:
        self._read_text = read_text

    def render(self, name: str, language: Language, **values: object) -> tuple[Message, Message]:
        """The two messages of a prompt; raises ``KeyError`` for a placeholder without a value."""
        text = self._read_text("prompts", language.value, f"{name}.md")
        sections = _SECTIONS.match(text.replace("\r\n", "\n"))
        if sections is None:
            raise ValueError(f"prompt {name} has no system and user section")
        return (
            Message(Role.SYSTEM, Template(sections["system"]).substitute(values).strip()),
            Message(Role.USER, Template(sections["user"]).substitute(values).strip()),
        )
