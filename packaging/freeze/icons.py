"""The application's icon in every form that a system wants, drawn from one SVG file."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels: what the hicolor theme, Windows and macOS ask for."""

_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
    b"ic11": 32,
    b"ic12": 64,
    b"ic13": 256,
    b"ic14": 512,
}
"""Type of an image in an ICNS file -> its pixels; those from ic11 on are for fine screens."""


@dataclass(frozen=True, slots=True)
class Icons:
    """The drawn icons: PNG files by size, and one file each for Windows and macOS."""

    png: dict[int, Path]
    ico: Path
    icns: Path


def make(svg: Path, folder: Path) -> Icons:
    """Draws all of them into a folder; raises ValueError when the SVG cannot be read."""
    renderer = QSvgRenderer(str(svg))
    if not renderer.isValid():
        raise ValueError(f"{svg} is not an SVG that Qt can draw")
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {size: _png(renderer, size) for size in SIZES}
    made = Icons(
        {size: folder / f"{size}.png" for size in SIZES}, folder / "app.ico", folder / "app.icns"
    )
    for size, path in made.png.items():
        path.write_bytes(drawn[size])
    made.ico.write_bytes(ico_file({size: drawn[size] for size in _ICO_SIZES}))
    made.icns.write_bytes(icns_file({kind: drawn[size] for kind, size in _ICNS_TYPES.items()}))
    return made


def _png(renderer: QSvgRenderer, size: int) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def ico_file(images: dict[int, bytes]) -> bytes:
    """An ICO file of PNG images (size in pixels -> image): a directory, then the images."""
    header = struct.pack("<HHH", 0, 1, len(images))
    place = len(header) + 16 * len(images)
    directory = b""
    for size, image in images.items():
        edge = size % 256  # 0 stands for 256
        directory += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(image), place)
        place += len(image)
    return header + directory + b"".join(images.values())


def icns_file(images: dict[bytes, bytes]) -> bytes:
    """An ICNS file of PNG images (type -> image): each with its type and length before it."""
    body = b"".join(
        kind + struct.pack(">I", 8 + len(image)) + image for kind, image in images.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(body)) + body
