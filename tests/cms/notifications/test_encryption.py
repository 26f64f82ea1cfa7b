"""What a push service carries can be read by one browser alone, and by none where a bit of it is another."""

import os

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from cms.notifications.push.encryption import CURVE, WrongKeys, encrypt
from cms.notifications.push.vapid import WrongKey, authorization, new_key, private_key, public_key
from tests.push_service import Browser, holder_of, read, written

# RFC 8291, appendix A.
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SECRET, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
PLAIN = b"When I grow up, I want to be a watermelon"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_example_of_the_rfc__comes_out_to_the_byte() -> None:
    sender = ec.derive_private_key(int.from_bytes(read(SENDER), "big"), CURVE)
    found = encrypt(PLAIN, read(RECEIVER), read(SECRET), sender=sender, salt=read(SALT), length=0)
    assert written(found) == MESSAGE


def test_browser__reads_what_was_sent_to_it() -> None:
    browser = Browser("https://push.example/1")
    assert browser.opened(encrypt(b"3", browser.point, browser.secret)) == b"3"


def test_all_messages__are_of_one_length_and_no_two_alike() -> None:
    browser = Browser("https://push.example/1")
    sent = [encrypt(plain, browser.point, browser.secret) for plain in (b"1", b"1", b"12")]
    assert len({len(one) for one in sent}) == 1
    assert len(set(sent)) == 3


def test_other_browser__reads_nothing() -> None:
    browser, other = Browser("https://push.example/1"), Browser("https://push.example/2")
    with pytest.raises(InvalidTag):
        other.opened(encrypt(b"3", browser.point, browser.secret))


@pytest.mark.parametrize("receiver", [b"", b"\4" + bytes(64), b"\2" + bytes(range(32)), bytes(range(65))])
def test_key_that_is_none__is_refused(receiver: bytes) -> None:
    with pytest.raises(WrongKeys):
        encrypt(b"3", receiver, os.urandom(16))


def test_token__is_signed_for_one_service_and_names_where_we_are_reached() -> None:
    key = new_key()
    told = holder_of(
        authorization("https://push.example:8443/send/1?x=y", key, "privacy@respite.example"),
        "https://push.example:8443",
        public_key(key),
    )
    assert told["sub"] == "mailto:privacy@respite.example"


def test_token_signed_by_another__is_seen_to_be() -> None:
    first, other = new_key(), new_key()
    forged = authorization("https://push.example/1", other, "a@b.example").replace(public_key(other), public_key(first))
    with pytest.raises(InvalidSignature):
        holder_of(forged, "https://push.example", public_key(first))


@pytest.mark.parametrize("key", ["nonsense", written(bytes(32)), written(bytes(range(31))), written(b"\xff" * 32), "é"])
def test_private_key_that_is_none__says_how_to_make_one(key: str) -> None:
    with pytest.raises(WrongKey, match="notifications key"):
        private_key(key)


def test_no_key__is_no_public_key_either() -> None:
    assert public_key("") == ""
