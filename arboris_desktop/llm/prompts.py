"""Prompts: files of two sections, filled in with values.

They are Markdown files, ``prompts/LANGUAGE/NAME.md``, with a section ``# system`` and a section ``#
user``; placeholders are ``$name``, and a literal dollar sign is ``$$``. Text that is data rather
than instructions stands between the lines ``<<<WORD$mark`` and ``WORD$mark>>>`` and cannot end them
early: see ``render``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from hashlib import sha256
from string import Template

from arboris_desktop import resources
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.llm.provider import Message, Role
from arboris_desktop.text.patterns import lazy_pattern

_SECTIONS = lazy_pattern(
    r"\A\s*# system[ \t]*\n(?P<system>.*?)\n# user[ \t]*\n(?P<user>.*)\Z", re.DOTALL
)


@record
class PromptSections:
    """A prompt as written, before values are filled in."""

    system: str
    user: str

    def placeholders(self) -> set[str]:
        """The names of the placeholders, except ``mark``."""
        templates = (Template(self.system), Template(self.user))
        return {name for each in templates for name in each.get_identifiers()} - {"mark"}

    def is_valid(self) -> bool:
        """True if every dollar sign belongs to a placeholder or is doubled."""
        return Template(self.system).is_valid() and Template(self.user).is_valid()


def parse_prompt(text: str) -> PromptSections:
    """Returns the two sections. Raises ``ValueError`` if one is missing."""
    sections = _SECTIONS.match(text.replace("\r\n", "\n"))
    if sections is None:
        raise ValueError("a prompt needs the sections '# system' and '# user'")
    return PromptSections(sections["system"], sections["user"])


class PromptLibrary:
    """Our prompts, and those with which the author has replaced some of them.

    Files are read through ``read_text``, which gets the parts of a path and returns the text.
    """

    def __init__(
        self,
        read_text: Callable[..., str] = resources.read_text,
        overrides: Mapping[tuple[str, Language], str] | None = None,
    ) -> None:
        self._read_text = read_text
        self._overrides = overrides or {}

    def with_overrides(self, overrides: Mapping[tuple[str, Language], str]) -> PromptLibrary:
        """Returns a library in which these texts, by name and language, replace ours."""
        return PromptLibrary(self._read_text, overrides)

    def text(self, name: str, language: Language) -> str:
        """Returns the text in force: the author's if there is one, else ours."""
        found = self._overrides.get((name, language))
        return self.our_text(name, language) if found is None else found

    def is_own(self, name: str, language: Language) -> bool:
        """True if the author has replaced the prompt."""
        return (name, language) in self._overrides

    def our_text(self, name: str, language: Language) -> str:
        """Returns the prompt as shipped. Raises ``FileNotFoundError``."""
        return self._read_text("prompts", language.value, f"{name}.md")

    def render(self, name: str, language: Language, **values: object) -> tuple[Message, Message]:
        """Returns the system and the user message of a prompt.

        Values are inserted literally: placeholders or dollar signs in them mean nothing. If one of
        them contains what could be taken for the line that ends it, ``$mark`` becomes a code
        derived from the values, which therefore cannot contain it; otherwise it is empty. Raises
        ``KeyError`` for a placeholder without a value, ``FileNotFoundError`` for an unknown prompt
        and ``ValueError`` for a file without the two sections.
        """
        try:
            sections = parse_prompt(self.text(name, language))
        except ValueError as error:
            raise ValueError(f"prompt {language.value}/{name}: {error}") from None
        filled = {"mark": _mark(values), **values}
        system, user = (
            Template(text).substitute(filled) for text in (sections.system, sections.user)
        )
        return Message(Role.SYSTEM, system.strip()), Message(Role.USER, user.strip())


def _mark(values: Mapping[str, object]) -> str:
    text = "\n".join(str(value) for value in values.values())
    # As a model may read it: in any width, with spaces or invisible characters in between.
    plain = "".join(filter(_is_seen, unicodedata.normalize("NFKC", text)))
    if "<<<" not in plain and ">>>" not in plain:
        return ""
    return "-" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) != "Cf"


def prompt_names() -> list[str]:
    """Returns the names of all prompts that ship with the app."""
    folder = resources.resource_path("prompts", Language.ENGLISH.value)
    return sorted(path.stem for path in folder.glob("*.md"))
