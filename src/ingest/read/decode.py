"""Bytes -> text, in the encoding that the evidence is for."""

import codecs
import re
from typing import NamedTuple

from ingest.errors import InputError
from ingest.page import Warning

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 16_384  # bytes in which a page declares its charset
_PREFIX = 65_536  # bytes that show whether a text is in UTF-16
# Compiled when an HTML page asks for them: a flat one starts without.
_XML_ENCODING = rb"""\s{0,99}<\?xml[^>]{0,99}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})"""
_META_CHARSET = rb"""(?i)<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})"""
_NO_ENCODINGS = ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem")

_CONTROLS = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))
_PLAIN = bytes(set(range(0x80)) - set(_CONTROLS))
_CONTROL_TABLE = dict.fromkeys((*range(9), *range(0x0E, 0x20), 0x7F)) | {0x0B: " "}


class Decoded(NamedTuple):
    """A page's text; ``encoding`` is what its bytes were decoded with, in lower case ("utf-8").

    ``raw`` is the text in UTF-8, if it is known without encoding it anew.
    """

    text: str
    encoding: str
    warnings: tuple[Warning, ...] = ()
    raw: bytes | None = None


def decode(data: bytes, *, encoding: str | None = None, html: bool = False) -> Decoded:
    """The text of the bytes, by the first of these that holds: the user's ``encoding``, a byte order
    mark, the pattern of zero bytes in UTF-16 and UTF-32, the charset that an HTML page declares
    (with the meaning of the WHATWG Encoding Standard), UTF-8, the letters of a legacy encoding.

    Valid UTF-8 beats a declared single-byte charset, with which almost any bytes agree: there the
    server's own header, lost in the dump, said UTF-8. Warnings: replaced-bytes, repaired-text.
    Raises InputError: undecodable, bad-option (the user's encoding doesn't exist).

    >>> decode("Müller".encode("utf-16")).encoding
    'utf-16'
    >>> decode(b'<meta charset="iso-8859-1">M\\xfcller', html=True).encoding
    'windows-1252'
    """
    if encoding is not None:
        text, name = _by_user(data, encoding)
    else:
        text, name = _by_mark(data) or _by_zeros(data) or _by_content(data, html=html)
    warnings = []
    whole = "\ufffd" not in text
    bad = 0 if whole else text.count("\ufffd")
    if bad and name in ("utf-8", "utf-16", "utf-32"):
        bad -= _printed_replacements(data, name)
    if bad > 0:
        times = "once" if bad == 1 else f"{bad} times"
        warnings.append(Warning("replaced-bytes", f"bytes that are not {name} became U+FFFD {times}"))
    decoded = decode_text(text, data.removeprefix(codecs.BOM_UTF8) if whole and name == "utf-8" else None)
    return Decoded(decoded.text, name, (*warnings, *decoded.warnings), decoded.raw)


def decode_text(text: str, raw: bytes | None = None) -> Decoded:
    """Text that is decoded already, made clean: no control characters, no lone surrogates, mojibake
    repaired (with the warning repaired-text), and nothing else rewritten.

    ``raw`` is the text in UTF-8, where the caller has it.

    >>> decode_text("It\u00e2\u20ac\u2122s\\0 here").text
    'It’s here'
    """
    try:
        raw = raw or text.encode()
    except UnicodeEncodeError:  # surrogates: halves of one character meet, what stays alone is replaced
        text = text.translate(_CONTROL_TABLE).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        raw = text.encode()
    odd = raw.translate(None, _PLAIN)  # a tenth of the time that a pattern takes
    beyond = odd.translate(None, _CONTROLS)
    if len(beyond) < len(odd):
        text = text.translate(_CONTROL_TABLE)
        raw = text.encode()
    if not beyond:
        return Decoded(text, "utf-8", (), raw)
    from ingest.read.mojibake import may_need_repair, repair

    if text.startswith("\ufeff"):
        text = text[1:]
        raw = text.encode()
    repaired, changed = repair(text) if may_need_repair(raw, beyond) else (text, 0)
    if not changed:
        return Decoded(text, "utf-8", (), raw)
    places = "one place" if changed == 1 else f"{changed} places"
    warning = Warning("repaired-text", f"wrongly decoded text repaired in {places}")
    return Decoded(repaired, "utf-8", (warning,))


