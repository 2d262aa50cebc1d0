"""pydantic is read whole by whoever comes first, and by nobody else in part."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import arboris_desktop

PACKAGE = Path(arboris_desktop.__file__).parent

_FIRST_USE = """
import sys
from arboris_desktop.llm import forms

def read():
    return {name for name in list(sys.modules) if name.split(".")[0] == "pydantic"}

before = read()
from arboris_desktop.analysis import answers, characters, foreshadowing, combined_question, world
from arboris_desktop.exchange.novel_file import manifest
from arboris_desktop.writing.blueprint import forms as blueprint
from arboris_desktop.writing.chapters import evaluation_form
from arboris_desktop.writing.concept import forms as concept
from arboris_desktop.writing.outline import forms as outline
from arboris_desktop.writing.reviews import forms as reviews

for module in (characters, foreshadowing, world, manifest, blueprint, concept, outline, reviews):
    for made in list(vars(module).values()):
        if isinstance(made, type) and issubclass(made, forms.BaseModel) and made.model_fields:
            made.model_json_schema()
            try:
                made.model_validate_json("{}")
            except forms.ValidationError:
                pass
print(*sorted(read() - before))
"""


def test_nobody_else_reads_it() -> None:
    readers = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"^\s*(from|import) pydantic\b", path.read_text("utf-8"), re.M)
    ]
    assert readers == [str(Path("llm") / "forms.py")]


def test_nothing_of_it_is_left_to_be_read() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_USE], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == []
