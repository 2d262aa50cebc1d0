"""The author's prompts: stored for one novel, taken back, and tried before they are stored."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.llm.prompts import PromptLibrary, prompt_names
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.prompt_texts import PromptText, PromptTexts
from tests.support.scripted_provider import ScriptedProvider


@pytest.fixture
def texts(database: Database, source: ProviderSource) -> PromptTexts:
    library = PromptLibrary()
    return PromptTexts(database, library, ModelCalls(database, source, library))


def prompt(texts: PromptTexts, project_id: str, name: str = "draft_chapter") -> PromptText:
    return next(each for each in texts.all(project_id) if each.name == name)


def test_every_prompt_is_there_in_the_language_of_the_novel(
    texts: PromptTexts, novel: NovelContents
) -> None:
    found = texts.all(novel.project.id)

    assert [each.name for each in found] == prompt_names()
    assert {each.language for each in found} == {novel.project.language}
    assert all(each.own is None and each.text == each.ours for each in found)


def test_a_changed_prompt_is_stored_for_this_novel_only(
    texts: PromptTexts, novel: NovelContents, database: Database
) -> None:
    other = Novels(database).create(NewNovel("Other"))
    ours = prompt(texts, novel.project.id)

    changed = texts.save(novel.project.id, ours, ours.ours + "\nNo adverbs.")

    assert prompt(texts, novel.project.id) == changed
    assert changed.text.endswith("No adverbs.")
    assert prompt(texts, other).own is None


def test_our_own_text_is_not_stored_as_the_authors(
    texts: PromptTexts, novel: NovelContents
) -> None:
    ours = prompt(texts, novel.project.id)
    texts.save(novel.project.id, ours, ours.ours + "\nMore.")

    assert texts.save(novel.project.id, ours, ours.ours + "\n").own is None
    assert prompt(texts, novel.project.id).own is None


def test_reset_goes_back_to_ours(texts: PromptTexts, novel: NovelContents) -> None:
    ours = prompt(texts, novel.project.id)
    changed = texts.save(novel.project.id, ours, ours.ours + "\nMore.")

    assert texts.reset(novel.project.id, changed) == ours
    assert prompt(texts, novel.project.id) == ours


@pytest.mark.parametrize(
    "words", ["nothing", "# system\na\n# user\n$unknown", "# system\n$\n# user\n"]
)
def test_what_cannot_be_used_is_refused(
    texts: PromptTexts, novel: NovelContents, words: str
) -> None:
    ours = prompt(texts, novel.project.id)
    with pytest.raises(RuleError):
        texts.save(novel.project.id, ours, words)
    assert prompt(texts, novel.project.id) == ours


def test_the_prompt_of_chapters_is_tried_with_the_next_chapter(
    texts: PromptTexts, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    ours = prompt(texts, novel.project.id)

    shown = asyncio.run(
        texts.preview(
            novel.project.id, ours, "# system\nBe brief.\n# user\n$chapter_title: $chapter_summary"
        )
    )

    assert [message.content for message in shown.messages] == [
        "Be brief.",
        "The Harbour: Mara comes home and finds the lighthouse dark.",
    ]
    assert (shown.provider, shown.tokens > 0) == ("127.0.0.1/scripted", True)
    assert scripted_provider.requests == []
    assert prompt(texts, novel.project.id).own is None


def test_a_chapter_is_named_to_the_model_as_its_author_numbers_it(
    texts: PromptTexts, novel: NovelContents, database: Database
) -> None:
    Novels(database).describe(novel.project.id, novel.project.title, "", "Canto {I}")
    ours = prompt(texts, novel.project.id)

    words = "# system\nBe brief.\n# user\n$chapter_title: $chapter_summary"
    shown = asyncio.run(texts.preview(novel.project.id, ours, words))

    assert shown.messages[1].content.startswith("Canto I The Harbour: ")


def test_any_other_prompt_is_tried_with_its_placeholders(
    texts: PromptTexts, novel: NovelContents
) -> None:
    found = prompt(texts, novel.project.id, "summarise_chapter")

    shown = asyncio.run(texts.preview(novel.project.id, found, found.text))

    assert "⟨chapter_text⟩" in shown.messages[1].content
    assert shown.provider == ""


def test_a_novel_without_chapters_has_a_preview_too(texts: PromptTexts, database: Database) -> None:
    empty = Novels(database).create(NewNovel("Empty"))
    found = prompt(texts, empty)

    shown = asyncio.run(texts.preview(empty, found, found.text))

    assert "⟨chapter_title⟩" in shown.messages[1].content
