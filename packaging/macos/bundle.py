"""The description of the application for macOS: the contents of Info.plist."""

from __future__ import annotations

from freeze import names, version_resource

OLDEST_MACOS = "13.0"
"""The oldest macOS on which the wheels of Qt 6.11 run."""


def information(version: str | None = None) -> dict[str, object]:
    """The keys of Info.plist that PyInstaller does not write by itself.

    `version` is the application's, by default; macOS takes its numbers only.
    """
    numbers = version_resource.four_numbers(version or names.version())
    version = ".".join(map(str, numbers[:3]))
    return {
        "CFBundleDisplayName": names.APPLICATION,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDocumentTypes": [_document_type()],
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "UTExportedTypeDeclarations": [_type_declaration()],
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{names.AUTHORS}. MIT licence.",
        # A dark desktop gets a dark window.
        "NSRequiresAquaSystemAppearance": False,
    }


def _document_type() -> dict[str, object]:
    """The application opens and writes a novel's file, and is the first choice for it."""
    return {
        "CFBundleTypeIconFile": "app.icns",
        "CFBundleTypeName": "Arboris novel",
        "CFBundleTypeRole": "Editor",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [names.NOVEL_UTI],
    }


def _type_declaration() -> dict[str, object]:
    """A declaration of that file to the system, by its suffix and MIME type."""
    return {
        "UTTypeIdentifier": names.NOVEL_UTI,
        "UTTypeDescription": "Arboris novel",
        "UTTypeConformsTo": ["public.data", "public.content"],
        "UTTypeTagSpecification": {
            "public.filename-extension": [names.NOVEL_SUFFIX.removeprefix(".")],
            "public.mime-type": [names.NOVEL_TYPE],
        },
    }
