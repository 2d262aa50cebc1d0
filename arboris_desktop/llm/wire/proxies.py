"""The proxies of the computer. Its certificates are in ``trust``.

A variable that cannot be used is reported by name: otherwise the author would not learn why nothing
works. The variables are read again for each client; the HTTP library does not read them itself.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import is_loopback

_SCHEMES = ("http", "https", "socks5", "socks5h")
_ALL_OF_THIS_COMPUTER = ("0.0.0.0", "::")
_MEANT = {"socks": "socks5", "socks5a": "socks5h"}


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """Returns the proxy for a server; never one for this computer itself.

    Raises ``ProviderError`` (BROKEN_VARIABLE) for one that cannot be used.
    """
    if is_loopback(url.host) or url.host in _ALL_OF_THIS_COMPUTER:
        return None
    try:
        proxies = getproxies()
        if proxy_bypass(url.host) or _is_exempt(url):
            return None
    except (ValueError, OSError) as error:
        raise broken_variable("the proxy settings of this computer", str(error)) from error
    for name in (url.scheme, "all"):
        if address := proxies.get(name, "").strip():
            return _proxy(address, _source_of(name))
    return None


def _is_exempt(url: httpx.URL) -> bool:
    """True if ``no_proxy`` names a server in a way that the library does not support.

    That is by its network, as in ``10.0.0.0/8``, with brackets, with its port, or as ``*.example``.
    """
    exempt = [entry.strip().lower() for entry in getproxies().get("no", "").split(",")]
    host = url.host.lower()
    port = url.port or (443 if url.scheme == "https" else 80)
    if any(entry == f"{host}:{port}" for entry in exempt):
        return True
    if any(entry.startswith("*.") and host.endswith(entry[1:]) for entry in exempt):
        return True
    return any(_is_within(host, entry) for entry in exempt)


def _is_within(host: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network.strip("[]"), strict=False)
    except ValueError:
        # One of them is a host name.
        return False


def describe_proxy(url: httpx.URL) -> str:
    """Returns the variable that sets the proxy for a server, with its value; empty without one."""
    proxy = proxy_for(url)
    if proxy is None:
        return ""
    proxies = getproxies()
    name = url.scheme if proxies.get(url.scheme) else "all"
    return f"through the proxy {proxy.url.host}:{proxy.url.port} of {_source_of(name)}"


def _proxy(address: str, source: str) -> httpx.Proxy:
    address = address.strip("\"'")
    text = address if "://" in address else f"http://{address}"
    scheme, _, rest = text.partition("://")
    scheme = _MEANT.get(scheme.lower(), scheme.lower())
    if scheme not in _SCHEMES:
        raise broken_variable(source, f"a proxy cannot be spoken to by {scheme}://")
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        if not parts.hostname or parts.port == 0:
            raise ValueError("it has no host")
        return httpx.Proxy(urlunsplit(parts))
    except (ValueError, httpx.InvalidURL) as error:
        raise broken_variable(source, f"this is not the address of a proxy ({error})") from error


def _source_of(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Returns the value of the variable, or of the system's proxy setting."""
    wanted = f"{name}_proxy"
    return next((each for each in environment if each.lower() == wanted), "the system's settings")


def broken_variable(source: str, reason: str) -> ProviderError:
    return ProviderError(ErrorKind.BROKEN_VARIABLE, f"{source}: {reason}")
