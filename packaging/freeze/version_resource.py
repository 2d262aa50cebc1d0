"""The version resource of a Windows program: what Explorer shows under *Details*."""

from __future__ import annotations

import re
from pathlib import Path

from freeze import names

_TEMPLATE = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
                    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
{strings}
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""


def write(path: Path, program: str) -> Path:
    """Writes the resource of one program in the form that PyInstaller reads; returns `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(program, names.version()), encoding="utf-8")
    return path


def text(program: str, version: str) -> str:
    """The resource; `version` may carry letters (`1.2.0rc1`), its numbers may not."""
    strings = {
        "CompanyName": names.AUTHORS,
        "FileDescription": names.APPLICATION,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": f"{names.AUTHORS}. MIT licence.",
        "OriginalFilename": f"{program}.exe",
        "ProductName": names.APPLICATION,
        "ProductVersion": version,
    }
    lines = [f"      StringStruct({name!r}, {value!r})," for name, value in strings.items()]
    return _TEMPLATE.format(numbers=four_numbers(version), strings="\n".join(lines))


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers by which Windows compares versions: (1, 2, 0, 0) for `1.2.0rc1`."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    found = [int(number) for number in release[0].split(".")] if release else []
    major, minor, patch, build = (found + [0] * 4)[:4]
    return major, minor, patch, build
