"""Who signs in Chinese, Japanese and Korean, where a role stands against the name."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.pattern import lazy

_EAST = "\u3040"  # where their scripts begin
# "순천, 광양 구현모 기자", "박준석 선임기자 외 1명"
_REPORTER = lazy(
    r"([가-힣]{2,4}) ?(?:(?:선임|전문|인턴|수습|객원) ?)?(?:기자|특파원|논설위원|앵커)(?![가-힣])"
)
_NOBODY = frozenset("본지 취재 사진 인턴 선임 전문 수습 객원 편집 디지털 담당 시민".split())
_HANGUL = lazy(r"[가-힣]+(?: [가-힣]+)+")
_SIGNS = lazy(r"[\s、，,／/|丨:：;；()（）【】\[\]・]+")
_ROLE = lazy(r"特派員|特派员|通讯员|通訊員|记者|記者|撰文|作者|^文$")
_OTHER = lazy(r"编|編|来源|來源|摄|攝|撮影|校对|審核|审核")  # who edits, lends or photographs
_NAME = lazy(r"[\u3400-\u9fff々ヶ\u3040-\u30ff]{2,5}(?:·[\u3400-\u9fff]{1,6})*")
_REPORT = lazy(r"(?:報導|报道|報道|综合|綜合|专电|專電|[电電讯訊])$")  # "台北報導": where, not who
_PAPER = lazy(r"[社報报網网台臺局]$|^本|新聞|新闻|電視|电视")


def names_by_role(byline: str) -> tuple[str, ...] | None:
    """The names that stand against a role in a byline; None where there is no such role.

    >>> names_by_role("순천, 광양 구현모 기자 roe@example.com"), names_by_role("記者王小明／台北報導")
    (('구현모',), ('王小明',))
    >>> names_by_role("新华社记者 李明、王芳"), names_by_role("新华社记者"), names_by_role("By Jane Roe")
    (('李明', '王芳'), (), None)
    """
    if byline.isascii() or max(byline) < _EAST:
        return None
    korean = _REPORTER.findall(byline)
    if korean:
        return tuple(dict.fromkeys(name for name in korean if name not in _NOBODY))
    pieces = [piece for piece in _SIGNS.split(byline) if piece]
    if not any(_ROLE.search(piece) for piece in pieces):
        return None
    return tuple(dict.fromkeys(_behind_roles(pieces)))


def _behind_roles(pieces: list[str]) -> Iterator[str]:
    """Those of the pieces of a byline that are names: against a role, or following one."""
    named = False
    for piece in pieces:
        role = _ROLE.search(piece)
        if role is not None:
            named = True
            before, piece = piece[: role.start()], piece[role.end() :]
            if not piece and before and not _PAPER.search(before):
                piece = before  # "山田太郎記者"
        elif _OTHER.search(piece):
            named = False
        if named and piece and _NAME.fullmatch(piece) and not _REPORT.search(piece):
            yield piece


def is_phrase(text: str) -> bool:
    """Whether a text is several words of Korean, in which names are one: "사진 확대" is a button.

    >>> is_phrase("사진 확대"), is_phrase("구현모"), is_phrase("राम कुमार")
    (True, False, False)
    """
    return max(text, default="") >= _EAST and _HANGUL.fullmatch(text) is not None
