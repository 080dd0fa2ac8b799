"""A real HTTP server on loopback that answers as the public APIs' guides say, quirks included."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from loaders.live.endpoints import ENDPOINTS, Endpoint

KEY = "abc+DEF/123=="
"""A key with the signs that need encoding in an address."""


@dataclass(frozen=True)
class ReceivedRequest:
    """One request as the server got it."""

    path: str
    query: Mapping[str, str]
    body: Any = None


@dataclass(frozen=True)
class Reply:
    """What the server sends; ``cut`` closes the connection after half of the body."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


Handler = Callable[[ReceivedRequest], Reply]


@dataclass
class PublicApis:
    """The handlers by path, and the requests that came."""

    address: str
    handlers: dict[str, Handler] = field(default_factory=dict)
    asked: list[ReceivedRequest] = field(default_factory=list)
    documents: list[ReceivedRequest] = field(default_factory=list)
    """Requests for the list of a file's editions, which are not for rows."""

    def serve(self, name: str, handler: Handler) -> Endpoint:
        """Answer the service called ``name`` by ``handler``; return it as reached here, without pauses."""
        endpoint = replace(ENDPOINTS[name].through(self.address), pause=0)
        self.handlers[urlsplit(endpoint.address).path] = handler
        return endpoint

    def pages(self, parameter: str) -> list[str]:
        """Return what a parameter was in each request."""
        return [asked.query.get(parameter, "") for asked in self.asked]


