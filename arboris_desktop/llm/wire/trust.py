"""Trusted certificates: those that come with the program, and those of the computer.

Firms and virus scanners inspect traffic and sign it with certificates of their own, which they
install in the system's store. Python finds that store on some systems only; ``truststore`` asks the
system itself, which may access the network, and is therefore used only for a certificate that is
not trusted otherwise.
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
from arboris_desktop.llm.wire.proxies import broken_variable
from arboris_desktop.llm.wire.refusals import clean_message

_SECONDS = 3.0
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class TrustingTransport(httpx.AsyncBaseTransport):
    """A transport for one server that asks the system about an unknown certificate."""

    def __init__(self, url: httpx.URL, proxy: httpx.Proxy | None) -> None:
        self._proxy = proxy
        self._ways = [self._new_way(trusted(url, proxy))]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends a request; nothing of it leaves before the certificate is verified."""
        tried = len(self._ways)
        try:
            return await self._ways[-1].handle_async_request(request)
        except httpx.ConnectError as error:
            # If variables say who is trusted, nobody else is.
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
    """Returns the error for an untrusted certificate, with the reason, the issuer, and the variable
    to set."""
    reasons = [refusal.verify_message or "the certificate is not trusted"]
    issuer = await _issuer_at(url) if is_direct else ""
    if issuer:
        reasons.append(f"the certificate was issued by {issuer}")
    if named := named_variables():
        reasons.append(f"only those of {' and '.join(named)} are trusted")
    return ProviderError(ErrorKind.TLS, clean_message("; ".join(reasons), None))


async def _issuer_at(url: httpx.URL) -> str:
    """Returns the issuer of a server's certificate; empty if it is not known.

    Nothing is sent over the connection.
    """
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname = False
    anybody.verify_mode = ssl.CERT_NONE
    # Python parses only a certificate that it trusts.
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
    """Returns the trusted certificates; none if none is verified, so that a broken variable does no
    harm."""
    schemes = {url.scheme, proxy.url.scheme if proxy else ""}
    return tls_context() if "https" in schemes else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def for_a_thread(url: httpx.URL, proxy: httpx.Proxy | None) -> ssl.SSLContext:
    """Returns the same for callers that can wait while the system is asked about every
    certificate."""
    context = trusted(url, proxy)
    return context if named_variables() or url.scheme == "http" else system_context()


def tls_context() -> ssl.SSLContext:
    """Returns the trusted certificates. Raises ``ProviderError`` (BROKEN_VARIABLE)."""
    named = named_variables()
    for name, path in named.items():
        if not os.path.exists(path):
            raise broken_variable(name, f"{path} is not there")
    try:
        return _tls_context(tuple(named.items()))
    except (OSError, ssl.SSLError) as error:
        raise broken_variable(" or ".join(named) or "the certificates", str(error)) from error


def system_context() -> ssl.SSLContext:
    """Returns a context that also trusts what the system trusts.

    Connecting with it takes as long as the system needs to verify.
    """
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


def named_variables() -> dict[str, str]:
    """The variables that say which certificates are trusted."""
    return {name: os.environ[name] for name in _VARIABLES if os.environ.get(name)}


def certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """Returns the certificate error behind an exception."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None


@cache
def _tls_context(_named: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    """Cached: loading all trusted certificates takes longer than a frame."""
    context = httpx.create_ssl_context()
    if not _named:
        context.load_default_certs()
    return context
