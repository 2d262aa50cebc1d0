"""Reading what is typed as a server's address and key, also with what was pasted along with it."""

from __future__ import annotations

from urllib.parse import urlsplit

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.domain.server_presets import PRESETS


def cleaned_address(text: str) -> str:
    """The address that would be asked; empty when there is none in the text."""
    if not text or any(text == preset.address for preset in PRESETS):
        return text
    # Imported here and below: it brings httpx along, which no start and no first question needs.
    from arboris_desktop.llm.wire.addresses import api_root

    try:
        return str(api_root(text))
    except ProviderError:
        return ""


def cleaned_key(text: str) -> str:
    """The key in the text; empty when there is none, or an impossible one."""
    if not text:
        return ""
    from arboris_desktop.llm.wire.addresses import clean_key

    try:
        return clean_key(text) or ""
    except ProviderError:
        return ""


def is_possible_key(text: str) -> bool:
    """True if a key is in the text, or nothing that would be wrong in one."""
    return bool(cleaned_key(text)) or not impossible_characters(text)


def impossible_characters(text: str) -> str:
    """Those that no header can carry, each once."""
    return " ".join(dict.fromkeys(c for c in text if not (c.isascii() and c.isprintable())))


def is_address(text: str) -> bool:
    """True if it names a server that can be asked."""
    scheme, host = server_of(text)
    return scheme in ("http", "https") and bool(host)


def holds_secret(text: str) -> bool:
    """True if the address names a user. A password with a slash in it seems to end the host; that
    it was none is told by its impossible port."""
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises for an impossible one
        return "@" in parts.netloc
    except ValueError:
        return "@" in text


def server_of(text: str) -> tuple[str, str]:
    """Scheme and host with port: who gets what is sent to the address."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()