# --- One after the other --------------------------------------------------------------------------


def _by_user(data: bytes, encoding: str) -> tuple[str, str]:
    codec = codec_of(encoding)
    if codec is None:
        raise InputError("bad-option", f"there is no encoding {encoding!r}")
    if codec == "utf-8":
        data = data.removeprefix(codecs.BOM_UTF8)
    text = _strictly(data, codec)
    if text is None:
        text = _leniently(data, codec)
    if text is None:
        raise InputError("undecodable", f"the bytes are not {codec}")
    return text, codec


def _by_mark(data: bytes) -> tuple[str, str] | None:
    for mark, codec in _BOMS:
        if data.startswith(mark):
            text = _strictly(data, codec)
            if text is None:
                text = _leniently(data, codec)
            if text is not None:
                return text.removeprefix("\ufeff"), codec
    return None


def _by_zeros(data: bytes) -> tuple[str, str] | None:
    """UTF-16 or UTF-32 without a mark: zero bytes in the same place of each character."""
    codec = wide_codec(data)
    if codec is None:
        return None
    text = _strictly(data, codec)
    if text is None:
        text = _leniently(data, codec)
    return None if text is None else (text, codec[:6])


def _by_content(data: bytes, *, html: bool) -> tuple[str, str]:
    declared = declared_charset(data) if html else None
    utf8 = _strictly(data, "utf-8")
    if utf8 is not None and (declared in (None, "utf-8") or _is_single_byte(str(declared))):
        if b"\x1b" not in data or b"\x1b$" not in data:
            return utf8, "utf-8"
        declared = declared or "iso2022_jp_2"  # Japanese mail: pure ASCII to the eye of UTF-8
    if declared is not None and (text := _strictly(data, declared)) is not None:
        return text, _name(declared)
    if utf8 is not None:
        return utf8, "utf-8"
    if (text := _almost_utf8(data)) is not None:
        return text, "utf-8"
    if declared not in (None, "utf-8") and (text := _leniently(data, str(declared))) is not None:
        return text, _name(str(declared))

    from ingest.read.legacy import encoding_by_evidence

    codec = encoding_by_evidence(data)
    if codec is not None:
        text = _strictly(data, codec)
        if text is None:
            text = _leniently(data, codec)
        if text is not None:
            return text, codec
    raise InputError("undecodable", "the encoding of the bytes is unknown: name it with --encoding")


# --- Names of encodings ---------------------------------------------------------------------------


def codec_of(label: str) -> str | None:
    """Python's name of the encoding that a label means in practice, or None.

    Of the labels that the WHATWG Encoding Standard lists, "iso-8859-1" means windows-1252,
    "gb2312" means gb18030, and so on: https://encoding.spec.whatwg.org/#names-and-labels

    >>> codec_of("Latin1"), codec_of("KOI8-R"), codec_of("no-such")
    ('windows-1252', 'koi8-r', None)
    """
    label = label.strip().lower()
    if label in ("utf-8", "utf-16", "utf-32"):
        return label
    from ingest import vocabulary

    meant = vocabulary.load("encodings.json")["labels"].get(label)
    if meant is not None and not label.startswith("utf-16"):
        return str(meant)
    try:
        name = codecs.lookup(label).name
        b"x".decode(name)  # refuses what is no encoding of text: "base64", "rot13"
    except UnicodeError:  # half a character of UTF-16
        pass
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    return None if name.replace("_", "-") in _NO_ENCODINGS else _name(name)


def _name(codec: str) -> str:
    """As people know it: "cp1251" -> "windows-1251", "iso8859-2" -> "iso-8859-2"."""
    if len(codec) == 6 and codec.startswith("cp125"):
        return "windows-" + codec[2:]
    if codec.startswith("iso8859"):
        return "iso-" + codec[3:]
    return codec.replace("_", "-")


