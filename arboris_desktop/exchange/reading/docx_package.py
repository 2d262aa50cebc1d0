"""Word packages that the library does not open: strict ones, and those with macros."""

from __future__ import annotations

import io
import re
import zipfile

from arboris_desktop.exchange.reading.containers import Container

_TYPES = "[Content_Types].xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_OTHER_MAIN = re.compile(
    rb"application/vnd\.(?:ms-word\.(?:document|template)\.macroEnabled\w*"
    rb"|openxmlformats-officedocument\.wordprocessingml\.template)\.main\+xml"
)
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def usual_package(data: bytes, container: Container) -> bytes:
    """Returns the package as an ordinary document; unchanged if it is one."""
    types = container.read_if_there(_TYPES) or b""
    is_strict = any(
        _STRICT in (container.read_if_there(name) or b"")
        for name in ("_rels/.rels", "word/document.xml")
    )
    if not is_strict and not _OTHER_MAIN.search(types):
        return data
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(container.names):
            part = container.read(name)
            archive.writestr(name, _usual(part) if name.endswith((".xml", ".rels")) else part)
    return target.getvalue()


def _usual(part: bytes) -> bytes:
    plain = _STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
    return _OTHER_MAIN.sub(_MAIN, plain)
