"""The public APIs as data: addresses, parameters, paging, codes, licences, and where one gets a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Numbered:
    """Pages of ``rows`` rows by number; ``by_row`` where the parameter names the first row instead of the page."""

    page: str
    size: str
    rows: int
    by_row: bool = False


@dataclass(frozen=True)
class Periods:
    """One answer for each stretch of ``days`` days, without pages within it.

    ``first`` and ``last`` name its ends (``last`` none where it is one day). Without a day to begin at, the last
    ``back`` days are asked for; where that is 0 one answer, without a day, holds the newest.
    """

    first: str
    last: str
    days: int
    back: int


@dataclass(frozen=True)
class Batches:
    """Numbers of what is in the graph are sent as a list called ``member``, ``rows`` at a time."""

    member: str
    rows: int


Paging = Numbered | Periods | Batches


@dataclass(frozen=True)
class Since:
    """How an API is asked for what is new since a day: ``parameter`` takes it (YYYYMMDD), ``field`` of a row shows it.

    Without ``parameter`` the API cannot be asked; rows come newest first, and ``field`` tells where to stop.
    """

    field: str
    parameter: str = ""


@dataclass(frozen=True)
class Endpoint:
    """One service of a public API.

    ``source`` is the loader that reads its pages, empty where they are kept alone. ``key`` names the key (empty: none
    is needed) that goes into the parameter ``key_parameter``. ``asks_for`` is the parameter that says which part is
    wanted, ``queries`` what it is set to where nothing else is said. ``codes`` is the family of its error codes.
    ``editions`` is the address of the list of a file's editions, where each has an address of its own.
    ``pause`` seconds lie between two requests. ``daily`` services are fetched where none is named.
    """

    name: str
    source: str
    title_ko: str
    title_en: str
    address: str
    paging: Paging
    key: str
    key_parameter: str
    apply_at: str
    licence: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    instead_of: str = ""
    codes: str = "data_go_kr"
    asks_for: str = ""
    queries: tuple[str, ...] = ()
    newest_first: bool = False
    since: Since | None = None
    editions: str = ""
    pause: float = 0.2
    suffix: str = "json"
    daily: bool = True

    @property
    def rows_of(self) -> str:
        """The service whose rows these are, by which services that stand in for each other are known."""
        return self.instead_of or self.name

    @property
    def title(self) -> tuple[str, str]:
        """Korean and English title."""
        return self.title_ko, self.title_en

    def through(self, relay: str) -> Endpoint:
        """Return the same service behind a relay, which stands in for the API's host."""
        addresses = (self.address, self.editions)
        address, editions = (each and f"{relay.rstrip('/')}{urlsplit(each).path}" for each in addresses)
        return replace(self, address=address, editions=editions)


_OPEN: Final = "이용허락범위 제한 없음"
_ATTRIBUTION: Final = "공공누리 제1유형 (출처표시)"
_KSTARTUP: Final = "https://apis.data.go.kr/B552735/kisedKstartupService01"
_KSTARTUP_AT: Final = "https://www.data.go.kr/data/15125364/openapi.do"


def _kstartup(name: str, source: str, service: str, titles: tuple[str, str], since: Since | None = None) -> Endpoint:
    return Endpoint(
        name=name,
        source=source,
        title_ko=titles[0],
        title_en=titles[1],
        address=f"{_KSTARTUP}/{service}",
        paging=Numbered("page", "perPage", 100),
        key="data_go_kr",
        key_parameter="serviceKey",
        parameters={"returnType": "json"},
        # The largest pbanc_sn come first in every answer at hand.
        newest_first=bool(since),
        since=since,
        apply_at=_KSTARTUP_AT,
        licence=_OPEN,
        daily=bool(source),
    )


