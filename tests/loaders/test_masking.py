"""Tests of taking personal details out of text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.masking import _RULES, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("연락: 010-1234-5678", "연락: [전화번호]"),
        ("연락: 01012345678 입니다", "연락: [전화번호] 입니다"),
        ("사무실 02-123-4567, 031.900.1234", "사무실 [전화번호], [전화번호]"),
        ("+82-10-1234-5678", "[전화번호]"),
        ("대표번호 1588-1234", "대표번호 [전화번호]"),
        ("a.b+c@example.co.kr로 주세요", "[전자우편]로 주세요"),
        ("주민번호 900101-1234567", "주민번호 [주민등록번호]"),
        ("주민번호 9001011234567", "주민번호 [주민등록번호]"),
        ("사업자 123-45-67891", "사업자 [사업자등록번호]"),
        ("(031)123-4567", "[전화번호]"),
        ("031)123-4567", "[전화번호]"),
        ("(010-1234-5678)", "([전화번호])"),
        ("０１０－１２３４－５６７８", "[전화번호]"),
        ("010ㅡ1234ㅡ5678", "[전화번호]"),
        ("010‑1234—5678, 010 ─ 1234 ─ 5678, 010·1234·5678", "[전화번호], [전화번호], [전화번호]"),
        ("010\u00a01234\u30005678", "[전화번호]"),
        ("0\u200b1\u20600-12\ufeff34-5678 끝", "[전화번호] 끝"),
        ("10-1234-5678, tel-010-1234-5678", "[전화번호], tel-[전화번호]"),
        ("82-10-1234-5678, +82 (0)10 1234 5678", "[전화번호], [전화번호]"),
        ("+1 415-555-0100", "[전화번호]"),
        ("2026-03-02-010-1234-5678, 02-123-4565-010-1234-5678", "2026-03-02-[전화번호], [전화번호]-[전화번호]"),
        ("전화 900-1234", "전화 [전화번호]"),
        ("공일공 일이삼사 오육칠팔", "[전화번호]"),
        ("hong＠example.com", "[전자우편]"),
        ("hong @ example.com", "[전자우편]"),
        ("홍길동@회사.한국으로", "[전자우편]으로"),
        ("홍길동@회사.com, hong@lg전자.com, 用户@例子.公司", "[전자우편], [전자우편], [전자우편]"),
        ("연락처는hong@example.com입니다.And", "연락처는[전자우편]입니다.And"),
        ("외국인등록번호 900101-5123456, 900101-1******", "외국인등록번호 [주민등록번호], [주민등록번호]"),
        ("사업자번호 1234567890", "사업자번호 [사업자등록번호]"),
        (
            "123 45 67890은 사업자등록번호가 아니고 220-81-62517, 2208162517",
            "123 45 67890은 사업자등록번호가 아니고 [사업자등록번호], [사업자등록번호]",
        ),
        ("법인등록번호 110111-1234567, 법인번호 1101111234567", "법인등록번호 [법인등록번호], 법인번호 [법인등록번호]"),
        ("134511-0004412", "[법인등록번호]"),
        ("4111-1111-1111-1111, 4111111111111111", "[카드번호], [카드번호]"),
        ("카드번호 1234-5678-9012-3456", "카드번호 [카드번호]"),
        ("110-123-456789 국민은행", "[계좌번호] 국민은행"),
        ("농협(예금주 홍길동) 302-1234-5678-91", "농협(예금주 홍길동) [계좌번호]"),
        ("3333-02-1234567 카카오뱅크", "[계좌번호] 카카오뱅크"),
        ("신한 110-123-456789, 우리은행1002-123-456789", "신한 [계좌번호], 우리은행[계좌번호]"),
        ("계좌 110123456789", "계좌 [계좌번호]"),
        ("국민은행 02-123-4567", "국민은행 [전화번호]"),
        ("여권번호 M12345678, passport no. M123A4567", "여권번호 [여권번호], passport no. [여권번호]"),
        ("운전면허 11-12-123456-78", "운전면허 [운전면허번호]"),
    ],
)
def test_personal_details_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "특허 1020230003245",
        "2026-03-02 ~ 2026-03-31",
        "예산 1,234,567,890원",
        "모델 A-1234-5678",
        "IP68 등급 30%",
        "",
        "특허 10-2018-0140301, 1020180140301, 10-0123456호",
        "은행이 출원한 10-2018-0140301, 1020180140301(기업은행 담보), 10-2018-0140301 계좌",
        "2026-03-02 20260302 2026.3.2 2026-03-02 2026-03-31",
        "농협 2026-03-02 대출 3억, 하나은행 1,200,000,000원",
        "1,200,000,000원, 1200000000원, 2208162517원",
        "업종 26429, C26429, ksic11:26429",
        "PBLN_000000000120541",
        "전용 84.95㎡, 3,305.8m², 25.7평, 1:2.5, 0.25, 3 @ 2.5",
        "1998-2024년, 2021년 3월 2일, 5G·6G",
        "4111-1111-1111-1112",
        "M12345678",
        "KC 10-2021-1234, IEC 61508-1, HS 8471.30.1000, 979-11-1234-567-8, 제2026-1234호, 192.168.0.1",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(), st.integers(0, 99_999_999))
def test_a_mobile_number_never_survives(around: str, number: int) -> None:
    written = f"010-{number // 10_000:04}-{number % 10_000:04}"

    assert written not in mask(f"{around} {written} {around}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(
    st.text(
        st.sampled_from("0123456789010101-- .,()+@aMk가은행계좌카드사업자법인여권전화[]번호\n\u200b\uff10ㅡ"),
        max_size=60,
    )
)
def test_masking_text_full_of_numbers_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text().filter(lambda text: not re.search(r"[\d@＠﹫공영]", text)))
def test_a_text_without_numbers_and_addresses_stays_as_it_is(text: str) -> None:
    assert mask(text) == text


@given(st.text(st.sampled_from("-.－ㅡ‑—·  \u00a0\u3000"), min_size=1, max_size=1), st.integers(0, 9_999_999))
def test_any_dash_dot_or_space_divides_a_number(sign: str, number: int) -> None:
    assert mask(f"☎ 02{sign}{number // 10_000:03}{sign}{number % 10_000:04}") == "☎ [전화번호]"


def test_no_pattern_but_that_of_addresses_matches_more_than_a_line_so_that_time_grows_with_the_text() -> None:
    """An address begins where no letter precedes, so that each letter of a word is read once."""
    widths = {rule.pattern.pattern: re._parser.parse(rule.pattern.pattern).getwidth()[1] for rule in _RULES}
    assert [pattern for pattern, width in widths.items() if width > 120] == [_RULES[0].pattern.pattern]
    for hostile in ("a", "a@", "a.", "가", "010-", "계좌1", "@a.", "+1 "):
        assert mask(hostile * 50_000)
    assert mask("a@" + "b." * 100_000)
