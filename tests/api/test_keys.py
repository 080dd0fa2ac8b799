"""API keys: hashes on disk, scopes, companies, days of expiry."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import structlog

from api.keys import KeyRing, Scope, create_key, read_keys, revoke_key
from graph_schema.errors import ConfigError, NotFoundError


def test_a_key_is_recognised_and_its_secret_is_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.json"
    key, token = create_key(path, "두레정밀", (Scope.READ_OWN,), company="name:두레정밀")
    principal = KeyRing(path).authenticate(token)
    assert principal is not None
    assert (principal.key_id, principal.company, principal.owner) == (key.id, "name:두레정밀", "Company:name:두레정밀")
    assert token.split("_", 2)[2] not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


HASHLESS = json.dumps(
    {
        "keys": [
            {"id": "a", "label": "a", "scopes": ["admin"], "hash": "두레", "created_at": "2026-03-02T00:00:00+00:00"}
        ]
    }
)


@pytest.mark.parametrize("spoil", ["", "x", "dure_", "dure_00000000_x", "other"])
def test_a_wrong_token_is_nobody(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "keys.json"
    _, token = create_key(path, "k", (Scope.READ_ALL,))
    ring = KeyRing(path)
    assert ring.authenticate(spoil) is None
    assert ring.authenticate(token + "x") is None
    assert ring.authenticate(token.replace("dure_", "rude_")) is None


def test_a_key_works_on_its_last_day_and_not_after(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    _, token = create_key(path, "k", (Scope.READ_ALL,), expires_on=date(2026, 3, 2))
    ring = KeyRing(path)
    assert ring.authenticate(token, today=date(2026, 3, 2)) is not None
    assert ring.authenticate(token, today=date(2026, 3, 3)) is None


def test_new_and_revoked_keys_count_at_once(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    first, first_token = create_key(path, "first", (Scope.READ_ALL,))
    ring = KeyRing(path)
    _, second_token = create_key(path, "second", (Scope.ADMIN,))
    assert ring.authenticate(second_token) is not None
    assert revoke_key(path, first.id).hash == ""
    assert ring.authenticate(first_token) is None
    with pytest.raises(NotFoundError, match="dure keys list"):
        revoke_key(path, first.id)


def test_admin_has_all_scopes_but_personal_details(tmp_path: Path) -> None:
    _, token = create_key(tmp_path / "keys.json", "a", (Scope.ADMIN,))
    principal = KeyRing(tmp_path / "keys.json").authenticate(token)
    assert principal is not None
    assert [scope for scope in Scope if not principal.has(scope)] == [Scope.READ_PII]


@pytest.mark.parametrize(
    ("scopes", "company"),
    [
        ((), None),
        ((Scope.READ_OWN,), None),
        ((Scope.READ_ALL,), "name:a"),
        ((Scope.READ_OWN, Scope.READ_ALL), "name:a"),
        ((Scope.READ_OWN, Scope.ADMIN), "name:a"),
    ],
)
def test_contradicting_keys_are_not_made(tmp_path: Path, scopes: tuple[Scope, ...], company: str | None) -> None:
    with pytest.raises(ConfigError):
        create_key(tmp_path / "keys.json", "k", scopes, company=company)
    assert not (tmp_path / "keys.json").exists()


def test_a_file_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create_key(path, "k", (Scope.READ_ALL,))
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        KeyRing(path)


def _delete(path: Path) -> None:
    path.unlink()


def _open_to_others(path: Path) -> None:
    path.chmod(0o644)


def _damage(path: Path) -> None:
    path.write_text('{"keys": [')


@pytest.mark.parametrize("spoil", [_delete, _open_to_others, _damage])
def test_a_key_file_that_is_spoiled_leaves_the_last_good_keys_until_it_is_mended(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """What is wrong is logged once, not with each request, and told without the path."""
    path = tmp_path / "keys.json"
    _, token = create_key(path, "k", (Scope.READ_ALL,))
    good, ring = path.read_text(), KeyRing(path)
    assert ring.problem is None
    with structlog.testing.capture_logs() as log:
        spoil(path)
        for _ in range(3):
            assert ring.authenticate(token) is not None
            assert ring.authenticate(token + "x") is None
        problem = ring.problem
        assert problem is not None
        assert str(tmp_path) not in str(log) + problem
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(good)
        assert ring.authenticate(token) is not None
        assert ring.problem is None
    assert [entry["event"] for entry in log] == ["keys_stale", "keys_read_again"]


def test_a_mended_file_whose_time_was_kept_counts(tmp_path: Path) -> None:
    """A mode changes no time of writing."""
    path = tmp_path / "keys.json"
    _, token = create_key(path, "k", (Scope.READ_ALL,))
    ring = KeyRing(path)
    path.chmod(0o640)
    assert ring.problem is not None
    path.chmod(0o600)
    assert ring.problem is None
    assert ring.authenticate(token) is not None


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys": [{"id": "x"}]}', json.dumps({"keys": [{"scopes": ["x"]}]}), HASHLESS]
)
def test_a_damaged_file_is_refused_without_quoting_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.json"
    path.touch(mode=0o600)
    path.write_text(text)
    with pytest.raises(ConfigError, match="not a key file"):
        read_keys(path)


def test_keys_that_are_made_at_once_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.json"
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: create_key(path, f"k{n}", (Scope.READ_ALL,))[0].id, range(40)))
    assert {key.id for key in read_keys(path)} == set(made)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda id_: revoke_key(path, id_), made[:-1]))
    assert [key.id for key in read_keys(path)] == made[-1:]


def test_keys_of_several_processes_are_all_kept(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    code = (
        "import sys; from pathlib import Path; from api.keys import Scope, create_key\n"
        "for n in range(15): create_key(Path(sys.argv[1]), 'k', (Scope.READ_ALL,))"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert len(read_keys(path)) == 45


@pytest.mark.parametrize("company", ["", "  "])
def test_an_empty_company_is_refused(tmp_path: Path, company: str) -> None:
    with pytest.raises(ConfigError, match="the company is empty"):
        create_key(tmp_path / "keys.json", "k", (Scope.READ_OWN,), company=company)
    assert not list(tmp_path.iterdir())
