"""Parsing a typed or pasted address and key of a server."""

from __future__ import annotations

from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.server_presets import PRESETS


def cleaned_address(text: str) -> str:
    """Returns the effective address; empty if the text contains none."""
    if not text or any(text == preset.address for preset in PRESETS):
        return text
    # Imported here and below: it imports httpx, which neither a start nor the first question needs.
    from arboris_desktop.llm.wire.addresses import api_root

    try:
        return str(api_root(text))
    except ProviderError:
        return ""


def cleaned_key(text: str) -> str:
    """Returns the key in the text; empty if there is none, or an invalid one."""
    if not text:
        return ""
    from arboris_desktop.llm.wire.addresses import clean_key

    try:
        return clean_key(text) or ""
    except ProviderError:
        return ""


def is_possible_key(text: str) -> bool:
    """True if the text contains a key, or nothing that would be invalid in one."""
    return bool(cleaned_key(text)) or not impossible_characters(text)


def impossible_characters(text: str) -> str:
    """Returns the characters that no header can carry, each once."""
    return " ".join(dict.fromkeys(c for c in text if not (c.isascii() and c.isprintable())))


def is_address(text: str) -> bool:
    """True if it names a server that can be reached."""
    scheme, host = server_of(text)
    return scheme in ("http", "https") and bool(host)


def holds_secret(text: str) -> bool:
    """True if the address contains a user name.

    A password with a slash seems to end the host, which shows by an invalid port.
    """
    try:
        parts = urlsplit(text)
        _ = parts.port  # Raises for an invalid one.
        return "@" in parts.netloc
    except ValueError:
        return "@" in text


def server_of(text: str) -> tuple[str, str]:
    """Returns scheme, host and port: the recipient of what is sent to the address."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()
