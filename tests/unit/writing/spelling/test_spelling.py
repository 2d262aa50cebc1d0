"""Spelling by real dictionaries: what is wrong, what is known, what may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.resources import resource_path
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.spelling.dictionaries import find_dictionaries
from arboris_desktop.writing.spelling.judge import Judge
from arboris_desktop.writing.spelling.speller import DictionaryError, Speller
from arboris_desktop.writing.spelling.spelling import (
    NO_DICTIONARY,
    NovelSpelling,
    Spelling,
    usual_dictionary,
)

TEXT = "The colour of Nell Tangye’s lanternn was grey; 她说：Wrenling. Don’t recieve it."


def wrong(speller: Speller, text: str = TEXT) -> list[str]:
    return [text[span.start : span.end] for span in speller.faults(text)]


@pytest.fixture(scope="module")
def british() -> Speller:
    return Speller(resource_path("dictionaries") / "en_GB")


def test_words_that_are_not_in_the_dictionary_are_told(british: Speller) -> None:
    british.know(())
    assert wrong(british) == ["Tangye’s", "lanternn", "Wrenling", "recieve"]
    british.know(["Nell Tangye", "wrenling"])
    assert wrong(british) == ["lanternn", "recieve"]
    assert british.suggestions("recieve")[0] == "receive"
    assert "lantern" in british.suggestions("lanternn")
    assert british.suggestions("recieve", lambda: True) == ("receive",)


@pytest.mark.parametrize("apostrophe", ["'", "’"])
@pytest.mark.parametrize("dictionary", ["en_GB", "en_US"])
def test_verbs_may_hang_on_any_right_word(dictionary: str, apostrophe: str) -> None:
    speller = Speller(resource_path("dictionaries") / dictionary)
    speller.know(["Ilsabet"])
    right = "There'll there'd Ilsabet'll Mother'd they'd've THERE'LL the dogs've, what're"
    assert wrong(speller, right.replace("'", apostrophe)) == []
    amiss = "lanternn'll recieve'd ther'll there'lll"
    assert len(wrong(speller, amiss.replace("'", apostrophe))) == 4


def test_only_english_hangs_verbs_on_words(tmp_path: Path) -> None:
    (tmp_path / "de_DE.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "de_DE.dic").write_text("1\nHund\n", encoding="utf-8")
    assert wrong(Speller(tmp_path / "de_DE"), "Hund Hund'll") == ["Hund'll"]


def test_a_folder_of_the_authors_comes_before_ours(tmp_path: Path) -> None:
    ours = find_dictionaries([])
    assert {"en_GB", "en_US"} <= set(ours)
    (tmp_path / "en_GB.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "en_GB.dic").write_text("1\nnothing\n", encoding="utf-8")
    (tmp_path / "de-AT.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "de-AT.dic").write_text("1\nJänner\n", encoding="utf-8")
    (tmp_path / "hyph_de.dic").write_text("", encoding="utf-8")
    (tmp_path / "hyph_de.aff").write_text("", encoding="utf-8")
    found = find_dictionaries([tmp_path, tmp_path / "gone"])
    assert found["en_GB"] == tmp_path / "en_GB"
    assert found["de_AT"] == tmp_path / "de-AT"
    assert "hyph_de" not in found
    judge = Judge()
    judge.prepare("de_AT", (str(tmp_path),), ("Vienna",))
    text = "Jänner Vienna januar"
    (fault,) = judge.faults([text])[text]
    assert text[fault.start : fault.end] == "januar"


def test_a_dictionary_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "xx.aff").write_bytes(b"SET NONSENSE\nSFX A Y many\n")
    (tmp_path / "xx.dic").write_bytes(b"\xff\xfe\x00not a number\n")
    with pytest.raises(DictionaryError, match="xx"):
        Speller(tmp_path / "xx")


@pytest.mark.parametrize(
    ("language", "place", "dictionary"),
    [
        (Language.ENGLISH, "en_US", "en_US"),
        (Language.ENGLISH, "zh_CN", "en_US"),
        (Language.ENGLISH, "en_GB", "en_GB"),
        (Language.ENGLISH, "en-AU", "en_GB"),
        (Language.CHINESE, "en_GB", ""),
    ],
)
def test_a_language_has_its_usual_dictionary(
    language: Language, place: str, dictionary: str
) -> None:
    assert usual_dictionary(language, place) == dictionary


def test_a_novel_has_its_dictionary_and_its_words(database: Database) -> None:
    novels, spelling = Novels(database), Spelling(database)
    chinese = novels.create(NewNovel("归潮", language=Language.CHINESE))
    project = novels.create(NewNovel("The Tide"))
    assert spelling.of_novel(chinese) == NovelSpelling("", "")
    Codex(database).add_entry(project, EntryKind.CHARACTER, "Nell Tangye")
    spelling.add_word(project, " lanternn ")
    spelling.add_word(project, "lanternn")
    spelling.choose(project, "en_GB")
    found = spelling.of_novel(project)
    assert found == NovelSpelling("en_GB", "en_GB", ("lanternn",), ("lanternn", "Nell Tangye"))
    spelling.choose(project, NO_DICTIONARY)
    spelling.set_words(project, ["", "two", "One"])
    found = spelling.of_novel(project)
    assert (found.chosen, found.dictionary) == (NO_DICTIONARY, "")
    assert found.own_words == ("One", "two")
    assert spelling.of_novel(chinese).own_words == ()
