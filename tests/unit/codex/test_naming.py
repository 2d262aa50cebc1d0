"""Titles and other names: recognised where they are certain, and never by a silent guess."""

from __future__ import annotations

import pytest

from arboris_desktop.analysis.characters import CharacterChanges, NewCharacters
from arboris_desktop.analysis.evidence import Evidence
from arboris_desktop.codex.naming import Person, courtesy_names, whom_it_means
from arboris_desktop.domain.codex import FactStatus
from tests.support.analysis_book import Book, Finding

ELIZABETH = Person(1, ("Elizabeth Bennet", "Eliza"), ("She is proud.",))
JANE = Person(2, ("Jane Bennet",), ("The eldest daughter.",))
DARCY = Person(3, ("Fitzwilliam Darcy",), ("He owns Pemberley.",))
STRANGER = Person(4, ("Robin Reed",))
DAIYU = Person(5, ("林黛玉",), ("她进了府。",))
RUHAI = Person(6, ("林如海",), ("他是巡盐御史。",))
LIANG = Person(7, ("诸葛亮", "孔明"), ("他出山了。",))
ZHANG = Person(8, ("张三丰",))
PEOPLE = (ELIZABETH, DARCY, STRANGER, DAIYU, RUHAI, LIANG, ZHANG)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Miss Eliza", ELIZABETH),
        ("miss eliza", ELIZABETH),
        ("Miss Elizabeth Bennet", ELIZABETH),
        ("Miss Elizabeth", ELIZABETH),
        ("Miss Bennet", ELIZABETH),
        ("Mr. Darcy", DARCY),
        ("Dr Reed", STRANGER),
        ("孔明先生", LIANG),
        ("诸葛先生", LIANG),
        ("林姑娘", DAIYU),
        ("林老爷", RUHAI),
        ("黛玉姑娘", DAIYU),
        ("老张", ZHANG),
    ],
)
def test_exactly_one_fits(name: str, who: Person) -> None:
    assert whom_it_means(name, PEOPLE) == who.id


@pytest.mark.parametrize(
    "name",
    ["Mr. Bennet", "Mr Eliza", "Mr Reed", "Miss Darcy", "Mrs Long", "Eliza", "老林", "张姑娘", ""],
)
def test_nobody_fits_for_certain(name: str) -> None:
    assert whom_it_means(name, PEOPLE) is None


@pytest.mark.parametrize("name", ["Miss Bennet", "林大人"])
def test_of_two_who_fit_none_is_chosen(name: str) -> None:
    assert whom_it_means(name, (*PEOPLE, JANE)) is None


def test_who_is_said_to_be_new_may_be_of_a_known_family() -> None:
    assert whom_it_means("Dr Reed", PEOPLE, by_surname=False) is None
    assert whom_it_means("Miss Eliza", PEOPLE, by_surname=False) == ELIZABETH.id


@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("诸葛亮", "此人乃诸葛亮，字孔明，道号卧龙。", ("孔明",)),
        ("关羽", "其人姓关，名羽，字云长，河东人也。", ("云长",)),
        ("张飞", "张飞表字翼德。", ("翼德",)),
        ("刘备", "刘备字迹潦草得很。", ()),
        ("曹操", "诸葛亮，字孔明。", ()),
        ("Mara", "Mara came home.", ()),
    ],
)
def test_courtesy_names_that_the_text_gives(name: str, text: str, names: tuple[str, ...]) -> None:
    assert courtesy_names(name, text) == names


def test_a_title_with_an_alias_finds_the_character_and_is_learnt(book: Book) -> None:
    eliza = Finding("Elizabeth Bennet", "Elizabeth laughed.", aliases=("Eliza",))
    book.chapter(1, "Elizabeth laughed.", eliza)
    book.chapter(2, "Miss Eliza walked home.", Finding("Miss Eliza", "Miss Eliza walked home."))

    assert book.names() == ["Elizabeth Bennet"]
    assert book.entry("Elizabeth Bennet").aliases == ("Eliza", "Miss Eliza")


def test_a_surname_with_two_who_bear_it_makes_an_entry_of_its_own(book: Book) -> None:
    text = "She, Elizabeth, laughed. She, Jane, smiled. Miss Bennet walked home."
    elizabeth = Finding("Elizabeth Bennet", "She, Elizabeth, laughed.", "She laughs.")
    jane = Finding("Jane Bennet", "She, Jane, smiled.", "She smiles.")
    book.chapter(1, text, elizabeth)
    book.chapter(2, text, Finding("Miss Bennet", "Miss Bennet walked home.", "She walks."))
    assert book.names() == ["Elizabeth Bennet"]
    assert book.entry("Elizabeth Bennet").aliases == ()

    book.chapter(3, text, jane)
    book.chapter(4, text, Finding("Miss Bennet", "Miss Bennet walked home.", "She runs."))

    assert sorted(book.names()) == ["Elizabeth Bennet", "Jane Bennet", "Miss Bennet"]


def test_an_alias_of_two_is_not_one_of_them(book: Book) -> None:
    text = "The captain slept. The captain woke. The captain sang."
    book.chapter(1, text, Finding("Ida", "The captain slept.", "a", aliases=("the captain",)))
    book.chapter(2, text, Finding("Wren", "The captain woke.", "b"))
    with book.database.write() as transaction:
        transaction.codex.change_entry(book.entry("Wren").id, aliases=["the captain"])

    book.chapter(3, text, Finding("The captain", "The captain sang.", "c"))

    assert sorted(book.names()) == ["Ida", "The captain", "Wren"]


def test_a_family_name_given_as_another_name_does_not_join_sisters(book: Book) -> None:
    text = "Jane smiled. Elizabeth laughed."
    shared = ("Miss Bennet",)
    book.chapter(1, text, Finding("Jane Bennet", "Jane smiled.", aliases=shared))
    book.chapter(2, text, Finding("Elizabeth Bennet", "Elizabeth laughed.", aliases=shared))

    assert sorted(book.names()) == ["Elizabeth Bennet", "Jane Bennet"]


def test_a_courtesy_name_becomes_another_name(book: Book) -> None:
    text = "诸葛亮，字孔明，隐于隆中。"
    claim = {
        "quotation": text,
        "name": "诸葛亮",
        "aliases": [],
        "role": "main",
        "description": "隐士。",
        "confidence": 0.9,
    }
    answer = NewCharacters.model_validate({"characters": [claim]})
    (fact,) = answer.facts(Evidence(text, 0.7, {}))
    assert fact.aliases == ("孔明",)


@pytest.mark.parametrize("text", ["林姑娘病倒了，再没有起来。", "黛玉病倒了，再没有起来。"])
def test_a_chapter_may_only_address_a_character(text: str) -> None:
    change = {
        "quotation": text[-10:],
        "character": "林黛玉",
        "change": "病倒。",
        "reason": "",
        "confidence": 0.9,
    }
    answer = CharacterChanges.model_validate({"changes": [change]})
    (fact,) = answer.facts(Evidence(text, 0.7, {}))
    assert fact.status is FactStatus.ACCEPTED
