"""Files chosen for the frozen application, and the resources that are made for it."""

from __future__ import annotations

import ast
import re
import shutil
import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QImage

import arboris_desktop
import dev
from freeze import contents, icons, names, qt_files, version_resource

_WRITTEN = {".desktop", ".nsi", ".plist", ".py", ".sh", ".spec", ".xml", ".yml"}
"""Files that people write; the pinned requirements name versions of others."""


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Core.so.6",
        "libQt6Widgets.so.6",
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6\\Qt6Gui.dll",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "xllamacpp/xllamacpp.abi3.so",
        "resources/translations/arboris_zh_CN.qm",
        "libssl.so.3",
    ],
)
def test_what_the_window_needs_is_kept(place: str) -> None:
    assert contents.is_wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6Qml.so.6",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/plugins/imageformats/libqpdf.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/qml/QtQml/libqmlplugin.so",
        "PySide6\\Qt6Pdf.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick",
        "resources/translations/arboris_zh_CN.ts",
        "arboris_desktop/storage/migrations/__pycache__/env.cpython-311.pyc",
    ],
)
def test_what_no_window_uses_is_left_out(place: str) -> None:
    assert not contents.is_wanted(place)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other plugins")
def test_every_plugin_for_this_system_exists() -> None:
    """A plugin that Qt renamed would silently be left out."""
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    elsewhere = {"qcocoa", "qwindows", "qmacstyle", "qmodernwindowsstyle"}
    for kind, plugins in qt_files.PLUGINS.items():
        for plugin in plugins - elsewhere:
            assert (folder / kind / f"lib{plugin}.so").exists(), f"{kind}/{plugin}"


@pytest.mark.parametrize(
    "plugin",
    [
        "platforms/libqxcb.so",
        "platforms/libqwayland.so",
        "wayland-shell-integration/libxdg-shell.so",
        # IBus, and Fcitx that speaks its protocol; and dead keys, where there is neither.
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other plugins")
def test_chinese_can_be_typed_on_x_and_on_wayland(plugin: str) -> None:
    """The plugins are kept, and so are the libraries of Qt that they are linked to."""
    place = Path("PySide6/Qt/plugins") / plugin
    assert contents.is_wanted(str(place))
    file = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / plugin
    if shutil.which("objdump") is None:
        pytest.skip("objdump is not installed")
    needed = [name for name in contents.needed_libraries(file) if name.startswith("libQt6")]
    assert needed
    assert [name for name in needed if not contents.is_wanted(f"PySide6/Qt/lib/{name}")] == []


def test_the_translation_of_standard_buttons_exists() -> None:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert all((folder / name).exists() for name in qt_files.TRANSLATIONS)


def test_an_uncompiled_translation_stops_the_build(tmp_path: Path) -> None:
    folder = tmp_path / "resources" / "translations"
    folder.mkdir(parents=True)
    (folder / "arboris_zh_CN.ts").touch()
    with pytest.raises(FileNotFoundError, match=r"arboris_zh_CN\.ts is not compiled"):
        contents.data_files(tmp_path)


def test_the_version_stands_in_one_place() -> None:
    assert names.version() == arboris_desktop.__version__
    read = [dev.ROOT / "pyproject.toml", *(dev.ROOT / ".github").rglob("*.yml")]
    for folder in ("arboris_desktop", "packaging"):
        read += (path for path in (dev.ROOT / folder).rglob("*") if path.suffix in _WRITTEN)
    version = re.compile(rf"(?<![\d.]){re.escape(names.version())}(?![\d.])")
    named = [path.name for path in read if version.search(path.read_text(encoding="utf-8"))]
    assert named == ["__init__.py"]


def test_the_version_resource_can_be_read_by_pyinstaller() -> None:
    text = version_resource.text("arboris-desktop", "1.2.0rc1")
    call = ast.parse(text, mode="eval").body
    assert isinstance(call, ast.Call)
    assert ast.unparse(call.func) == "VSVersionInfo"
    assert "filevers=(1, 2, 0, 0)" in text
    assert "StringStruct('ProductVersion', '1.2.0rc1')" in text


def test_icons_for_every_system(tmp_path: Path) -> None:
    made = icons.make(dev.ROOT / "resources" / "icons" / "app.svg", tmp_path)
    for size, path in made.png.items():
        image = QImage(str(path))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
    _check_ico(made.ico.read_bytes())
    _check_icns(made.icns.read_bytes())


def _check_ico(data: bytes) -> None:
    _, kind, count = struct.unpack_from("<HHH", data)
    assert kind == 1
    for number in range(count):
        entry = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        image = QImage.fromData(data[entry[7] : entry[7] + entry[6]])
        assert image.width() == (entry[0] or 256)


def _check_icns(data: bytes) -> None:
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4) == (len(data),)
    place, sizes = 8, []
    while place < len(data):
        (length,) = struct.unpack_from(">I", data, place + 4)
        sizes.append(QImage.fromData(data[place + 8 : place + length]).width())
        place += length
    assert max(sizes) == 512
    assert min(sizes) == 16


@pytest.mark.qt_log_ignore("Cannot read file")
def test_something_that_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "app.svg").write_text("not a picture", encoding="utf-8")
    with pytest.raises(ValueError, match="not an SVG"):
        icons.make(tmp_path / "app.svg", tmp_path / "out")
