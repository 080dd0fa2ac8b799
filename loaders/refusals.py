"""What an API means by its error codes, in Korean and English with the remedy, and the errors that say so.

Codes are those of the services' own guides: the gateway of data.go.kr (KIPRIS Plus has the same), api.odcloud.kr, and
the National Tax Service. Bizinfo, SMES24 and NTIS answer errors in words, which are told apart by what they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import NOTHING, Wording


class RefusedError(SourceError):
    """The API refuses the request; asking again would not help. ``known`` says that it told why."""

    def __init__(self, message: Wording, *, known: bool = True) -> None:
        self.known = known
        super().__init__(message)


class UnavailableError(SourceError):
    """The API cannot answer now; ``wait`` seconds are what it asks for (None where it names none)."""

    def __init__(self, message: Wording, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


@dataclass(frozen=True)
class RefusalReason:
    """What a code means and what helps; ``again`` where the same request may succeed a little later."""

    ko: str
    en: str
    remedy_ko: str
    remedy_en: str
    again: bool = False


_KEY: Final = RefusalReason(
    "등록되지 않은 인증키입니다",
    "the key is not registered",
    "새 인증키는 쓰이기까지 하루까지 걸립니다. 인증키와 활용신청을 확인하십시오",
    "a new key takes up to a day to work; check the key and that it was applied for this service",
)
_EXPIRED: Final = RefusalReason(
    "인증키의 사용 기한이 지났습니다",
    "the key has expired",
    "발급 기관의 마이페이지에서 기간을 연장하거나 새로 발급받으십시오",
    "extend it on the page where it was issued, or have a new one issued",
)
_DENIED: Final = RefusalReason(
    "이 서비스에 접근할 수 없는 인증키입니다",
    "the key may not use this service",
    "이 서비스의 활용신청을 하고 승인을 확인하십시오",
    "apply for this service, and see that it was approved",
)
_PAUSED: Final = RefusalReason(
    "일시적으로 사용할 수 없는 인증키입니다",
    "the key is disabled for a time",
    "내일 다시 실행하거나 발급 기관에 문의하십시오",
    "run it again tomorrow, or ask who issued it",
)
_QUOTA: Final = RefusalReason(
    "하루 요청 한도를 넘었습니다",
    "the day's number of requests is used up",
    "받은 쪽은 보관되어 있으니 내일 같은 명령을 실행하면 이어 받습니다",
    "the pages so far are kept: run the same command tomorrow and it goes on",
)
_RATE: Final = RefusalReason(
    "짧은 시간에 너무 많이 요청했습니다",
    "too many requests at a time",
    "잠시 뒤 다시 실행하십시오",
    "run it later",
    again=True,
)
_BUSY: Final = RefusalReason(
    "등록기관의 서버에 장애가 있습니다",
    "the register's server has a fault",
    "잠시 뒤 다시 실행하십시오",
    "run it again later",
    again=True,
)
_PARAMETERS: Final = RefusalReason(
    "요청 변수가 잘못되었습니다",
    "a parameter of the request is wrong",
    "--since 와 질의 설정을 확인하십시오",
    "check --since and what is asked for",
)
_GONE: Final = RefusalReason(
    "없거나 폐기된 서비스입니다",
    "the service does not exist any more",
    "Dure를 새 판으로 바꾸거나 파일을 내려받아 dure load 로 적재하십시오",
    "update Dure, or download the file and load it with dure load",
)
_ADDRESS: Final = RefusalReason(
    "등록되지 않은 IP 주소에서 요청했습니다",
    "the request came from an address that is not registered",
    "발급 기관에 이 서버의 IP 주소를 등록하십시오",
    "register this server's IP address where the key was issued",
)
_TOO_LARGE: Final = RefusalReason(
    "한 번에 100건까지만 물을 수 있습니다",
    "at most 100 numbers at a time",
    "Dure를 새 판으로 바꾸십시오",
    "update Dure",
)
_OTHER: Final = RefusalReason(
    "등록기관이 오류로 답했습니다",
    "the register answers with an error",
    "인증키와 요청 변수를 확인하십시오",
    "check the key and the parameters",
)

_GATEWAY: Final = {
    "01": ("APPLICATION_ERROR", _BUSY),
    "02": ("DB_ERROR", _BUSY),
    "04": ("HTTP_ERROR", _BUSY),
    "05": ("SERVICETIME_OUT", _BUSY),
    "10": ("INVALID_REQUEST_PARAMETER_ERROR", _PARAMETERS),
    "11": ("NO_MANDATORY_REQUEST_PARAMETERS_ERROR", _PARAMETERS),
    "12": ("NO_OPENAPI_SERVICE_ERROR", _GONE),
    "20": ("SERVICE_ACCESS_DENIED_ERROR", _DENIED),
    "21": ("TEMPORARILY_DISABLE_THE_SERVICEKEY_ERROR", _PAUSED),
    "22": ("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", _QUOTA),
    "23": ("LIMITED_NUMBER_OF_SERVICE_REQUESTS_PER_SECOND_EXCEEDS_ERROR", _RATE),
    "30": ("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", _KEY),
    "31": ("DEADLINE_HAS_EXPIRED_ERROR", _EXPIRED),
    "32": ("UNREGISTERED_IP_ERROR", _ADDRESS),
    "33": ("UNSIGNED_CALL_ERROR", _KEY),
    "99": ("UNKNOWN_ERROR", _BUSY),
}
_NAMED: Final = dict(_GATEWAY.values())
CODES: Final[Mapping[str, Mapping[str, RefusalReason]]] = {
    "data_go_kr": {code: reason for code, (_, reason) in _GATEWAY.items()},
    "odcloud": {
        "-1": _BUSY,
        "-2": _PARAMETERS,
        "-3": _GONE,
        "-4": _KEY,
        "-9": _GONE,
        "-10": _QUOTA,
        "-401": _KEY,
        "BAD_JSON_REQUEST": _PARAMETERS,
        "REQUEST_DATA_MALFORMED": _PARAMETERS,
        "TOO_LARGE_REQUEST": _TOO_LARGE,
        "INTERNAL_ERROR": _BUSY,
        "HTTP_ERROR": _BUSY,
    },
    "words": {},
}
"""Codes by family; ``words`` has none."""
_WORDS: Final = (
    (re.compile(r"(?i)만료|기한|expire"), _EXPIRED),
    (re.compile(r"(?i)\bIP\b|아이피"), _ADDRESS),
    (re.compile(r"(?i)횟수|트래픽|한도|초과|limit"), _QUOTA),
    (re.compile(r"(?i)인증키|승인키|서비스\s?키|토큰|token|service\s?key"), _KEY),
)


def reason_of(family: str, code: str, text: str) -> RefusalReason:
    """Return what a code means, else the constant that the text names, else what its words speak of."""
    known = CODES[family]
    found = known.get(code) or known.get(code.zfill(2))
    if found:
        return found
    constant = re.sub(r"[\s_]+", "_", text.upper())
    named = [name for name in _NAMED if name in constant or name.removesuffix("_ERROR") in constant]
    if named:
        return _NAMED[max(named, key=len)]
    return next((reason for pattern, reason in _WORDS if pattern.search(text)), _OTHER)


def both(title: tuple[str, str], ko: str, en: str) -> Wording:
    """Word what is told of the API of ``title`` (Korean, English) in both languages."""
    return Wording(f"{title[0]}: {ko}", f"{title[1]}: {en}")


def refusal(title: tuple[str, str], reason: RefusalReason, said: Wording = NOTHING) -> SourceError:
    """Word a refusal of the API of ``title`` (Korean, English); ``said`` are its own words or code."""
    ko, en = (f" ({words})" if words else "" for words in said)
    message = both(title, f"{reason.ko}{ko}. {reason.remedy_ko}", f"{reason.en}{en}; {reason.remedy_en}")
    return UnavailableError(message) if reason.again else RefusedError(message, known=reason is not _OTHER)