def declared_charset(data: bytes) -> str | None:
    """The encoding that an HTML page's head declares, under Python's name for it, or None.

    >>> declared_charset(b'<meta http-equiv="Content-Type" content="text/html; charset=GB2312">')
    'gb18030'
    """
    head = data[:_HEAD]
    match = re.match(_XML_ENCODING, head) or re.search(_META_CHARSET, head)
    if match is None:
        return None
    codec = codec_of(match[1].decode("ascii"))
    # The declaration was read byte by byte, so the page can't be in UTF-16: the standard says UTF-8.
    return "utf-8" if codec is not None and codec.startswith(("utf-16", "utf-32")) else codec


def _is_single_byte(codec: str) -> bool:
    return codec.startswith(("windows-", "iso-8859", "koi8", "mac-", "cp8", "cp4"))


def wide_codec(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, of which byte order, by where the zero bytes stand; or None.

    >>> wide_codec("Two lines\\nof text".encode("utf-16-le")), wide_codec(b"a stray \\0 byte")
    ('utf-16-le', None)
    """
    prefix = data[:_PREFIX]
    if b"\0" not in prefix:
        return None
    zeros = [prefix[i::4].count(0) for i in range(4)]
    quarter = len(prefix) / 4
    if len(prefix) >= 8:
        if min(zeros[2:]) >= 0.9 * quarter - 1 and zeros[3] > zeros[0]:
            return "utf-32-le"
        if min(zeros[:2]) >= 0.9 * quarter - 1 and zeros[0] > zeros[3]:
            return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    few, many = sorted((even, odd))
    likely = ["utf-16-le", "utf-16-be"] if odd >= even else ["utf-16-be", "utf-16-le"]
    if many > quarter:
        return likely[0] if few <= 0.02 * many else None
    return next((codec for codec in likely if _reads_well(prefix, codec)), None)


def _reads_well(prefix: bytes, codec: str) -> bool:
    """Chinese in UTF-16 has few zero bytes, at line ends and spaces: do the others make characters?

    So does any pair of ASCII letters; but then the bytes are UTF-8, or spaces stand there without a zero.
    """
    import unicodedata

    if prefix.count(b" ") - prefix.count(0) > 0.05 * len(prefix) or _is_utf8(prefix):
        return False
    text = prefix[: len(prefix) // 2 * 2][:4096].decode(codec, "replace")
    odd = sum(unicodedata.category(c) in ("Cn", "Co", "Cs", "Cc") and c not in "\t\n\r\f" for c in text)
    return odd + text.count("\ufffd") * 2 <= 0.01 * len(text)


def _is_utf8(prefix: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(prefix)  # which may end within a character
    except UnicodeDecodeError:
        return False
    return True


# --- Decoding with and without mercy --------------------------------------------------------------


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        # Hong Kong's additions to Big5
        return _strictly(data, "big5hkscs") if codec == "cp950" else None


def _leniently(data: bytes, codec: str) -> str | None:
    """With U+FFFD for what can't be decoded, if that is a byte in a thousand or the cut end."""
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd") - text.endswith("\ufffd")
    return text if bad <= 0.001 * len(data) else None


def _almost_utf8(data: bytes) -> str | None:
    """UTF-8 cut in the middle of a character, or with a few bytes of something else in it.

    Other encodings hardly ever make a valid sequence by chance, so twenty good ones to a bad one
    are proof; a lone "é" of Latin-1 in an English page leaves no good one.
    """
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - text.endswith("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad - text.endswith("\ufffd")
    return text if good > 0 and (bad * 20 <= good or (bad <= 0.001 * len(data) and bad < good)) else None


def _printed_replacements(data: bytes, name: str) -> int:
    """How many U+FFFD the page itself holds: they were lost before it came to us."""
    if name == "utf-8":
        return data.count(b"\xef\xbf\xbd")
    little = data.count(b"\xfd\xff")
    return little or data.count(b"\xff\xfd")
