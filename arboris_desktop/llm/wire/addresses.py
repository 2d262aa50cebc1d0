"""Addresses and keys as people type and paste them."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import is_near
from arboris_desktop.text.patterns import lazy_pattern

_IPV6 = 6

_INVISIBLE = lazy_pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTES = "\"'`“”‘’„«»「」『』【】<>()（）[]{}，,;；。、！ \t\r\n\u00a0\u3000"
_IN_NO_HOST = frozenset("[]%<>|\"'` ")
_NAME_BEFORE = lazy_pattern(
    r"^(?:export\s+|set\s+|\$env:|--?)?[^\W\d][\w .-]{0,40}?[\"'”]?(?:\s*[=:]|\s)\s*[\"'“”]*"
    r"(?=https?[:：])",
    re.I,
)
_LINK = lazy_pattern(r"^\[[^\]\n]*\]\((https?:[^)\s]+)\)$", re.IGNORECASE)
_KEY_BEFORE = lazy_pattern(
    r"^(?:(?:export|set|-H|--header)\s+|\$env:|--|我的)?[\"'“”{\s]*"
    r"(?:(?:authorization|x-api-key|api[-_ ]?(?:key|密钥|秘钥)|secret[-_ ]?key|[A-Z][A-Z0-9_]*_KEY"
    r"|token|key|密钥|令牌|秘钥)"
    r"[\"'“”]*"
    r"(?:\s*[=:：是为]\s*|\s+(?=[a-z0-9]+-)))?"
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
_PAGES = ("/docs", "/redoc", "/index.html", "/openapi.json", "/health")
"""Pages of a server that are meant for a browser."""

_SCHEME = lazy_pattern(
    r"^(?:h?t{1,3}p(s?)|https?(s?))(?:\s*[:;]\s*[/\\]*|\s*[/\\]{2,})\s*(?=[^\s/\\])", re.IGNORECASE
)
"""Mistyped schemes: with a letter, the colon or a slash missing, or with backslashes."""

_WORDS_BEFORE = lazy_pattern(
    r"^(?:(?:api|base|server|url|address|endpoint|接口|服务器?|地址|代理)[ _-]*)+[:=]\s*",
    re.IGNORECASE,
)
_KEY_LIKE = lazy_pattern(r"^(?:sk|gsk|xai|pk|ak)-[\w-]+$|^AIza[\w-]{20,}$")
_ROOTS = {
    "openrouter.ai": "/api/v1",
    "dashscope.aliyuncs.com": "/compatible-mode/v1",
    "dashscope-intl.aliyuncs.com": "/compatible-mode/v1",
    "dashscope-us.aliyuncs.com": "/compatible-mode/v1",
    "open.bigmodel.cn": "/api/paas/v4",
    "api.z.ai": "/api/paas/v4",
    "ark.cn-beijing.volces.com": "/api/v3",
    "generativelanguage.googleapis.com": "/v1beta/openai",
    "api.groq.com": "/openai/v1",
    "qianfan.baidubce.com": "/v2",
    "api.fireworks.ai": "/inference/v1",
    "api.cohere.ai": "/compatibility/v1",
    "api.cohere.com": "/compatibility/v1",
    "api.deepinfra.com": "/v1/openai",
    "api.perplexity.ai": "/",
    "models.github.ai": "/inference",
}
"""The API's paths of providers that do not serve it at ``/v1``."""

_OTHER_APIS = lazy_pattern(r"^/api/v1/(?:services|apps)\b|^/v1(?:beta)?/models(?:/|$)|^/v1beta$")
"""Paths of these providers' own APIs."""

_OF_ANTHROPIC = lazy_pattern(r"^/(?:api/|apps/)?anthropic(?:/v1)?$", re.IGNORECASE)
"""Paths at which providers also serve Anthropic's interface."""

_LINE_END_WRITTEN = lazy_pattern(r"(?:\\[nrt])+\s*$")
"""A line end as it is escaped in source code."""

_TWICE = lazy_pattern(
    r"(/v\d+(?:beta|alpha)?\d*)(?:/+v\d+(?:beta|alpha)?\d*)*(?:\1)+(?=/|$)", re.IGNORECASE
)


def api_root(base_url: str) -> httpx.URL:
    """Returns the address to which paths such as ``/models`` are appended.

    A bare host gets ``/v1``, and a missing scheme ``https`` (``http`` on this computer and in
    private networks). Raises ``ProviderError``: NOT_CONFIGURED if empty, NOT_AN_API if it cannot be
    an address or holds a user name or a password.
    """
    text = _cleaned_address(base_url)
    if not text:
        raise ProviderError(ErrorKind.NOT_CONFIGURED, "no server address is set")
    if _KEY_LIKE.match(text):
        raise ProviderError(ErrorKind.NOT_AN_API, "this is a key, not a server address")
    try:
        url = httpx.URL(text if "://" in text else f"https://{text}")
    except httpx.InvalidURL:
        raise ProviderError(ErrorKind.NOT_AN_API, "this is not a server address") from None
    if url.scheme not in ("http", "https") or not url.host or set(url.host) & _IN_NO_HOST:
        raise ProviderError(ErrorKind.NOT_AN_API, "the address must begin with http:// or https://")
    if url.userinfo:
        # The HTTP library would send them in place of the key, unnoticed.
        raise ProviderError(
            ErrorKind.NOT_AN_API,
            "the address holds a user name or a password: remove what stands before the @, and give"
            " the password as the key",
        )
    if "://" not in text and is_near(url.host):
        url = url.copy_with(scheme="http")
    return url.copy_with(path=_root_path(url), fragment=None)


