"""Why a Neo4j server did not start or stop, as it is said to whoever asked for it."""

from __future__ import annotations

from pathlib import Path

from graph_schema.wording import Wording


def not_stopped(home: Path, pid: int, seconds: int, log: Path) -> Wording:
    """Say that the server is still there so long after it was told to end."""
    return Wording(
        f"{home}: Neo4j 서버(프로세스 {pid})가 {seconds}초 안에 종료되지 않았습니다. {log}에서 원인을 확인하고 "
        f"기다리거나, 다음 명령으로 끝내십시오: kill -9 {pid} (Neo4j는 다음에 시작할 때 복구합니다)",
        f"the Neo4j server in {home} (process {pid}) did not stop within {seconds} s; "
        f"see {log}, wait, or end it with: kill -9 {pid} (Neo4j recovers at the next start)",
    )


def being_started(home: Path, seconds: int, log: Path) -> Wording:
    """Say that another process has not finished starting the server."""
    return Wording(
        f"{home}: 다른 프로세스가 {seconds}초째 Neo4j 서버를 시작하고 있습니다. {log}에서 원인을 확인하고 같은 명령을 "
        "다시 실행하십시오",
        f"another process has been starting the Neo4j server in {home} for {seconds} s; see {log}, and repeat the "
        "command",
    )


def hung(home: Path, pid: int, seconds: int, log: Path) -> Wording:
    """Say that the server is up and has been silent for so long."""
    return Wording(
        f"{home}: Neo4j 서버(프로세스 {pid})가 포트를 연 채 {seconds}초 동안 응답하지 않습니다. {log}에서 원인을 "
        f"확인하고 기다리거나, 다음 명령으로 끝낸 뒤 같은 명령을 다시 실행하십시오: kill -9 {pid} (Neo4j는 다음에 "
        "시작할 때 복구합니다)",
        f"the Neo4j server in {home} (process {pid}) has its port open and has not answered for {seconds} s; see "
        f"{log}, and wait, or end it and repeat the command: kill -9 {pid} (Neo4j recovers at the next start)",
    )


def ended_early(code: object) -> Wording:
    """Say for ``not_started`` that the process ended."""
    return Wording(f"시작하는 도중에 종료되었습니다(종료 코드 {code})", f"ended while starting (exit code {code})")


def silent_on(port: int, seconds: int) -> Wording:
    """Say for ``not_started`` that the process runs, but does not answer."""
    return Wording(
        f"{seconds}초 안에 {port}번 포트에서 응답하지 않았습니다", f"did not answer on port {port} within {seconds} s"
    )


def not_started(home: Path, what: Wording, log: Path, tail: str) -> Wording:
    """Say what became of a start, with the end of the log, which holds the cause."""
    return Wording(
        f"{home}: Neo4j 서버가 {what.ko}. {log}의 마지막 부분:\n{tail}",
        f"the Neo4j server in {home} {what}; the end of {log}:\n{tail}",
    )
