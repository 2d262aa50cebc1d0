"""Two marked novels for the tests of this folder, in either language: in English where time does
not matter, since the novels differ and the window does not."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import Language
from tests.gui.novels.novel_ways import Novels
from tests.support.studio_stage import open_services
from tests.support.two_novels import MARKS, make_novel

LANGUAGES = [
    pytest.param(Language.ENGLISH, marks=pytest.mark.long, id="en"),
    pytest.param(Language.CHINESE, id="zh"),
]


@pytest.fixture(params=LANGUAGES)
def novels(request: pytest.FixtureRequest, world: dict[str, str]) -> Novels:
    language: Language = request.param
    services = open_services(world)
    first, second = (make_novel(services, mark, language) for mark in MARKS[language])
    services.close()
    return first, second
