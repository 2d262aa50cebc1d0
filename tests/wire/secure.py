"""Ports that are talked to by hand: in http, in https or in both, with a certificate of our own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Talk = Callable[[socket.socket], None]

_HANDSHAKE = b"\x16"
"""The first byte of whoever begins to speak TLS."""


@contextmanager
def talking(talk: Talk) -> Iterator[int]:
    """A port of this computer at which each connection is talked to by a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=hold, args=(connection,), daemon=True).start()

        def hold(connection: socket.socket) -> None:
            with connection:
                try:
                    talk(connection)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


def make_certificate(host: str, folder: Path) -> Path:
    """A file with the key and the certificate of a host, which vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _builder(host, host, key).sign(key, hashes.SHA256())
    return _stored(folder / f"{host}.pem", key, certificate)


def make_issued(
    host: str, issuer: str, folder: Path, *, days: tuple[int, int] = (-2, 2)
) -> tuple[Path, Path]:
    """The key and the certificate of a host, and the one of who issued it, as a file each.

    ``days`` are those from today on which the host's certificate begins and ends.
    """
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _builder(issuer, issuer, root_key).sign(root_key, hashes.SHA256())
    certificate = _builder(host, issuer, key, days, is_root=False).sign(root_key, hashes.SHA256())
    roots = folder / "roots.pem"
    roots.write_bytes(root.public_bytes(serialization.Encoding.PEM))
    return _stored(folder / f"{host}.pem", key, certificate), roots


def _builder(
    host: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    days: tuple[int, int] = (-2, 2),
    *,
    is_root: bool = True,
) -> x509.CertificateBuilder:
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, each)]) for each in (host, issuer)]
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(is_root, 0 if is_root else None), critical=True)
    )


def _stored(file: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> Path:
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return file


def either(plain: Talk, secured: Talk, certificate: Path) -> Talk:
    """Talks to those who come in http in one way, and to those in https in the other."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def talk(connection: socket.socket) -> None:
        if connection.recv(1, socket.MSG_PEEK) != _HANDSHAKE:
            plain(connection)
            return
        with context.wrap_socket(connection, server_side=True) as spoken:
            secured(spoken)

    return talk
