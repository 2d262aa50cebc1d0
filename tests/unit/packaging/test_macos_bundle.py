"""The description for macOS can be read by it."""

from __future__ import annotations

import plistlib
import re

import arboris_desktop
from freeze import names
from macos import bundle, disk_image


def test_the_information_is_a_property_list_with_what_macos_asks_for() -> None:
    read = plistlib.loads(plistlib.dumps(bundle.information()))
    assert read == bundle.information()
    assert read["CFBundleShortVersionString"] == arboris_desktop.__version__
    assert re.fullmatch(r"\d+(\.\d+){0,2}", read["CFBundleVersion"])
    assert re.fullmatch(r"\d+\.\d+", read["LSMinimumSystemVersion"])
    assert read["NSHighResolutionCapable"] is True
    assert set(read["CFBundleLocalizations"]) == {"en", "zh_CN"}
    assert re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", names.BUNDLE_IDENTIFIER)


def test_the_file_of_a_novel_is_declared_and_opened_by_the_application() -> None:
    read = plistlib.loads(plistlib.dumps(bundle.information()))
    (declared,), (opened,) = read["UTExportedTypeDeclarations"], read["CFBundleDocumentTypes"]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]] == [names.NOVEL_UTI]
    assert declared["UTTypeTagSpecification"] == {
        "public.filename-extension": ["arboris"],
        "public.mime-type": ["application/vnd.arboris.novel"],
    }
    # Only what conforms to data can be a document.
    assert "public.data" in declared["UTTypeConformsTo"]


def test_a_trial_version_has_numbers_only_where_macos_wants_them() -> None:
    read = bundle.information("1.2.0rc1")
    assert read["CFBundleVersion"] == read["CFBundleShortVersionString"] == "1.2.0"


def test_the_entitlements_are_a_property_list_of_switches() -> None:
    switches = plistlib.loads(disk_image.ENTITLEMENTS.read_bytes())
    assert switches
    assert all(value is True for value in switches.values())
    assert all(name.startswith("com.apple.security.cs.") for name in switches)
