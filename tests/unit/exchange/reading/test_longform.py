"""The scenes of a Longform project come in the order of its index, not in that of their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.exchange.reading.longform import LongformIndex, read_index
from tests.support.parsing import shape, texts

INDEX = """---
longform:
  format: scenes
  title: "The Ferry"
  workflow: Default Workflow
  sceneFolder: {folder}
  scenes:
    - Snow
    - - Rain
      - 'Deep Fog'
    - Anchor
  ignoredFiles:
    - Notes
---
{text}"""


def project(folder: Path, scene_folder: str = "/", text: str = "") -> Path:
    scenes = folder / scene_folder.strip("/")
    scenes.mkdir(parents=True, exist_ok=True)
    (folder / "Index.md").write_text(INDEX.format(folder=scene_folder, text=text))
    for name in ("Anchor", "Deep Fog", "Rain", "Snow", "Other"):
        (scenes / f"{name}.md").write_text(f"The {name.lower()} came down upon the mill.\n")
    return folder


@pytest.mark.parametrize("scene_folder", ["/", "/Scenes"])
def test_scenes_are_in_their_own_order(tmp_path: Path, scene_folder: str) -> None:
    book = BookFile(project(tmp_path / "ferry", scene_folder)).book()
    names = [title for _volume, titles in shape(book) for title in titles]
    assert (book.title, names) == ("The Ferry", ["Snow", "Rain", "Deep Fog", "Anchor", "Other"])


def test_what_the_index_says_besides_is_kept(tmp_path: Path) -> None:
    book = BookFile(project(tmp_path / "ferry", text="A plan of mine.\n")).book()
    assert "A plan of mine." in texts(book)[0]
    assert "longform" not in "".join(texts(book))


def test_a_long_index_is_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    names = [f"Bells of {n} towers" for n in range(300)]
    scenes = "".join(f"    - {name}\n" for name in reversed(names))
    (folder / "A.md").write_text(f"---\nlongform:\n  format: scenes\n  scenes:\n{scenes}---\n")
    for name in names:
        (folder / f"{name}.md").write_text("It rained upon the mill.")
    found = [title for _volume, titles in shape(BookFile(folder).book()) for title in titles]
    assert found == names[::-1]


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"---\n",
        b"---\nlongform:",
        b"---\nlongform:\n---\n",
        b"---\nlongform:\n  scenes: []\n---\n",
        b"---\ntitle: x\n---\nlongform:\n  scenes:\n    - a\n",
        b"longform:\n  scenes:\n    - a\n",
    ],
)
def test_other_notes_are_no_index(note: bytes) -> None:
    assert read_index(note) is None


def test_a_list_level_with_its_key_is_read() -> None:
    note = b"---\nlongform:\n  scenes:\n  - a\n  - b\nother: 1\n---\n"
    assert read_index(note) == LongformIndex("", ("a", "b"))
