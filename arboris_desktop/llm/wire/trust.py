"""Certificates that are trusted: those that come with the program, and those of the computer.

Firms and virus scanners read what is sent, and sign it with certificates of their own, which they
put where the system keeps those that it trusts. Python finds that place on some systems only;
``truststore`` asks the system itself, which may look things up in the network meanwhile and so is
asked only for a certificate that nobody else vouches for.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from functools import cache
from typing import Any

import certifi
import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.wire.refusals import clean_message
from arboris_desktop.llm.wire.surroundings import broken

_SECONDS = 3.0
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class TrustingTransport(httpx.AsyncBaseTransport):
    """A way to one server, on which the system is asked about a certificate that is not known."""

    def __init__(self, url: httpx.URL, proxy: httpx.Proxy | None) -> None:
        self._proxy = proxy
        self._ways = [self._new_way(trusted(url, proxy))]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request; nothing of it has left before the certificate was looked at."""
        tried = len(self._ways)
        try:
            return await self._ways[-1].handle_async_request(request)
        except httpx.ConnectError as error:
            # Where variables say who is trusted, nobody else is.
            if certificate_error(error) is None or named_variables():
                raise
            if tried > 1:
                raise
        if len(self._ways) == tried:
            self._ways.append(self._new_way(system_context()))
        return await self._ways[-1].handle_async_request(request)

    async def aclose(self) -> None:
        """Closes all connections."""
        for way in self._ways:
            await way.aclose()

    def _new_way(self, context: ssl.SSLContext) -> httpx.AsyncHTTPTransport:
        return httpx.AsyncHTTPTransport(verify=context, proxy=self._proxy, trust_env=False)


async def certificate_refused(
    refusal: ssl.SSLCertVerificationError, url: httpx.URL, *, is_direct: bool
) -> ProviderError:
    """The error for a certificate that nobody trusts, with what the author needs to know: why, who
    issued it, and which variable says so."""
    reasons = [refusal.verify_message or "the certificate is not trusted"]
    issuer = await _issuer_at(url) if is_direct else ""
    if issuer:
        reasons.append(f"the certificate was issued by {issuer}")
    if named := named_variables():
        reasons.append(f"only those of {' and '.join(named)} are trusted")
    return ProviderError(ErrorKind.TLS, clean_message("; ".join(reasons), None))


async def _issuer_at(url: httpx.URL) -> str:
    """The name that signed a server's certificate; empty if it cannot be learnt. Nothing is sent:
    the certificate is only looked at."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    # Python reads only a certificate that it trusts.
    only_this = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    only_this.check_hostname = False
    only_this.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    try:
        async with asyncio.timeout(_SECONDS):
            shown = (await _greeted(url, anybody)).getpeercert(binary_form=True)
            only_this.load_verify_locations(cadata=shown)
            read = (await _greeted(url, only_this)).getpeercert()
    except (OSError, TimeoutError, ValueError):
        return ""
    issuer: Any = read.get("issuer", ()) if read else ()
    names = {name: value for group in issuer for name, value in group}
    return next((names[each] for each in ("commonName", "organizationName") if each in names), "")


async def _greeted(url: httpx.URL, context: ssl.SSLContext) -> ssl.SSLObject:
    _, writer = await asyncio.open_connection(url.host, url.port or 443, ssl=context)
    greeted: ssl.SSLObject = writer.get_extra_info("ssl_object")
    writer.transport.abort()
    return greeted


def trusted(url: httpx.URL, proxy: httpx.Proxy | None) -> ssl.SSLContext:
    """The certificates; none where none is looked at, so that a broken variable about them does
    no harm."""
    schemes = {url.scheme, proxy.url.scheme if proxy else ""}
    return tls_context() if "https" in schemes else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def for_a_thread(url: httpx.URL, proxy: httpx.Proxy | None) -> ssl.SSLContext:
    """The same for whoever may wait while the system is asked about every certificate."""
    context = trusted(url, proxy)
    return context if named_variables() or url.scheme == "http" else system_context()


def tls_context() -> ssl.SSLContext:
    """The certificates that are trusted; raises ``ProviderError`` (BROKEN_VARIABLE)."""
    named = named_variables()
    for name, path in named.items():
        if not os.path.exists(path):
            raise broken(name, f"{path} is not there")
    try:
        return _tls_context(tuple(named.items()))
    except (OSError, ssl.SSLError) as error:
        raise broken(" or ".join(named) or "the certificates", str(error)) from error


def system_context() -> ssl.SSLContext:
    """All that the system trusts, besides what comes with the program.

    To connect with it may take as long as the system needs to look things up.
    """
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


def named_variables() -> dict[str, str]:
    """The variables that say which certificates are trusted, and no others."""
    return {name: os.environ[name] for name in _VARIABLES if os.environ.get(name)}


def certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The refusal of a certificate that stands behind an exception."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


@cache
def _tls_context(_named: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    """Made once: reading all the certificates that are trusted takes longer than a frame."""
    context = httpx.create_ssl_context()
    if not _named:
        context.load_default_certs()
    return context
