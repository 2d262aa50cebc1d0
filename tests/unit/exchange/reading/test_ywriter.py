"""A yWriter project comes in with its parts, chapters, scenes and emphasis."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book

PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<YWRITER7><PROJECT><Ver>7</Ver><Title><![CDATA[The Storm]]></Title>
<AuthorName><![CDATA[Jane Roe]]></AuthorName></PROJECT>
<CHARACTERS><CHARACTER><ID>1</ID><Title><![CDATA[Ann]]></Title></CHARACTER></CHARACTERS>
<SCENES>
<SCENE><ID>1</ID><Title>a</Title><SceneContent><![CDATA[She [i]ran[/i].
And [b]fell[/b]./* not yet */]]></SceneContent></SCENE>
<SCENE><ID>2</ID><Title>b</Title><SceneContent><![CDATA[It rained.]]></SceneContent></SCENE>
<SCENE><ID>3</ID><Unused>-1</Unused><SceneContent><![CDATA[Gone.]]></SceneContent></SCENE>
<SCENE><ID>4</ID><AppendToPrev>-1</AppendToPrev><SceneContent><![CDATA[Still.]]></SceneContent></SCENE>
<SCENE><ID>5</ID><SceneContent><![CDATA[Sun.]]></SceneContent></SCENE>
</SCENES>
<CHAPTERS>
<CHAPTER><ID>1</ID><Title><![CDATA[The Sea]]></Title><SectionStart>-1</SectionStart></CHAPTER>
<CHAPTER><ID>2</ID><Title><![CDATA[Chapter One: Rain]]></Title>
<Scenes><ScID>1</ScID><ScID>2</ScID><ScID>3</ScID><ScID>4</ScID></Scenes></CHAPTER>
<CHAPTER><ID>3</ID><Title>Notes</Title><ChapterType>1</ChapterType>
<Scenes><ScID>5</ScID></Scenes></CHAPTER>
<CHAPTER><ID>4</ID><Title><![CDATA[Chapter Two]]></Title><Scenes><ScID>5</ScID></Scenes></CHAPTER>
</CHAPTERS></YWRITER7>
"""


@pytest.mark.parametrize("name", ["storm.yw7", "storm.xml"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_chapters_of_a_project(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(mark + PROJECT, encoding="utf-8")
    book = read_book(path)
    (volume,) = book.volumes
    assert (book.title, book.author, volume.title) == ("The Storm", "Jane Roe", "The Sea")
    assert [(c.label, c.title, c.text) for c in volume.chapters] == [
        ("Chapter One", "Rain", "She *ran*.\n\nAnd **fell**.\n\n* * *\n\nIt rained.\n\nStill."),
        ("Chapter Two", "", "Sun."),
    ]


@pytest.mark.parametrize("text", [PROJECT[:900], "<YWRITER7></YWRITER7>"])
def test_half_a_project_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "storm.yw7"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArborisError, match=r"storm\.yw7"):
        read_book(path)
