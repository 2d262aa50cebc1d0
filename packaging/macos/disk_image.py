"""The disk image for macOS: signed, packed, notarised. Runs on macOS only.

Signing and notarising need an Apple developer's identity; without the variables below the image
is made unsigned, which is enough to try it on one's own machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from freeze import names

ENTITLEMENTS = Path(__file__).with_name("entitlements.plist")

IDENTITY_VARIABLE = "ARBORIS_SIGN_IDENTITY"
"""Holds the name of the certificate in the keychain: `Developer ID Application: ...`."""

PROFILE_VARIABLE = "ARBORIS_NOTARY_PROFILE"
"""Holds the profile that `xcrun notarytool store-credentials` made."""


def make(dist: Path, version: str) -> Path:
    """Makes the image from the `.app` in `dist`; returns the file.

    Raises CalledProcessError when a tool of Apple's refuses.
    """
    application = dist / f"{names.APPLICATION}.app"
    target = dist / f"{names.COMMAND}-{version}-macos-{os.uname().machine}.dmg"
    identity = os.environ.get(IDENTITY_VARIABLE)
    if identity:
        run(sign_command(application, identity))
    stage = dist / "image"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    shutil.copytree(application, stage / application.name, symlinks=True)
    # Dragged onto it, the application is installed.
    (stage / "Applications").symlink_to("/Applications")
    run(image_command(stage, target))
    shutil.rmtree(stage)
    if identity:
        run(["codesign", "--sign", identity, "--timestamp", str(target)])
        if profile := os.environ.get(PROFILE_VARIABLE):
            run(notarise_command(target, profile))
            run(["xcrun", "stapler", "staple", str(target)])
    return target


def sign_command(application: Path, identity: str) -> list[str]:
    """Signs the application and all within it, for the hardened runtime that Apple asks for."""
    options = ["--force", "--deep", "--timestamp", "--options", "runtime"]
    return [
        *("codesign", *options, "--entitlements", str(ENTITLEMENTS)),
        *("--sign", identity, str(application)),
    ]


def image_command(stage: Path, target: Path) -> list[str]:
    """Packs a folder as a compressed, read-only image."""
    options = ["-volname", names.APPLICATION, "-format", "ULMO", "-ov"]
    return ["hdiutil", "create", *options, "-srcfolder", str(stage), str(target)]


def notarise_command(target: Path, profile: str) -> list[str]:
    """Hands the image to Apple and waits for the verdict."""
    return ["xcrun", "notarytool", "submit", str(target), "--keychain-profile", profile, "--wait"]


def run(command: list[str]) -> None:
    """Runs a tool; raises CalledProcessError when it fails."""
    subprocess.run(command, check=True)
