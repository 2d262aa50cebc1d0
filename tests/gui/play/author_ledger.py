"""The texts as they ought to be, beside an author who does anything at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from arboris_desktop.services import Services


def pressed(text: str) -> str:
    """The letters of a text, without white space: other tests look at that."""
    return "".join(text.split())


@dataclass
class ChapterText:
    """One chapter as the author left it."""

    project_id: str
    expected: str
    words: set[str] = field(default_factory=set)
    """The words of the author's that stand in it, each typed once in the whole play."""

    earlier: set[str] = field(default_factory=set)
    """Those that another text has taken the place of: they are among its versions."""

    is_free: bool = False
    """The author has asked for a change whose outcome is not known yet."""


class Ledger:
    """Knows what the author typed where, and finds what is lost, moved or changed unasked."""

    def __init__(self) -> None:
        self.chapters: dict[int, ChapterText] = {}
        self._count = 0
        self.counts: Counter[str] = Counter()

    def next_word(self) -> str:
        """A word that nobody has typed yet."""
        self._count += 1
        return f"Zq{self._count:04}x"

    def begin(self, services: Services, project_id: str) -> None:
        """Takes the chapters of a novel as they are."""
        for chapter in services.novels.open(project_id).chapters:
            text = _text(services, chapter.id)
            self.chapters.setdefault(chapter.id, ChapterText(project_id, pressed(text)))

    def typed(self, chapter_id: int, word: str, text: str) -> None:
        """The author typed a word into a chapter, which has this text since."""
        chapter = self.chapters[chapter_id]
        chapter.words.add(word)
        chapter.expected = pressed(text)

    def stands(self, chapter_id: int, text: str, *, undone: bool = False) -> None:
        """The author made the chapter this text; ``undone`` takes back words that they typed."""
        chapter = self.chapters[chapter_id]
        chapter.expected = pressed(text)
        gone = {word for word in chapter.words if word not in chapter.expected}
        assert undone or not gone, f"{gone} of chapter {chapter_id} went with something else"
        chapter.words -= gone

    def free(self, *chapter_ids: int) -> None:
        """The author asked for something that may give these chapters another text."""
        for chapter_id in chapter_ids:
            self.chapters[chapter_id].is_free = True

    def check(self, services: Services, live: Iterable[int]) -> None:
        """Compares all chapters with what is stored, when nothing is on its way but ``live``."""
        stored = {
            chapter.id: pressed(_text(services, chapter.id))
            for project_id in {each.project_id for each in self.chapters.values()}
            for chapter in services.novels.open(project_id).chapters
        }
        lost = self.chapters.keys() - stored.keys()
        assert not lost, f"chapters {lost} are gone"
        for chapter_id, chapter in self.chapters.items():
            self._check_one(services, chapter_id, chapter, stored)
            if chapter_id not in set(live):
                chapter.is_free = False

    def _check_one(
        self, services: Services, chapter_id: int, chapter: ChapterText, stored: dict[int, str]
    ) -> None:
        text = stored[chapter_id]
        if not chapter.is_free:
            assert text == chapter.expected, (
                f"chapter {chapter_id} was changed unasked, or not saved:\n"
                f"expected {chapter.expected}\nfound    {text}"
            )
        chapter.expected = text
        replaced = {word for word in chapter.words if word not in text}
        chapter.words -= replaced
        chapter.earlier |= replaced
        if chapter.earlier:
            kept = " ".join(_all_texts(services, chapter_id))
            lost = {word for word in chapter.earlier if word not in kept}
            assert not lost, f"{lost} of chapter {chapter_id} are in none of its texts"
        for word in chapter.words:
            strayed = [
                other for other, its in stored.items() if other != chapter_id and word in its
            ]
            assert not strayed, f"{word} of chapter {chapter_id} is in {strayed} too"


def _text(services: Services, chapter_id: int) -> str:
    version = services.editing.open(chapter_id).version
    return "" if version is None else version.content


def _all_texts(services: Services, chapter_id: int) -> list[str]:
    versions = [each.content for each in services.editing.open(chapter_id).versions]
    return versions + [each.content for each in services.snapshots.of_chapter(chapter_id)]