@contextmanager
def public_apis() -> Iterator[PublicApis]:
    """Run the server on a free port of this machine alone."""
    apis = PublicApis("")

    class _Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002 - the name of the base class
            """Keep quiet."""

        def _answer(self, body: Any) -> None:
            url = urlsplit(self.path)
            asked = ReceivedRequest(url.path, dict(parse_qsl(url.query, keep_blank_values=True)), body)
            (apis.documents if url.path == "/oas/docs" else apis.asked).append(asked)
            reply = apis.handlers.get(url.path, lambda _asked: Reply("", 404))(asked)
            sent = reply.body.encode()
            with suppress(ConnectionError):  # who asked may have gone
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(sent)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(sent[: len(sent) // 2] if reply.cut else sent)
            self.close_connection = reply.cut

    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    apis.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield apis
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def in_turn(*replies: Reply | Handler) -> Handler:
    """Answer one request after the other, the last one for ever."""
    waiting = list(replies)

    def handle(asked: ReceivedRequest) -> Reply:
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return reply if isinstance(reply, Reply) else reply(asked)

    return handle


def _part(rows: Sequence[Any], page: str, size: str) -> Sequence[Any]:
    start = (int(page) - 1) * int(size)
    return rows[start : start + int(size)]


def gateway(rows: Sequence[Mapping[str, Any]], *, key: str = KEY) -> Handler:
    """data.go.kr: ``response.header`` and ``body``; no rows are code 03 with empty ``items``."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["serviceKey"] != key:
            return gateway_error("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")
        part = _part(rows, asked.query["pageNo"], asked.query["numOfRows"])
        header = {"resultCode": "00" if part else "03", "resultMsg": "NORMAL SERVICE." if part else "NODATA_ERROR"}
        items = {"item": list(part)} if part else {}
        body = {"items": items, "pageNo": asked.query["pageNo"], "totalCount": len(rows)}
        return Reply(json.dumps({"response": {"header": header, "body": body}}, ensure_ascii=False))

    return handle


def gateway_xml(items: Sequence[str], *, key: str = KEY) -> Handler:
    """data.go.kr in XML, which the factory register gives whatever is asked for; a company has to be named."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["serviceKey"] != key:
            return gateway_error("30", "SERVICE_KEY_IS_NOT_REGISTERED_ERROR")
        if not asked.query.get("cmpnyNm"):
            return gateway_error("11", "NO_MANDATORY_REQUEST_PARAMETERS_ERROR")
        part = "".join(_part(items, asked.query["pageNo"], asked.query["numOfRows"]))
        header = "<header><resultCode>00</resultCode><resultMsg>NORMAL SERVICE.</resultMsg></header>"
        body = f"<body><items>{part}</items><totalCount>{len(items)}</totalCount></body>"
        return Reply(f"<response>{header}{body}</response>")

    return handle


def gateway_error(code: str, name: str, status: int = 200) -> Reply:
    """Return the gateway's own error, XML whatever was asked for."""
    return Reply(
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>{name}</returnAuthMsg><returnReasonCode>{code}</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>",
        status,
    )


def odcloud(rows: Sequence[Mapping[str, Any]], *, key: str = KEY, most: int = 1_000) -> Handler:
    """api.odcloud.kr and K-Startup: flat, with ``matchCount``; not more than ``most`` rows on a page."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["serviceKey"] != key:
            return Reply(json.dumps({"code": -401, "msg": "유효하지 않은 인증키 입니다."}), 401)
        size = str(min(int(asked.query["perPage"]), most))
        part = _part(rows, asked.query["page"], size)
        count = {"currentCount": len(part), "matchCount": len(rows), "totalCount": 99_999, "page": asked.query["page"]}
        return Reply(json.dumps({**count, "data": list(part)}, ensure_ascii=False))

    return handle


def bizinfo(rows: Sequence[Mapping[str, Any]], *, key: str = KEY) -> Handler:
    """bizinfo.go.kr: ``jsonArray``, the count in each item, errors as ``reqErr``."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["crtfcKey"] != key:
            return Reply(json.dumps({"reqErr": "인증키가 유효하지 않습니다."}, ensure_ascii=False))
        part = _part(rows, asked.query["pageIndex"], asked.query["pageUnit"])
        return Reply(json.dumps({"jsonArray": [{**row, "totCnt": len(rows)} for row in part]}, ensure_ascii=False))

    return handle


def kipris(items: Sequence[str], *, key: str = KEY) -> Handler:
    """KIPRIS Plus: XML with an empty code where all is well, the count behind the body."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["ServiceKey"] != key:
            return Reply(
                "<response><header><successYN>N</successYN><resultCode>31</resultCode>"
                "<resultMsg>DEADLINE HAS EXPIRED ERROR.</resultMsg></header><body/></response>"
            )
        part = "".join(_part(items, asked.query["pageNo"], asked.query["numOfRows"]))
        return Reply(
            "<response><header><resultCode></resultCode><resultMsg></resultMsg></header>"
            f"<body><items>{part}</items></body><count><totalCount>{len(items)}</totalCount></count></response>"
        )

    return handle


def ntis(hits: Sequence[str], *, key: str = KEY) -> Handler:
    """NTIS: rows from ``startPosition`` on; an address that is not registered gets words alone."""

    def handle(asked: ReceivedRequest) -> Reply:
        if asked.query["apprvKey"] != key:
            return Reply("<RESULT><MSG>등록되지 않은 IP 입니다.</MSG></RESULT>")
        start = int(asked.query["startPosition"]) - 1
        part = "".join(hits[start : start + int(asked.query["displayCnt"])])
        return Reply(f"<RESULT><TOTALHITS>{len(hits)}</TOTALHITS><RESULTSET>{part}</RESULTSET></RESULT>")

    return handle


def tax_office(states: Mapping[str, tuple[str, str]], *, key: str = KEY) -> Handler:
    """Answer as the National Tax Service does: 100 numbers at most; one that it does not know has empty fields."""

    def handle(asked: ReceivedRequest) -> Reply:
        numbers = asked.body["b_no"]
        if asked.query["serviceKey"] != key:
            return Reply(json.dumps({"code": -4, "msg": "등록되지 않은 인증키 입니다."}), 401)
        if len(numbers) > 100:
            return Reply(json.dumps({"status_code": "TOO_LARGE_REQUEST"}), 413)
        names = {"01": "계속사업자", "02": "휴업자", "03": "폐업자", "": ""}
        data = []
        for number in numbers:
            code, day = states.get(number, ("", ""))
            kind = "부가가치세 일반과세자" if code else "국세청에 등록되지 않은 사업자등록번호입니다."
            data.append({"b_no": number, "b_stt": names[code], "b_stt_cd": code, "tax_type": kind, "end_dt": day})
        known = sum(number in states for number in numbers)
        body = {"status_code": "OK", "match_cnt": known, "request_cnt": len(numbers), "data": data}
        return Reply(json.dumps(body, ensure_ascii=False))

    return handle
