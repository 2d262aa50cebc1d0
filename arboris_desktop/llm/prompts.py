"""Prompts: files of two sections, filled in with values.

They are Markdown files, ``prompts/LANGUAGE/NAME.md``, with a section ``# system`` and a section
``# user``; placeholders are ``$name``, and a literal dollar sign is ``$$``.

Text that is data and no instruction stands between the lines ``<<<WORD$mark`` and
``WORD$mark>>>``, and cannot end them early: see ``render``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from hashlib import sha256
from string import Template

from arboris_desktop import resources
from arboris_desktop.domain.novel import Language
from arboris_desktop.llm.provider import Message, Role

_SECTIONS = re.compile(
    r"\A\s*# system[ \t]*\n(?P<system>.*?)\n# user[ \t]*\n(?P<user>.*)\Z", re.DOTALL
)


class PromptLibrary:
    """Reads prompts through ``read_text``, which gets the parts of a path and returns the text."""

    def __init__(self, read_text: Callable[..., str] = resources.read_text) -> None:
        self._read_text = read_text

    def render(self, name: str, language: Language, **values: object) -> tuple[Message, Message]:
        """The system and the user message of a prompt.

        Values are inserted as they are: placeholders or dollar signs in them mean nothing. When
        one of them holds what could be taken for the line that ends it, ``$mark`` becomes a code
        made from the values themselves, which therefore cannot contain it; else it is empty.
        Raises ``KeyError`` for a placeholder without a value, ``FileNotFoundError`` for an unknown
        prompt and ``ValueError`` for a file without the two sections.
        """
        text = self._read_text("prompts", language.value, f"{name}.md")
        sections = _SECTIONS.match(text.replace("\r\n", "\n"))
        if sections is None:
            raise ValueError(f"prompt {language.value}/{name} lacks '# system' or '# user'")
        filled = {"mark": _mark(values), **values}
        system, user = (Template(sections[part]).substitute(filled) for part in ("system", "user"))
        return Message(Role.SYSTEM, system.strip()), Message(Role.USER, user.strip())


def _mark(values: Mapping[str, object]) -> str:
    text = "\n".join(str(value) for value in values.values())
    # As a model may read it: in any width, and with spaces or invisible signs in between.
    plain = "".join(filter(_is_seen, unicodedata.normalize("NFKC", text)))
    if "<<<" not in plain and ">>>" not in plain:
        return ""
    return "-" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"
