"""Addresses and keys as people type and paste them."""

from __future__ import annotations

import re
import unicodedata

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import is_near
from arboris_desktop.text.patterns import lazy_pattern

_INVISIBLE = lazy_pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTES = "\"'`“”‘’„«»「」『』<>()[]{}，,;；。 \t\r\n\u00a0\u3000"
_IN_NO_HOST = frozenset("[]%<>|\"'` ")
_NAME_BEFORE = lazy_pattern(
    r"^(?:export\s+|set\s+|\$env:)?[^\W\d][\w .-]{0,40}?\s*[=:]\s*[\"'“”]*(?=https?[:：])", re.I
)
_LINK = lazy_pattern(r"^\[[^\]\n]*\]\((https?:[^)\s]+)\)$", re.IGNORECASE)
_KEY_BEFORE = lazy_pattern(
    r"^(?:(?:export|set|-H|--header)\s+|\$env:)?[\"'“”{\s]*"
    r"(?:(?:authorization|x-api-key|api[-_ ]?key|[A-Z][A-Z0-9_]*_KEY|token|key|密钥|令牌|秘钥)"
    r"[\"'“”]*"
    r"(?:\s*[=:：]\s*|\s+(?=[a-z0-9]+-)))?"
    r"[\"'“”]*(?:bearer(?:\s*[:：]\s*|\s+|$))?",
    re.IGNORECASE,
)
_SUFFIXES = (
    "/chat/completions",
    "/completions",
    "/models",
    "/responses",
    "/embeddings",
    "/chat",
    "/generate",
    "/tags",
    "/messages",
)
_TWICE = lazy_pattern(
    r"(/v\d+(?:beta|alpha)?\d*)(?:/+v\d+(?:beta|alpha)?\d*)*(?:\1)+(?=/|$)", re.IGNORECASE
)


def api_root(base_url: str) -> httpx.URL:
    """The address that paths such as ``/models`` are appended to.

    A bare host gets ``/v1``, and a missing scheme ``https`` (``http`` on this computer and in
    private networks). Raises ``ProviderError``: NOT_CONFIGURED when empty, NOT_AN_API when it
    cannot be an address, or holds a user name or a password.
    """
    text = _cleaned_address(base_url)
    if not text:
        raise ProviderError(ErrorKind.NOT_CONFIGURED, "no server address is set")
    try:
        url = httpx.URL(text if "://" in text else f"https://{text}")
    except httpx.InvalidURL:
        raise ProviderError(ErrorKind.NOT_AN_API, "this is not a server address") from None
    if url.scheme not in ("http", "https") or not url.host or set(url.host) & _IN_NO_HOST:
        raise ProviderError(ErrorKind.NOT_AN_API, "the address must begin with http:// or https://")
    if url.userinfo:
        # The HTTP library would send them in place of the key, and nobody would know.
        raise ProviderError(
            ErrorKind.NOT_AN_API,
            "the address holds a user name or a password: remove what stands before the @, and give"
            " the password as the key",
        )
    if "://" not in text and is_near(url.host):
        url = url.copy_with(scheme="http")
    return url.copy_with(path=_root_path(url), fragment=None)


def _cleaned_address(typed: str) -> str:
    text = _INVISIBLE.sub("", typed).replace("：", ":").replace("／", "/").replace("．", ".")
    # Full-width letters come from an input method.
    text = re.sub("[\uff21-\uff3a\uff41-\uff5a\uff10-\uff19]", _half_width, text)
    if link := _LINK.match(text.strip()):
        text = link[1]
    text = _NAME_BEFORE.sub("", text.strip(_QUOTES.replace("[", "").replace("]", "")))
    text = re.sub(r"^(?:GET|POST|curl(?: -\S+)*)\s+", "", text).strip(
        _QUOTES.replace("[", "").replace("]", "")
    )
    # A scheme that was typed twice, or with a slash too few.
    text = re.sub(r"^(?:https?:/*)+(?=https?:)", "", text, flags=re.IGNORECASE)
    return re.sub(r"^(https?):/*(?=[^/])", r"\1://", text, flags=re.IGNORECASE)


def _half_width(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letter[0])


def _root_path(url: httpx.URL) -> str:
    path = re.sub(r"/{2,}", "/", url.path).rstrip("/")
    shorter = None
    while shorter != path:
        shorter, path = path, _without_suffix(path).rstrip("/")
    path = _TWICE.sub(r"\1", path)
    if path.lower() == "/api" and is_near(url.host):
        # Where Ollama has its own protocol; the one that is spoken here is beside it.
        return "/v1"
    if path in ("", "/openai") and url.host.endswith(
        (".openai.azure.com", ".services.ai.azure.com")
    ):
        return "/openai/v1"
    return f"{path}/v1" if path.lower() in ("", "/api", "/openai") else path


def _without_suffix(path: str) -> str:
    for suffix in _SUFFIXES:
        if path.lower().endswith(suffix):
            return path[: -len(suffix)]
    return path


def clean_key(pasted: str | None) -> str | None:
    """The key in what was pasted; ``None`` when there is none.

    Raises ``ProviderError`` (IMPOSSIBLE_KEY) for one with characters that no header can carry.
    """
    key = _INVISIBLE.sub("", pasted or "").strip(_QUOTES)
    key = _KEY_BEFORE.sub("", key, count=1).strip(_QUOTES)
    key = re.sub(r"\s+#.*$", "", key).strip(_QUOTES)
    # Full-width letters come from an input method, and a line end within from a mail.
    key = re.sub(
        r"[\s\u00a0\u3000]*[\r\n]+[\s\u00a0\u3000]*", "", unicodedata.normalize("NFKC", key)
    )
    if not (key.isascii() and key.isprintable()):
        # The HTTP library would refuse it with a message that quotes it.
        raise ProviderError(ErrorKind.IMPOSSIBLE_KEY, "the API key contains impossible characters")
    return key or None
