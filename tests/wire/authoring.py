"""Writing a chapter over a wire with the command line: what is stored then, and what is said."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.novel import ChapterDraft, ChapterVersion
from arboris_desktop.services import Services, build_services
from tests.support.prose import prose
from tests.wire.wires import Rule, Wire, WireServer, serving

STORY = prose(1430) + "\n\nAnd the lighthouse burned again."
"""A chapter of about the length that is wanted by default."""

SHORT = prose(150) + "\n\nAnd the lighthouse burned."
"""One that comes out short."""

SECRET = "sk-wire-secret-0123456789"


def prepared_home(folder: Path) -> Path:
    """A data folder with a novel, made once and copied for each test."""
    home = folder / "template"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("ARBORIS_HOME", str(home))
        assert main(["new", "The Lamp", "--premise", "A keeper's daughter comes home."]) == 0
        services = build_services()
        (novel,) = services.novels.all()
        services.close()
    (home / "project").write_text(novel.id)
    return home


@dataclass(frozen=True, slots=True)
class Written:
    """The result of a command."""

    code: int
    out: str
    err: str
    version: ChapterVersion | None
    draft: ChapterDraft | None
    tasks: int
    requests: int

    @property
    def stored(self) -> str | None:
        """The chapter's text."""
        return None if self.version is None else self.version.content

    @property
    def kept(self) -> str | None:
        """The draft's."""
        return None if self.draft is None else self.draft.content


class Author:
    """Works at a novel by commands."""

    def __init__(
        self,
        home: Path,
        template: Path,
        capsys: pytest.CaptureFixture[str],
        environment: pytest.MonkeyPatch,
    ) -> None:
        shutil.copytree(template, home)
        self._capsys = capsys
        self._environment = environment
        environment.setenv("ARBORIS_HOME", str(home))
        environment.setenv("ARBORIS_API_KEY", SECRET)
        environment.setenv("ARBORIS_MODEL", "scripted")
        self.project_id = (template / "project").read_text()

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The use cases over the data as it is stored."""
        services = build_services()
        try:
            yield services
        finally:
            services.close()

    def write(self, *wires: Wire | Rule, chapter: int = 1, more: tuple[str, ...] = ()) -> Written:
        """Writes a chapter against a server that answers by these wires."""
        with serving(*wires) as server:
            return self.write_at(server, chapter=chapter, more=more)

    def write_at(
        self, server: WireServer, *, chapter: int = 1, more: tuple[str, ...] = ()
    ) -> Written:
        """The same at a server that is there already."""
        self._environment.setenv("ARBORIS_BASE_URL", server.url)
        self._capsys.readouterr()
        code = main(["write", self.project_id, "--chapter", str(chapter), *more])
        said = self._capsys.readouterr()
        with self.services() as services:
            opened = services.novels.open(self.project_id)
            (overview,) = [each for each in opened.chapters if each.number == chapter]
            return Written(
                code,
                said.out,
                said.err,
                services.editing.open(overview.id).version,
                services.drafting.draft(overview.id),
                services.queue.counts().total,
                len(server.requests),
            )

    def run(self, *arguments: str) -> tuple[int, Any]:
        """Another command; its JSON."""
        self._capsys.readouterr()
        code = main([*arguments])
        said = self._capsys.readouterr().out
        return code, json.loads(said) if said.startswith(("{", "[")) else said
