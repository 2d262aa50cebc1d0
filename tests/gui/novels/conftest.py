"""Two marked novels for the tests of this folder, in either language."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import Language
from tests.gui.novels.novel_ways import Novels
from tests.support.studio_stage import open_services
from tests.support.two_novels import MARKS, make_novel


@pytest.fixture(params=list(MARKS), ids=lambda language: str(language.value))
def novels(request: pytest.FixtureRequest, world: dict[str, str]) -> Novels:
    language: Language = request.param
    services = open_services(world)
    first, second = (make_novel(services, mark, language) for mark in MARKS[language])
    services.close()
    return first, second
