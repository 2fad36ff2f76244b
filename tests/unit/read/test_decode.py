"""Bytes -> text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import InputError
from ingest.read.decode import codec_of, declared_charset, decode, decode_text
from ingest.read.sniff import kind_of
from ingest.read.text import text_lines

TEXT = "Le café de l’île\n\nOn y boit du thé à 5 €.\n"
CHINESE = "市议会星期三通过了在河上修建新桥的计划\n预计明年春天开工\n" * 3


def codes(data: bytes, **options: object) -> list[str]:
    return [warning.code for warning in decode(data, **options).warnings]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("utf-32-le", "utf-32"),
        ("utf-32-be", "utf-32"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_encodings_are_found(codec: str, name: str) -> None:
    decoded = decode(TEXT.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, name, ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16"])
def test_chinese_in_utf_16_has_few_zero_bytes(codec: str) -> None:
    assert decode(CHINESE.encode(codec)).text == CHINESE
    assert kind_of(CHINESE.encode(codec)) == "text"


def test_japanese_mail() -> None:
    text = "市議会は水曜日、新しい橋の計画を可決した。"
    assert decode(text.encode("iso2022_jp")).text == text


def test_the_users_encoding_comes_first() -> None:
    assert decode("ěščř".encode("iso-8859-2"), encoding="ISO-8859-2").text == "ěščř"
    assert decode(b"\x93So\x94", encoding="latin-1").text == "“So”", "what pages mean by it"
    with pytest.raises(InputError) as caught:
        decode(b"x", encoding="no-such")
    assert caught.value.code == "bad-option"
    with pytest.raises(InputError) as caught:
        decode("Größe über alles".encode("latin-1"), encoding="utf-8")
    assert caught.value.code == "undecodable"


@pytest.mark.parametrize("label", ["base64", "rot13", "idna", "unicode_escape", "undefined", "", "\0", "é"])
def test_what_is_no_encoding_of_text(label: str) -> None:
    assert codec_of(label) is None


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="iso-8859-1">', "windows-1252"),
        ("<META CHARSET=us-ascii />", "windows-1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "windows-1251"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
        ('<meta charset="ks_c_5601-1987">', "cp949"),
        ('<meta charset="utf-16">', "utf-8"),
        ('<meta charset="bogus">', None),
        ("<p>charset=koi8-r</p>", None),
    ],
)
def test_declared_charsets(head: str, codec: str | None) -> None:
    assert declared_charset(head.encode()) == codec


def test_a_declared_charset_is_believed_if_it_decodes() -> None:
    page = '<meta charset="{}"><p>{}</p>'
    ambiguous = "Žáček"  # no evidence could tell these few letters
    assert ambiguous in decode(page.format("iso-8859-2", ambiguous).encode("iso-8859-2"), html=True).text
    wrong = decode(page.format("iso-8859-1", TEXT).encode(), html=True)
    assert TEXT in wrong.text and wrong.encoding == "utf-8"
    wrong = decode(page.format("utf-8", TEXT).encode("windows-1252"), html=True)
    assert TEXT in wrong.text and wrong.encoding == "windows-1252"
    korean = "시의회는 새 다리의 건설 계획을 통과시켰다 뷁"
    assert korean in decode(page.format("euc-kr", korean).encode("cp949"), html=True).text
    cantonese = "佢哋嘅議員話: 㗎啦"
    assert cantonese in decode(page.format("big5", cantonese).encode("big5hkscs"), html=True).text


def test_broken_utf_8_stays_utf_8() -> None:
    good = TEXT.encode() * 50
    assert decode(good + "é".encode()[:1]).text == TEXT * 50 + "\ufffd"
    assert codes(good[:500] + b"\xff" + good[500:]) == ["replaced-bytes"]
    assert decode(good[:500] + b"\xff" + good[500:]).encoding == "utf-8"


def test_a_replacement_that_the_page_prints_is_no_news() -> None:
    assert codes("Caf\ufffd – so it was printed".encode()) == []


def test_one_letter_of_latin_1_in_an_english_page() -> None:
    decoded = decode(b"It rained. " * 500 + b"caf\xe9")
    assert decoded.text.endswith("café") and decoded.warnings == ()


def test_nonsense_is_undecodable() -> None:
    with pytest.raises(InputError) as caught:
        decode(bytes(range(0x80, 0x100)) * 3)
    assert caught.value.code == "undecodable"


def test_control_characters_go_and_words_stay_apart() -> None:
    assert decode(b"a\0b\x07 c\x0bd\te\x1b[1m\n").text == "ab c d\te[1m\n"


def test_surrogates() -> None:
    assert decode_text("a\ud83d\ude00b\ud800c").text == "a😀b\ufffdc"


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("donâ€™t", "don’t"),
        ("cafÃ©", "café"),
        ("Â£5 and â‚¬6", "£5 and €6"),
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        ("wiÄ™cej", "więcej"),
        ("æ—¥æœ¬", "日本"),
        ("It\x92s", "It’s"),
    ],
)
def test_mojibake_is_repaired(seen: str, meant: str) -> None:
    decoded = decode(f"First line – fine\n{seen}\n".encode())
    assert decoded.text == f"First line – fine\n{meant}\n"
    assert [warning.code for warning in decoded.warnings] == ["repaired-text"]


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” quotes, ‘single’ ones, ﬁne ligatures, ｗｉｄｅ letters … and 1⁄2",
        "SÃO PAULO, NÃO, CÂMARA, Ångström, Âge d’or « été » à…",
        "Січень, Різдво, Сёмга, Рёв",
        "Ça, “naïf”, Ï, ¿Qué?",
    ],
)
def test_nothing_else_is_rewritten(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.warnings) == (text, ())


@given(st.binary())
def test_any_bytes_give_lines_or_an_error(data: bytes) -> None:
    try:
        decoded = decode(data, html=kind_of(data) == "html")
    except InputError as error:
        assert error.code == "undecodable"
    else:
        decoded.text.encode()
        assert "\0" not in decoded.text
        text_lines(decoded.text)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf_8_comes_back_as_it_went(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.encoding == "utf-8"
    if not decoded.warnings:
        assert decoded.text == text.removeprefix("\ufeff").removeprefix("\ufeff")


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    decode_text(text).text.encode()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.sampled_from(["utf-16", "utf-32"]))
def test_a_byte_order_mark_decides(text: str, codec: str) -> None:
    assert decode(("a" + text).encode(codec)).encoding == codec


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.booleans())
def test_the_text_in_utf_8_is_that_of_the_text(data: bytes, html: bool) -> None:
    for start in (b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2):
        try:
            decoded = decode(start + data, html=html)
        except InputError:
            continue
        assert decoded.raw in (None, decoded.text.encode())


@given(st.text(max_size=60) | st.text(st.sampled_from("a\0\x0b\ufeffé\ud800\udc00â€™"), max_size=9))
def test_decoded_text_in_utf_8_is_that_of_the_text(text: str) -> None:
    decoded = decode_text(text)
    assert decoded.raw in (None, decoded.text.encode())