def _ntis(
    name: str,
    source: str,
    service: str,
    titles: tuple[str, str],
    parameters: Mapping[str, str],
    since: Since | None = None,
) -> Endpoint:
    return Endpoint(
        name=name,
        source=source,
        title_ko=titles[0],
        title_en=titles[1],
        address=f"https://www.ntis.go.kr/rndopen/openApi/{service}",
        paging=Numbered("startPosition", "displayCnt", 100, by_row=True),
        key="ntis",
        key_parameter="apprvKey",
        parameters=parameters,
        codes="words",
        asks_for="SRWR",
        queries=("고양",),
        newest_first=bool(since),
        since=since,
        apply_at="https://www.ntis.go.kr/rndopen/api/mng/apiMain.do",
        licence=_ATTRIBUTION,
        suffix="xml",
    )


_ALL: Final = (
    Endpoint(
        name="centers",
        source="centers",
        title_ko="전국지식산업센터현황",
        title_en="Knowledge industry centres",
        address="https://api.odcloud.kr/api/15117154/v1/uddi:a72ac85b-0dac-46a1-bfb6-eba4fc7895d7",
        paging=Numbered("page", "perPage", 500),
        key="data_go_kr",
        key_parameter="serviceKey",
        parameters={"returnType": "JSON"},
        codes="odcloud",
        editions="https://infuser.odcloud.kr/oas/docs",
        apply_at="https://www.data.go.kr/data/15117154/fileData.do",
        licence=_OPEN,
    ),
    Endpoint(
        name="bizinfo",
        source="bizinfo",
        title_ko="기업마당 지원사업정보",
        title_en="Bizinfo support programmes",
        address="https://www.bizinfo.go.kr/uss/rss/bizinfoApi.do",
        paging=Numbered("pageIndex", "pageUnit", 100),
        key="bizinfo",
        key_parameter="crtfcKey",
        parameters={"dataType": "json"},
        codes="words",
        newest_first=True,
        since=Since("creatPnttm"),
        apply_at="https://www.bizinfo.go.kr/apiList.do",
        licence=_ATTRIBUTION,
    ),
    Endpoint(
        name="bizinfo-portal",
        source="bizinfo",
        instead_of="bizinfo",
        title_ko="기업마당 지원사업정보 (공공데이터포털)",
        title_en="Bizinfo support programmes (data.go.kr)",
        address="https://apis.data.go.kr/1421000/bizinfo/pblancBsnsService",
        paging=Numbered("pageNo", "numOfRows", 100),
        key="data_go_kr",
        key_parameter="serviceKey",
        parameters={"dataType": "json"},
        apply_at="https://www.data.go.kr/tcs/dss/selectDataSetList.do?keyword=기업마당",
        licence=_OPEN,
    ),
    _kstartup(
        "kstartup",
        "kstartup",
        "getAnnouncementInformation01",
        ("K-Startup 사업공고", "K-Startup announcements"),
        Since("pbanc_rcpt_bgng_dt", "cond[pbanc_rcpt_bgng_dt::GTE]"),
    ),
    _kstartup(
        "kstartup-businesses",
        "kstartup-businesses",
        "getBusinessInformation01",
        ("K-Startup 사업소개", "K-Startup descriptions of programmes"),
    ),
    _kstartup("kstartup-contents", "", "getContentInformation01", ("K-Startup 콘텐츠", "K-Startup articles")),
    _kstartup("kstartup-statistics", "", "getStatisticalInformation01", ("K-Startup 통계", "K-Startup statistics")),
    Endpoint(
        name="smes24",
        source="smes24",
        title_ko="중소벤처24 공고정보",
        title_en="SMES24 notices",
        address="https://www.smes.go.kr/fnct/apiReqst/extPblancInfo",
        paging=Periods("strDt", "endDt", days=90, back=90),
        key="smes24",
        key_parameter="token",
        parameters={"html": "no"},
        codes="words",
        since=Since("creatDt"),
        apply_at="https://portal.smes.go.kr/home/cs/opndata/UI_USR_L_210/supportBusinessInfoApi",
        licence=_ATTRIBUTION,
    ),
    Endpoint(
        name="ntis-calls",
        source="ntis-calls",
        title_ko="NTIS 국가R&D 통합공고",
        title_en="NTIS calls for R&D projects",
        address="https://www.ntis.go.kr/rndgate/eg/unRndRss.xml",
        paging=Periods("dt", "", days=1, back=0),
        key="",
        key_parameter="",
        parameters={"prt": "100"},
        codes="words",
        since=Since("pubDate"),
        apply_at="",
        licence=_ATTRIBUTION,
        suffix="xml",
    ),
    _ntis(
        "ntis-projects",
        "ntis-projects",
        "public_project",
        ("NTIS 국가R&D 과제", "NTIS R&D projects"),
        {"collection": "project", "searchRnkn": "DATE/DESC"},
        Since("ProjectPeriod/Start"),
    ),
    *(
        _ntis(
            f"ntis-{name}",
            "ntis-results",
            "public_result",
            (f"NTIS 국가R&D 성과 ({ko})", f"NTIS results of R&D projects ({name})"),
            {"collection": collection, "addQuery": f"DBT={kind}"},
        )
        for name, ko, collection, kind in (
            ("papers", "논문", "rpaper", "PAP"),
            ("patents", "특허", "rpatent", "PAT"),
            ("reports", "보고서", "rresearch", "TRKO"),
        )
    ),
    Endpoint(
        name="kipris",
        source="kipris",
        title_ko="KIPRIS Plus 특허·실용신안",
        title_en="KIPRIS Plus patents and utility models",
        address="https://plus.kipris.or.kr/kipo-api/kipi/patUtiModInfoSearchSevice/getAdvancedSearch",
        paging=Numbered("pageNo", "numOfRows", 500),
        key="kipris",
        key_parameter="ServiceKey",
        parameters={"patent": "true", "utility": "true", "sortSpec": "AD", "descSort": "true"},
        asks_for="applicant",
        newest_first=True,
        since=Since("applicationDate"),
        apply_at="https://plus.kipris.or.kr",
        licence="KIPRIS Plus 이용약관",
        suffix="xml",
    ),
    Endpoint(
        name="factories",
        source="factories",
        title_ko="공장등록 생산정보",
        title_en="Factory register",
        address="https://apis.data.go.kr/B550624/fctryRegistInfo/getFctryPrdctnService_v2",
        paging=Numbered("pageNo", "numOfRows", 100),
        key="data_go_kr",
        key_parameter="serviceKey",
        # It answers in XML whatever type is asked for.
        parameters={"type": "xml"},
        asks_for="cmpnyNm",
        apply_at="https://www.data.go.kr/data/15087611/openapi.do",
        licence=_OPEN,
        suffix="xml",
    ),
    Endpoint(
        name="stores",
        source="stores",
        title_ko="상가(상권)정보",
        title_en="Shops",
        address="https://apis.data.go.kr/B553077/api/open/sdsc2/storeListInDong",
        paging=Numbered("pageNo", "numOfRows", 1000),
        key="data_go_kr",
        key_parameter="serviceKey",
        parameters={"divId": "signguCd", "type": "json"},
        asks_for="key",
        queries=("41281", "41285", "41287"),
        apply_at="https://www.data.go.kr/data/15012005/openapi.do",
        licence=_OPEN,
    ),
    Endpoint(
        name="nts-status",
        source="nts-status",
        title_ko="국세청 사업자등록 상태조회",
        title_en="Tax office: state of a business",
        address="https://api.odcloud.kr/api/nts-businessman/v1/status",
        paging=Batches("b_no", 100),
        key="data_go_kr",
        key_parameter="serviceKey",
        parameters={"returnType": "JSON"},
        codes="odcloud",
        apply_at="https://www.data.go.kr/data/15081808/openapi.do",
        licence=_OPEN,
    ),
)
ENDPOINTS: Final[Mapping[str, Endpoint]] = {endpoint.name: endpoint for endpoint in _ALL}
"""All services by name, in the order in which they are fetched and loaded."""
