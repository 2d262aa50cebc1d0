"""Reading and changing what the author lays down for a novel."""

from __future__ import annotations

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.novel import Language
from arboris_desktop.storage.database import Database


class Guides:
    """The writing guides of novels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, project_id: str) -> WritingGuide:
        """Returns the guide of a novel; an empty one if there is none."""
        with self._database.read() as transaction:
            return transaction.guides.get(project_id)

    def save(self, project_id: str, guide: WritingGuide) -> WritingGuide:
        """Stores a guide, tidied, and returns it. Raises ``NotFoundError``."""
        tidy = guide.tidied()
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.guides.set(project_id, tidy)
        return tidy


_WORDS = {
    Language.ENGLISH: ("Voice", "The manner to write in", "What must always hold"),
    Language.CHINESE: ("叙述口吻", "文风样本", "必须始终遵守的写作规则"),
}


def guide_lines(guide: WritingGuide, language: Language, *, samples: int = 1) -> str:
    """Returns the guide as a prompt states it, with a limited number of style samples; may be
    empty."""
    voice, manner, rules = _WORDS[language]
    colon = "：" if language is Language.CHINESE else ": "
    parts = [f"{voice}{colon}{guide.persona}"] if guide.persona else []
    parts += [f"{manner}{colon}\n{sample}" for sample in guide.style_samples[:samples]]
    if guide.constitution:
        listed = "\n".join(f"{n}. {rule}" for n, rule in enumerate(guide.constitution, start=1))
        parts.append(f"{rules}{colon}\n{listed}")
    return "\n".join(parts)
