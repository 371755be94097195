"""A certificate authority of this machine's own: what other devices trust, and what signs the server's certificate.

Two steps, so that trust in it is worth little to a thief. The *root* is what a device trusts; its key signs once and is
never written down. The *issuer*, which it signed, is kept. Both may speak for private addresses and for the names of
this machine only. A root is trusted as it stands, and some systems do not hold it to its own limits; all of them hold
an issuer to its.

Ask here: `make`, `issue`, `read`, `covers`, `fingerprint`. Time is passed in; nothing here reads or writes a file.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from msgspec import Struct

from afferent.errors import InputError
from afferent.web.lan.addresses import LOCALHOST, LOOPBACK, PRIVATE, Names

# All ours (N). Phones refuse a server's certificate of more than 825 days; a month is gone before it is worth stealing.
LIVES: Final = timedelta(days=730)
CERTIFICATE_LIVES: Final = timedelta(days=30)
RENEWED_BEFORE: Final = timedelta(days=10)
_CLOCKS_DIFFER: Final = timedelta(days=1)

_UNREADABLE: Final = "it holds no authority that can be used"


class Authority(Struct, frozen=True):
    """What devices trust, and the issuer with its key."""

    root: x509.Certificate
    issuer: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def title(self) -> str:
        """As devices list it."""
        return str(self.root.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)

    @property
    def ends(self) -> datetime:
        return self.root.not_valid_after_utc

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it may speak for."""
        held = self.issuer.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
        return tuple(one.value for one in held if isinstance(one, x509.DNSName))

    def file(self) -> bytes:
        """The root as devices take it in. Its digest is its fingerprint."""
        return self.root.public_bytes(Encoding.DER)

    def pem(self) -> bytes:
        """All that is kept. Secret."""
        return _pem(self.key) + self.issuer.public_bytes(Encoding.PEM) + self.root.public_bytes(Encoding.PEM)


def make(machine: str, name: str | None, now: datetime) -> Authority:
    """A new authority of the machine called so, for private addresses, localhost and this name alone."""
    title = f"Afferent on {machine[:30] or 'this computer'}, {now:%Y-%m-%d}"
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = _builder(title, title, root_key, now, now + LIVES)
    issuer = _builder(f"{title}, issuer", title, key, now, now + LIVES)
    return Authority(
        _may_sign(root, name, 1, root_key).sign(root_key, hashes.SHA256()),
        _may_sign(issuer, name, 0, root_key).sign(root_key, hashes.SHA256()),
        key,
    )


def issue(authority: Authority, names: Names, now: datetime) -> bytes:
    """Key and certificates for a server of these names: one PEM. Raises InputError once the authority has ended."""
    if not authority.issuer.not_valid_before_utc <= now < authority.ends:
        raise InputError(
            f"{authority.title}: it holds until {authority.ends:%Y-%m-%d}; this computer's clock says {now:%Y-%m-%d}"
        )
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _builder("The clinic's server", authority.issuer, key, now, min(now + CERTIFICATE_LIVES, authority.ends))
        .add_extension(x509.SubjectAlternativeName(_alternatives(authority, names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(_for_servers(), critical=False)
        .add_extension(_by(authority.key), critical=False)
        .sign(authority.key, hashes.SHA256())
    )
    return _pem(key) + made.public_bytes(Encoding.PEM) + authority.issuer.public_bytes(Encoding.PEM)


def covers(pem: bytes, authority: Authority, names: Names, now: datetime) -> bool:
    """Whether this server's certificate is by this authority, for exactly these names, and not about to end."""
    try:
        made = x509.load_pem_x509_certificates(pem)[0]
        made.verify_directly_issued_by(authority.issuer)
        load_pem_private_key(pem, None)
        held = set(made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    ends = min(now + RENEWED_BEFORE, authority.ends)
    in_time = made.not_valid_before_utc <= now and ends <= made.not_valid_after_utc
    return in_time and held == set(_alternatives(authority, names))


def read(pem: bytes) -> Authority:
    """What `pem()` wrote. Raises InputError where the pieces are not there or not of each other."""
    try:
        key = load_pem_private_key(pem, None)
        issuer, root = x509.load_pem_x509_certificates(pem)
        issuer.verify_directly_issued_by(root)
        root.verify_directly_issued_by(root)
        fits = issuer.public_key() == key.public_key()
        made = Authority(root, issuer, key) if isinstance(key, ec.EllipticCurvePrivateKey) else None
        if made is None or not fits or not made.names or not made.title:
            raise InputError(_UNREADABLE)
    except (ValueError, TypeError, IndexError, InvalidSignature, x509.ExtensionNotFound):
        raise InputError(_UNREADABLE) from None
    return made


def fingerprint(authority: Authority) -> str:
    """SHA-256 of the root in groups of four, as devices show it but for their colons."""
    told = authority.root.fingerprint(hashes.SHA256()).hex().upper()
    return " ".join(told[at : at + 4] for at in range(0, len(told), 4))


def _builder(
    title: str, by: str | x509.Certificate, key: ec.EllipticCurvePrivateKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_called(title))
        .issuer_name(by.subject if isinstance(by, x509.Certificate) else _called(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _called(title: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Afferent"),
        x509.NameAttribute(NameOID.COMMON_NAME, title),
    ])  # fmt: skip


def _may_sign(
    builder: x509.CertificateBuilder, name: str | None, below: int, by: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    """An authority with so many authorities below it, held to servers with private addresses and these names."""
    named = [x509.DNSName(one) for one in (name, LOCALHOST) if one]
    nets = [x509.IPAddress(ip_network(net)) for net in (*PRIVATE, *LOOPBACK)]
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=below), critical=True)
        .add_extension(_usage(key_cert_sign=True), critical=True)
        .add_extension(_for_servers(), critical=False)
        .add_extension(x509.NameConstraints([*named, *nets], None), critical=True)
        .add_extension(_by(by), critical=False)
    )


def _alternatives(authority: Authority, names: Names) -> list[x509.GeneralName]:
    """A name that the authority may not speak for would spoil the whole certificate: it is left out."""
    allowed = [one for one in (names.name, LOCALHOST) if one in authority.names]
    return [*(x509.DNSName(one) for one in allowed), *(x509.IPAddress(ip) for ip in names.ips())]


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=key_cert_sign, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _for_servers() -> x509.ExtendedKeyUsage:
    return x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])


def _by(key: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
