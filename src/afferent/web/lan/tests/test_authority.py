"""What a device that trusts the authority accepts, and what it refuses even from somebody who stole its key."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afferent.errors import InputError
from afferent.web.lan.addresses import HERE, Names
from afferent.web.lan.authority import (
    CERTIFICATE_LIVES,
    RENEWED_BEFORE,
    Authority,
    covers,
    fingerprint,
    issue,
    make,
    read,
)
from afferent.web.lan.tests.conftest import NAME, named, stolen

few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
PRIVATE = st.sampled_from(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7"]).flatmap(
    lambda net: st.ip_addresses(network=net)
)
PUBLIC = st.ip_addresses().filter(lambda ip: ip.is_global)
STRANGERS = st.sampled_from(
    ["bank.example", "afferent.example", "local", "other.local", "xdesk.local", "nlocalhost", "com"]
)


@cache
def once(authority: Authority, names: Names, now: datetime) -> bytes:
    """The same certificate for many looks at it."""
    return issue(authority, names, now)


@pytest.mark.parametrize("host", ["192.168.1.20", "fd00::20", NAME, "localhost", "127.0.0.1", "::1"])
def test_a_device_accepts_the_server_by_each_of_its_names(visits, authority, names, now, host) -> None:
    assert visits(issue(authority, names, now), authority.file(), host) == "accepted"


@pytest.mark.parametrize("host", ["192.168.1.21", "fd00::21", "other.local", "bank.example", f"www.{NAME}"])
def test_a_device_refuses_it_by_any_other(visits, authority, names, now, host) -> None:
    said = visits(issue(authority, names, now), authority.file(), host)
    assert "mismatch" in said or "not valid for" in said


@few
@given(addresses=st.lists(PRIVATE, max_size=5, unique=True))
def test_whatever_private_addresses_it_has_each_is_accepted(visits, authority, now, addresses) -> None:
    server = issue(authority, named(*map(str, addresses)), now)
    for ip in (*addresses, *HERE):
        assert visits(server, authority.file(), str(ip)) == "accepted"


@few
@given(ip=PUBLIC)
def test_the_stolen_key_is_worth_nothing_for_an_address_of_the_internet(visits, authority, now, ip) -> None:
    said = visits(stolen(authority, x509.IPAddress(ip), now), authority.file(), str(ip))
    assert said == "permitted subtree violation"


@few
@given(host=STRANGERS)
def test_the_stolen_key_is_worth_nothing_for_another_name(visits, authority, now, host) -> None:
    said = visits(stolen(authority, x509.DNSName(host), now), authority.file(), host)
    assert said == "permitted subtree violation"


def test_the_limits_stand_in_the_issuer_for_devices_that_take_a_root_as_it_is(authority) -> None:
    for one in (authority.root, authority.issuer):
        limits = one.extensions.get_extension_for_class(x509.NameConstraints)
        assert limits.critical
        assert limits.value.excluded_subtrees is None
        nets = [name.value for name in limits.value.permitted_subtrees if isinstance(name, x509.IPAddress)]
        assert nets and not any(net.is_global for net in nets)
    assert authority.names == (NAME, "localhost")


def test_without_a_name_of_its_own_it_still_may_not_speak_for_every_name(visits, now) -> None:
    nameless = make("", None, now)
    assert nameless.names == ("localhost",)
    assert visits(issue(nameless, named("10.0.0.1", name=None), now), nameless.file(), "10.0.0.1") == "accepted"
    said = visits(stolen(nameless, x509.DNSName("bank.example"), now), nameless.file(), "bank.example")
    assert said == "permitted subtree violation"


def test_the_key_that_signed_the_root_is_nowhere(authority) -> None:
    assert authority.pem().count(b"PRIVATE KEY-----") == 2  # one begins, one ends: the issuer's
    assert authority.key.public_key() == authority.issuer.public_key() != authority.root.public_key()


def test_neither_may_make_further_authorities_or_sign_anything_but_servers(authority) -> None:
    depth = [one.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
             for one in (authority.root, authority.issuer)]  # fmt: skip
    assert depth == [1, 0]
    for one in (authority.root, authority.issuer):
        assert list(one.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
            x509.oid.ExtendedKeyUsageOID.SERVER_AUTH
        ]
        usage = one.extensions.get_extension_for_class(x509.KeyUsage).value
        assert usage.key_cert_sign and not usage.digital_signature and not usage.crl_sign


def test_every_key_is_p256_and_every_certificate_has_a_key_of_its_own(authority, names, now) -> None:
    first, second = (x509.load_pem_x509_certificates(issue(authority, names, now))[0] for _ in range(2))
    assert first.public_key() != second.public_key()
    assert first.serial_number != second.serial_number
    assert {type(one.public_key().curve) for one in (first, authority.root, authority.issuer)} == {ec.SECP256R1}


def test_a_server_certificate_is_short_lived_and_never_outlives_the_authority(authority, names, now) -> None:
    made = x509.load_pem_x509_certificates(issue(authority, names, now))[0]
    assert made.not_valid_after_utc - now <= CERTIFICATE_LIVES
    late = authority.ends - timedelta(days=3)
    made = x509.load_pem_x509_certificates(issue(authority, names, late))[0]
    assert made.not_valid_after_utc == authority.ends


def test_a_phone_whose_clock_is_some_hours_behind_accepts_it_too(authority, names, now) -> None:
    made = x509.load_pem_x509_certificates(issue(authority, names, now))[0]
    assert {one.not_valid_before_utc <= now - timedelta(hours=12) for one in (made, authority.root)} == {True}


@pytest.mark.parametrize("days", [-3, 730, 4000])
def test_outside_its_time_it_signs_nothing_and_says_so(authority, names, now, days) -> None:
    with pytest.raises(InputError, match="this computer's clock says"):
        issue(authority, names, now + timedelta(days=days))


@given(days=st.floats(-40, 40))
def test_a_certificate_is_kept_while_more_than_ten_days_are_left_and_not_longer(authority, now, days) -> None:
    names = named("192.168.1.20")
    later = now + timedelta(days=days)
    left = now.replace(microsecond=0) + CERTIFICATE_LIVES - later
    begun = days >= -1
    assert covers(once(authority, names, now), authority, names, later) == (begun and left >= RENEWED_BEFORE)


def test_a_certificate_is_made_anew_for_other_names_or_by_another_authority(authority, names, now) -> None:
    made = issue(authority, names, now)
    assert covers(made, authority, names, now)
    assert not covers(made, authority, named("192.168.1.21", "fd00::20"), now)
    assert not covers(made, authority, named("192.168.1.20"), now)
    assert not covers(made, make("desk", NAME, now), names, now)


def test_a_name_that_the_authority_may_not_speak_for_is_left_out_and_spoils_nothing(visits, authority, now) -> None:
    renamed = named("192.168.1.20", name="attic.local")
    made = issue(authority, renamed, now)
    assert covers(made, authority, renamed, now)
    assert visits(made, authority.file(), "192.168.1.20") == "accepted"
    assert visits(made, authority.file(), "attic.local") != "accepted"


def test_what_is_written_is_read_again(authority) -> None:
    again = read(authority.pem())
    assert (again.root, again.issuer) == (authority.root, authority.issuer)
    assert again.key.private_numbers() == authority.key.private_numbers()


@given(data=st.data())
def test_spoiled_files_are_refused_with_one_error(authority, data) -> None:
    whole = authority.pem()
    cut = data.draw(st.integers(0, len(whole) - 40))
    spoiled = data.draw(
        st.sampled_from(
            [whole[:cut], whole[cut + 1 :], whole[:cut] + b"!" + whole[cut + 1 :], whole * 2, b"\x00" * cut]
        )
    )
    try:
        again = read(spoiled)
    except InputError as error:
        assert "authority" in str(error)
    else:  # a letter between the blocks, or in a line break, changes nothing
        assert again.root == authority.root and again.issuer == authority.issuer


def test_the_key_of_one_and_the_certificates_of_another_are_refused(authority, now) -> None:
    other = make("desk", NAME, now)
    mixed = Authority(authority.root, authority.issuer, other.key).pem()
    foreign = Authority(other.root, authority.issuer, authority.key).pem()
    for pem in (mixed, foreign, issue(authority, named("10.0.0.1"), now)):
        with pytest.raises(InputError):
            read(pem)


def test_the_fingerprint_is_the_digest_of_the_file_in_groups_of_four(authority) -> None:
    told = fingerprint(authority).split()
    assert len(told) == 16 and {len(group) for group in told} == {4}
    assert "".join(told).lower() == hashlib.sha256(authority.file()).hexdigest()


def test_the_title_says_whose_it_is_and_fits_however_long_the_machine_is_called(now) -> None:
    assert make("x" * 63, None, now).title.startswith("Afferent on xxx")
    assert len(make("x" * 63, None, now).title) <= 64
    assert "this computer" in make("", None, now).title


def test_loopback_is_among_what_it_may_speak_for(authority) -> None:
    limits = authority.issuer.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    nets = [one.value for one in limits if isinstance(one, x509.IPAddress)]
    assert any(ip_address("127.0.0.1") in net for net in nets)
