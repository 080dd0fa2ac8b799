"""Wrong usage, which typer finds, in the language of the locale."""

from __future__ import annotations

import sys

import pytest

from cli.main import main


def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, arguments: str) -> list[str]:
    """Return what the command prints of an error, line by line; its exit code is that of wrong usage."""
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setattr(sys, "argv", ["dure", *arguments.split()])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("experiment run x --sedes 3", "없는 옵션: --sedes. 비슷한 옵션: --encoder, --seeds, --set"),
        ("experiment run x --qqq", "없는 옵션: --qqq"),
        ("experiment rnu", "없는 명령: rnu. 비슷한 명령: 'run'"),
        ("qqqqq", "없는 명령: qqqqq."),
        ("experiment compare a", "빠진 인자: others"),
        ("experiment export", "빠진 옵션: --task"),
        ("experiment run a b c", "더 적힌 인자: b c"),
        ("experiment run --seeds", "값을 적어야 하는 옵션: --seeds"),
        ("experiment run --cold=3", "값을 적지 않는 옵션: --cold"),
        ("experiment run --seeds 0", "--seeds: 맞지 않는 값입니다. 1 이상을 적으십시오"),
        ("experiment run --seeds x", "--seeds: 맞지 않는 값입니다. 정수를 적으십시오"),
        ("experiment run --budget x", "--budget: 맞지 않는 값입니다. 수를 적으십시오"),
        ("serve --port 99999", "--port: 맞지 않는 값입니다. 65535 이하를 적으십시오"),
        (
            "recommend x --audience me",
            "--audience: 맞지 않는 값입니다. 다음 가운데 하나를 적으십시오: 'city', 'company'",
        ),
        (
            "experiment import awards x --test-from 2023/01/01",
            "날짜가 아닙니다: '2023/01/01'. 2026-03-02처럼 적으십시오",
        ),
    ],
)
def test_wrong_usage_is_told_in_korean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: str, said: str
) -> None:
    lines = told(monkeypatch, capsys, "ko_KR.UTF-8", arguments)
    assert lines[-1] == f"오류: {said}"
    assert not any(line.startswith(("Usage", "Try", "Error")) for line in lines)


def test_wrong_usage_is_told_in_english(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(monkeypatch, capsys, "C.UTF-8", "experiment run --seeds 0")
    assert lines[-1] == "Error: Invalid value for '--seeds': Input should be greater than or equal to 1"


def test_help_and_results_end_well_in_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    for arguments in (["--version"], ["experiment", "--help"], ["experiment", "list", "/no/such/folder"]):
        monkeypatch.setattr(sys, "argv", ["dure", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
