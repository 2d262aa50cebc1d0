"""A novelWriter project comes in with its parts, chapters, scenes and emphasis."""

from __future__ import annotations

from pathlib import Path
from shutil import make_archive

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book

PART, ONE, SCENE, TWO, NOTE, OFF, TRASHED = (f"{n:013x}" for n in range(1, 8))
NOVEL, NOTES, TRASH = (f"{n:013x}" for n in range(101, 104))


def item(handle: str, root: str = NOVEL, active: str = "yes", layout: str = "DOCUMENT") -> str:
    return (
        f'<item handle="{handle}" parent="{root}" root="{root}" order="0" type="FILE" '
        f'class="NOVEL" layout="{layout}"><name status="s1" active="{active}">x</name></item>'
    )


def project(*items: str) -> str:
    roots = "".join(
        f'<item handle="{handle}" parent="None" root="{handle}" type="ROOT" class="{kind}"/>'
        for handle, kind in ((NOVEL, "NOVEL"), (NOTES, "CHARACTER"), (TRASH, "TRASH"))
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<novelWriterXML appVersion="2.6" '
        'fileVersion="1.5"><project id="x"><name>Working name</name><author>Jane  Roe</author>'
        f"</project><content>{roots}{''.join(items)}</content></novelWriterXML>"
    )


def write(folder: Path, listing: str, **documents: str) -> Path:
    (folder / "content").mkdir(parents=True)
    for handle, text in documents.items():
        head = f"%%~name: x\n%%~path: {NOVEL}/{handle}\n%%~kind: NOVEL/DOCUMENT\n"
        (folder / "content" / f"{handle}.nwd").write_text(head + text, encoding="utf-8")
    path = folder / "nwProject.nwx"
    path.write_text(listing, encoding="utf-8")
    return path


def test_the_novel_of_a_project(tmp_path: Path) -> None:
    listing = project(
        item(PART),
        item(ONE),
        item(SCENE),
        item(TWO),
        item(NOTE, root=NOTES),
        item(OFF, active="no"),
        item(TRASHED, root=TRASH),
    )
    documents = {
        PART: "#! The Storm\n\n# The Sea\n",
        ONE: "## Rain\n\n@pov: Jane\n\n%Synopsis: It rains.\n\n### First\n\n"
        "She _ran_ and **fell**.\nA second line.\n\n>> Centred. <<\n",
        SCENE: "### Second\n\nsnake_case_word[footnote:a1] [i]sloped[/i] ~~gone~~\\_\n\n"
        "%Footnote.a1: A note.\n",
        TWO: "##! Interlude\n\n雨下了_很久_。\n",
        NOTE: "# Jane\n\nNot the book.\n",
        OFF: "## Off\n\nNot the book.\n",
        TRASHED: "## Gone\n\nNot the book.\n",
    }
    book = read_book(write(tmp_path / "p", listing, **documents))
    assert (book.title, book.author) == ("The Storm", "Jane Roe")
    (volume,) = book.volumes
    assert volume.title == "The Sea"
    assert [chapter.title for chapter in volume.chapters] == ["Rain", "Interlude"]
    assert volume.chapters[0].text == (
        "She *ran* and **fell**.\nA second line.\n\nCentred.\n\n* * *\n\n"
        "snake_case_word[^a1] *sloped* gone_\n\n[^a1]: A note."
    )


def test_a_project_of_an_old_version(tmp_path: Path) -> None:
    old = (
        f'<item handle="{{}}" order="0" parent="{NOVEL}"><name>x</name><type>FILE</type>'
        "<class>NOVEL</class><exported>{}</exported><layout>SCENE</layout></item>"
    )
    listing = project(old.format(ONE, "True"), old.format(TWO, "False"))
    path = write(tmp_path / "p", listing, **{ONE: "## Rain\n\nIt rained.", TWO: "## No\n\nNo."})
    book = read_book(path)
    assert book.title == "Working name"
    assert [(c.title, c.text) for v in book.volumes for c in v.chapters] == [("Rain", "It rained.")]


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        (project(item("../../../secret")), "no document of the novel"),
        (project(item(ONE))[:-40], "damaged"),
        (project(item(ONE)).replace("\n<novel", '\n<!DOCTYPE a [<!ENTITY x "y">]><novel'), "entit"),
        (project(item(TWO)), "no document of the novel"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, listing: str, words: str) -> None:
    (tmp_path / "secret.nwd").write_text("## Secret\n\nSecret.")
    with pytest.raises(ArborisError, match=words):
        read_book(write(tmp_path / "p", listing, **{ONE: "## Rain\n\nIt rained."}))


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("## Secret\n\nSecret.")
    path = write(tmp_path / "p", project(item(ONE)))
    (path.parent / "content" / f"{ONE}.nwd").symlink_to(secret)
    with pytest.raises(ArborisError, match="no document"):
        read_book(path)


HEAD = '+++\nname = "x"\nhandle = "{handle}"\nclass = "NOVEL"\nlayout = "DOCUMENT"\n+++\n'


def a_new_project(folder: Path) -> Path:
    """As novelWriter 26.2 stores it."""
    listing = project(
        item(ONE), item(NOTE, root=NOTES).replace('class="NOVEL"', 'class="CHARACTER"')
    )
    path = write(folder, listing.replace("1.5", "1.6"))
    texts = {
        ONE: "## Rain\n\n%Synopsis: It rains.\n% check this\n\n"
        "A ==light== [field:x]rain.\n\n % text\n",
        NOTE: "# Jane Roe\n\n@tag: Jane | The Captain\n\n%Short: A sailor.\n\nTall, with <A>.\n",
    }
    for handle, text in texts.items():
        (folder / "content" / f"{handle}.md").write_text(HEAD.format(handle=handle) + text)
    return path


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_project_of_the_newest_version(tmp_path: Path, is_packed: bool) -> None:
    path = a_new_project(tmp_path / "p")
    if is_packed:  # a backup
        path = Path(make_archive(str(tmp_path / "backup"), "zip", tmp_path / "p"))
    book = read_book(path)
    ((chapter,),) = (volume.chapters for volume in book.volumes)
    assert (chapter.title, chapter.text) == ("Rain", "A light rain.\n\n% text")
    assert (chapter.plan, chapter.scratchpad) == ("It rains.", "check this")
    (row,) = book.codex
    assert (row.kind, row.name, row.aliases) == ("character", "Jane Roe", ("Jane", "The Captain"))
    assert (row.role, row.description) == ("A sailor.", "Tall, with <A>.")
