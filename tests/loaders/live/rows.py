"""Made-up rows in the shapes of the public APIs, numbered, the newest first."""

from __future__ import annotations

from datetime import date, timedelta

_NEWEST = date(2026, 11, 1)


def notices(count: int) -> list[dict[str, object]]:
    """Bizinfo notices, one a day back from 2026-11-01."""
    return [
        {
            "pblancId": f"PBLN_{number:015}",
            "pblancNm": f"가상 공고 {number}",
            "reqstBeginEndDe": "2026-11-01 ~ 2026-12-31",
            "creatPnttm": f"{_NEWEST - timedelta(days=count - number)} 10:00:00",
            "jrsdInsttNm": "가상부",
        }
        for number in range(count, 0, -1)
    ]


def announcements(count: int) -> list[dict[str, object]]:
    """K-Startup announcements, one a day back from 2026-11-01."""
    return [
        {
            "pbanc_sn": 900_000 + number,
            "id": number,
            "biz_pbanc_nm": f"가상 창업 공고 {number}",
            "supt_regin": "경기",
            "pbanc_rcpt_bgng_dt": f"{_NEWEST - timedelta(days=count - number):%Y%m%d}",
            "pbanc_rcpt_end_dt": "20261231",
        }
        for number in range(count, 0, -1)
    ]


def centers(count: int) -> list[dict[str, object]]:
    """Knowledge industry centres of Goyang."""
    return [
        {
            "시도": "경기도",
            "시군구": "고양시 일산동구",
            "지식산업센터명": f"가상센터{number}",
            "공장대표주소(지번)": f"경기도 고양시 일산동구 장항동 {number}",
        }
        for number in range(1, count + 1)
    ]


def shops(count: int) -> list[dict[str, object]]:
    """Shops, with the API's field names."""
    return [
        {
            "bizesId": f"MA0101{number:06}",
            "bizesNm": f"가상상점{number}",
            "brchNm": "",
            "ksicCd": "I56191",
            "signguCd": "41285",
            "rdnmAdr": "경기도 고양시 일산동구 장항로 1",
        }
        for number in range(1, count + 1)
    ]


def patents(count: int) -> list[str]:
    """KIPRIS items, one a day back from 2026-11-01."""
    return [
        f"<item><applicationNumber>10{2026:04}{number:07}</applicationNumber><inventionTitle>가상 발명 {number}"
        f"</inventionTitle><ipcNumber>H01M 10/00</ipcNumber><registerStatus>공개</registerStatus>"
        f"<applicationDate>{_NEWEST - timedelta(days=count - number):%Y%m%d}</applicationDate>"
        "<applicantName>가나대학교</applicantName></item>"
        for number in range(count, 0, -1)
    ]


def projects(count: int) -> list[str]:
    """NTIS hits, the searched word marked."""
    return [
        f"<HIT><ProjectNumber>17990{number:05}</ProjectNumber><ProjectTitle><Korean>가상 과제 {number}</Korean>"
        "</ProjectTitle><ResearchAgency><Name>가나대학교</Name></ResearchAgency>"
        "<ProjectPeriod><Start>2026-01-01 00:00:00.0</Start><End>2026-12-31 00:00:00.0</End></ProjectPeriod></HIT>"
        for number in range(count, 0, -1)
    ]


def results(count: int, kind: str) -> list[str]:
    """NTIS papers (``JNL``) or patents (``PAT``), each of a project of its own."""
    own = "<JournalName>가상학회지</JournalName>" if kind == "JNL" else "<RegistType>출원</RegistType>"
    return [
        f"<HIT><ResultID>{kind}-{number}</ResultID><ResultTitle>가상 성과 {number}</ResultTitle>{own}"
        f"<ProjectID>17990{number:05}</ProjectID><ProjectTitle>가상 과제 {number}</ProjectTitle>"
        "<PerformAgency><Name>가나대학교</Name></PerformAgency></HIT>"
        for number in range(count, 0, -1)
    ]


def factories(count: int) -> list[str]:
    """Return items of the factory register of companies of Goyang."""
    return [
        f"<item><fctryManageNo>41285{number:010}</fctryManageNo><cmpnyNm>(주)가나{number}</cmpnyNm>"
        "<rnAdres>경기도 고양시 일산동구 장항로 1</rnAdres><rprsntvIndutyCode>27213</rprsntvIndutyCode>"
        "<indutyNm>물질 검사, 측정 및 분석 기구 제조업</indutyNm><indutyCodes>27213</indutyCodes>"
        "<mainProductCn>측정기</mainProductCn></item>"
        for number in range(count, 0, -1)
    ]


def feed(*numbers: int) -> str:
    """Return the NTIS feed of calls with these numbers."""
    items = "".join(
        f"<item><author>가상부</author><title>가상 과제 공고 {number}</title><category>가상진흥원</category>"
        f"<link>https://www.ntis.go.kr/rndgate/eg/un/ra/view.do?roRndUid={number}&amp;flag=rndList</link>"
        "<pubDate>2026.08.21</pubDate><appbegin>2026-08-24</appbegin><appdue>2026-09-18</appdue>"
        "<budget>500000000</budget></item>"
        for number in numbers
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{items}</channel></rss>'
