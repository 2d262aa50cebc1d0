"""What macOS reads about the application: the contents of Info.plist."""

from __future__ import annotations

from freeze import names, version_resource

OLDEST_MACOS = "13.0"
"""What the wheels of Qt 6.11 run on."""


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
        "CFBundleLocalizations": ["en", "zh_CN"],
        "LSApplicationCategoryType": "public.app-category.productivity",
        "LSMinimumSystemVersion": OLDEST_MACOS,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": f"{names.AUTHORS}. MIT licence.",
        # A dark desktop gets a dark window.
        "NSRequiresAquaSystemAppearance": False,
    }