def _cleaned_address(typed: str) -> str:
    text = (
        _LINE_END_WRITTEN.sub("", _INVISIBLE.sub("", typed))
        .replace("：", ":")
        .replace("／", "/")
        .replace("．", ".")
    )
    # Full-width letters come from an input method.
    text = re.sub("[\uff21-\uff3a\uff41-\uff5a\uff10-\uff19]", _half_width, text)
    if link := _LINK.match(text.strip()):
        text = link[1]
    text = _NAME_BEFORE.sub("", text.strip(_QUOTES.replace("[", "").replace("]", "")))
    text = re.sub(r"^(?:GET|POST|curl(?: -\S+)*)\s+", "", text).strip(
        _QUOTES.replace("[", "").replace("]", "")
    )
    text = _WORDS_BEFORE.sub("", text).rstrip("\\ ")
    # The scheme was typed twice.
    text = re.sub(r"^(?:https?:/*)+(?=https?:)", "", text, flags=re.IGNORECASE)
    text = _SCHEME.sub(_proper_scheme, text)
    text = re.sub(r"\s*([:/.\\])\s*", r"\1", text).replace("\\", "/")
    return f"[{text}]" if _is_ipv6(text) else text


def _proper_scheme(typed: re.Match[str]) -> str:
    return "https://" if typed[1] or typed[2] or "s" in typed[0].lower() else "http://"


def _is_ipv6(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).version == _IPV6
    except ValueError:
        return False


def _half_width(letter: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", letter[0])


def _root_path(url: httpx.URL) -> str:
    path = re.sub(r"/{2,}", "/", url.path).rstrip("/")
    shorter = None
    while shorter != path:
        shorter, path = path, _without_suffix(path).rstrip("/")
    path = _OF_ANTHROPIC.sub("", _TWICE.sub(r"\1", path))
    if path.lower() in ("/api", "/api/v0") and is_near(url.host):
        # Ollama and LM Studio have their own protocols there; the OpenAI API is beside it.
        return "/v1"
    if url.host.endswith(".services.ai.azure.com") and url.path.startswith("/models"):
        return "/models"
    if (root := _root_of(url.host)) and (
        path in ("", "/v1", "/api", "/openai")
        or root.startswith(f"{path}/")
        or _OTHER_APIS.match(path)
    ):
        return root
    if path in ("", "/openai") and url.host.endswith(
        (".openai.azure.com", ".services.ai.azure.com")
    ):
        return "/openai/v1"
    return f"{path}/v1" if path.lower() in ("", "/api", "/openai") else path


def _root_of(host: str) -> str:
    if host.startswith("bedrock-runtime.") and host.endswith(".amazonaws.com"):
        return "/openai/v1"
    return _ROOTS.get(host, "")


def _without_suffix(path: str) -> str:
    for suffix in (*_SUFFIXES, *_PAGES):
        if path.lower().endswith(suffix):
            return path[: -len(suffix)]
    return path


_MASKED = lazy_pattern(r"…|\.{3}|\*{3}|•{2}")
_NEXT_KEY = lazy_pattern(r"[\r\n]+\s*(?=(?:sk|gsk|xai)-|AIza|https?://)")
_DASHES = lazy_pattern("[\u2010-\u2015\u2212]")


def clean_key(pasted: str | None) -> str | None:
    """Returns the key in what was pasted; ``None`` if there is none.

    Raises ``ProviderError`` (IMPOSSIBLE_KEY) for one with characters that no header can carry.
    """
    key = _LINE_END_WRITTEN.sub("", _INVISIBLE.sub("", pasted or ""))
    # A note that somebody wrote beside it.
    key = re.sub(r"\s+[(（][^()（）]*[)）]\s*$", "", key).strip(_QUOTES)
    key = _KEY_BEFORE.sub("", key, count=1).strip(_QUOTES)
    key = re.sub(r"\s+#.*$", "", key).strip(_QUOTES)
    if _MASKED.search(key):
        raise ProviderError(
            ErrorKind.IMPOSSIBLE_KEY,
            "the key is shown in part only: copy all of it where it is made",
        )
    if re.match(r"https?://", key, re.IGNORECASE):
        raise ProviderError(ErrorKind.IMPOSSIBLE_KEY, "this is an address, not a key")
    # Of several keys on separate lines, the first; hyphens may come from a word processor.
    key = _NEXT_KEY.split(_DASHES.sub("-", key))[0]
    key = re.sub(r"(?<=-)[ \t]+(?=\w)", "", key)
    # Full-width letters come from an input method, and a line end inside from an e-mail.
    key = re.sub(
        r"[\s\u00a0\u3000]*[\r\n]+[\s\u00a0\u3000]*", "", unicodedata.normalize("NFKC", key)
    )
    if not (key.isascii() and key.isprintable()):
        # The HTTP library would refuse it with a message that quotes it.
        raise ProviderError(ErrorKind.IMPOSSIBLE_KEY, "the API key contains impossible characters")
    return key or None


def key_headers(host: str, key: str | None) -> dict[str, str]:
    """Returns the headers that carry the key."""
    if not key:
        return {}
    headers = {"Authorization": f"Bearer {key}"}
    # Azure's older endpoints accept a key only under this name.
    return headers | ({"api-key": key} if host.endswith(".azure.com") else {})
