"""API keys: who asks, what they may do; the file holds hashes, never the keys themselves."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any, Final

import structlog

from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording
from loaders.fields import KOREA
from stores.file_lock import exclusive

_PREFIX: Final = "dure"
_OTHERS_BITS: Final = 0o077
"""Permission bits of group and others (0077)."""
_NOBODY_HASH: Final = "0" * 64
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Scope(StrEnum):
    """What a key may do."""

    READ_OWN = "read:own"
    """Recommendations, feedback and needs of the company that the key is bound to."""
    READ_ALL = "read:all"
    """Everything but personal details."""
    READ_PII = "read:pii"
    """Personal details of nodes; no other scope includes it."""
    WRITE_NEEDS = "write:needs"
    """Raise needs; together with ``read:all`` also move them through their states."""
    ADMIN = "admin"
    """All of the above but ``read:pii``."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One entry of the key file. ``company`` is a company's id; ``expires_on`` its last day in Korea."""

    id: str
    label: str
    scopes: tuple[Scope, ...]
    hash: str
    created_at: str
    company: str | None = None
    expires_on: str | None = None


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, once the key was found right."""

    key_id: str
    scopes: frozenset[Scope]
    company: str | None = None

    def has(self, scope: Scope) -> bool:
        """Whether ``scope`` is granted, by name or through ``admin``."""
        return scope in self.scopes or (scope is not Scope.READ_PII and Scope.ADMIN in self.scopes)

    def reads(self, company: str) -> bool:
        """Whether recommendations, feedback and needs of ``company`` may be read."""
        return self.has(Scope.READ_ALL) or (Scope.READ_OWN in self.scopes and self.company == company)

    @property
    def owner(self) -> str:
        """In whose name it writes: stays the same when a key is replaced by a new one."""
        return f"Company:{self.company}" if self.company else "coordinator"


OPEN_PRINCIPAL: Final = Principal("open", frozenset({Scope.ADMIN}))
"""Who asks in development mode; personal details stay closed even there."""


class KeyFileError(ConfigError):
    """A key file that cannot be used; ``problem`` says so in a few words, without the path."""

    def __init__(self, message: Wording, problem: str) -> None:
        self.problem = problem
        super().__init__(message)


class KeyRing:
    """The keys of a file; a changed file is read again, so that new and revoked keys count at once.

    Raises ``KeyFileError`` where the file cannot be used at first. One that is damaged, opened to others or taken away
    later leaves the last good keys in place, until it is fixed or the server ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._problem: str | None = None
        self._stamp = _stamp(path)
        self._keys = _by_id(path)

    @property
    def problem(self) -> str | None:
        """What is wrong with the file now, so that the keys in use are older than it; None where nothing is."""
        self._refresh()
        return self._problem

    def authenticate(self, token: str, *, today: date | None = None) -> Principal | None:
        """Return who holds ``token``; None where it is unknown, wrong or expired."""
        self._refresh()
        prefix, _, rest = token.partition("_")
        key_id, _, secret = rest.partition("_")
        key = self._keys.get(key_id)
        # The same work is done for an unknown id, so that time does not tell which ids exist.
        right = hmac.compare_digest(_hash(secret), key.hash if key else _NOBODY_HASH)
        if key is None or not right or prefix != _PREFIX:
            return None
        if key.expires_on is not None and (today or datetime.now(KOREA).date()) > date.fromisoformat(key.expires_on):
            return None
        return Principal(key.id, frozenset(key.scopes), key.company)

    def _refresh(self) -> None:
        with self._lock:
            try:
                stamp = _stamp(self._path)
                if stamp == self._stamp and self._problem is None:
                    return
                self._keys, self._stamp = _by_id(self._path), stamp
            except KeyFileError as error:
                self._report(error.problem)
            else:
                self._report(None)

    def _report(self, problem: str | None) -> None:
        """Log a change for the worse or the better, not each request that meets it."""
        if problem == self._problem:
            return
        self._problem = problem
        if problem is None:
            structlog.get_logger().info("keys_read_again", keys=len(self._keys))
        else:
            structlog.get_logger().error("keys_stale", problem=problem, meaning="the last good keys stay in use")


def read_keys(path: Path) -> list[ApiKey]:
    """Read a key file; raises ``KeyFileError`` where it is absent, readable by others or damaged."""
    mode = _status(path).st_mode & 0o777
    if mode & _OTHERS_BITS:
        raise KeyFileError(
            Wording(
                f"{path}: 다른 사용자도 읽을 수 있는 파일입니다(권한 {mode:04o}). `chmod 600 {path}` 명령을 "
                "실행하십시오",
                f"{path} may be read by others (mode {mode:04o}); run `chmod 600 {path}`",
            ),
            "the key file may be read by others",
        )
    try:
        return [_entry(entry) for entry in json.loads(path.read_text(encoding="utf-8"))["keys"]]
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, TypeError, KeyError, ConfigError) as error:
        raise KeyFileError(
            Wording(
                f"{path}: 키 파일이 아닙니다({type(error).__name__}). 파일을 복원하거나, 다른 곳으로 옮긴 뒤 "
                "`dure keys create`로 키를 새로 만드십시오",
                f"{path} is not a key file ({type(error).__name__}); restore it, or move it away and make new keys "
                "with `dure keys create`",
            ),
            "the key file is damaged",
        ) from error


def create_key(
    path: Path, label: str, scopes: tuple[Scope, ...], *, company: str | None = None, expires_on: date | None = None
) -> tuple[ApiKey, str]:
    """Add a key to the file, made with mode 0600 where there is none; return its entry and the token to hand out.

    The token is not kept: only its SHA-256 is, which is enough for 256 random bits. Raises ``ConfigError`` for
    ``read:own`` without a company, for an empty one, and for a company together with a scope that would see others.
    """
    if company is not None and not company.strip():
        raise ConfigError(
            Wording(
                f"키 {label!r}: 기업이 비어 있습니다. name:두레정밀 같은 id를 적거나 기업을 빼십시오",
                f"key {label!r}: the company is empty; give its id, such as name:두레정밀, or leave it out",
            )
        )
    secret = secrets.token_urlsafe(32)
    key = _checked(
        ApiKey(
            id=secrets.token_hex(4),
            label=label,
            scopes=scopes,
            hash=_hash(secret),
            created_at=datetime.now(UTC).isoformat(timespec="seconds"),
            company=company,
            expires_on=expires_on.isoformat() if expires_on else None,
        )
    )
    with exclusive(_lock_of(path)):
        _write_keys(path, [*(read_keys(path) if path.exists() else []), key])
    return key, f"{_PREFIX}_{key.id}_{secret}"


def revoke_key(path: Path, key_id: str) -> ApiKey:
    """Take a key out of the file and return its entry without the hash; raises ``NotFoundError``."""
    if not path.exists():
        raise _absent(path)
    with exclusive(_lock_of(path)):
        keys = read_keys(path)
        for key in keys:
            if key.id == key_id:
                _write_keys(path, [other for other in keys if other is not key])
                return replace(key, hash="")
    raise NotFoundError(
        Wording(
            f"{path}: {key_id!r} 키가 없습니다. `dure keys list`로 확인하십시오",
            f"no key {key_id!r} in {path}; `dure keys list` names them",
        )
    )


def _by_id(path: Path) -> dict[str, ApiKey]:
    return {key.id: key for key in read_keys(path)}


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what changes whenever the file's text or mode does."""
    status = _status(path)
    return status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_size


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except FileNotFoundError:
        raise _absent(path) from None
    except OSError as error:
        raise _unreadable(path, error) from error


def _entry(entry: Mapping[str, Any]) -> ApiKey:
    key = _checked(ApiKey(**{**entry, "scopes": tuple(map(Scope, entry["scopes"]))}))
    if not isinstance(key.id, str) or not _HASH.fullmatch(key.hash):
        raise ValueError("id or hash is not such a text")
    return key


def _checked(key: ApiKey) -> ApiKey:
    if not key.scopes:
        scopes = ", ".join(Scope)
        raise ConfigError(
            Wording(
                f"키 {key.label!r}: 권한이 없습니다. 다음 가운데 하나 이상을 적으십시오: {scopes}",
                f"key {key.label!r} has no scope; give one or more of {scopes}",
            )
        )
    own = Scope.READ_OWN in key.scopes
    if own != (key.company is not None):
        raise ConfigError(
            Wording(
                f"키 {key.label!r}: {Scope.READ_OWN} 권한과 기업(--company)은 함께 적어야 합니다. 둘 다 적거나, 시 "
                f"담당자의 키라면 기업 없이 {Scope.READ_ALL} 권한을 적으십시오",
                f"key {key.label!r}: {Scope.READ_OWN} and a company (--company) go together; give both, or for a "
                f"coordinator {Scope.READ_ALL} and no company",
            )
        )
    wide = {Scope.READ_ALL, Scope.READ_PII, Scope.ADMIN}.intersection(key.scopes)
    if own and wide:
        listed = ", ".join(sorted(wide))
        raise ConfigError(
            Wording(
                f"키 {key.label!r}: 한 기업({key.company})의 키에는 줄 수 없는 권한: {listed}. 키를 둘로 나누어 "
                "만드십시오",
                f"key {key.label!r} is bound to {key.company} and may not have {listed}; make two keys",
            )
        )
    if key.expires_on is not None:
        date.fromisoformat(key.expires_on)
    return key


def _lock_of(path: Path) -> Path:
    """Lock file of those who change the key file; readers need none, since it is replaced in one step."""
    return path.with_name(f"{path.name}.lock")


def _write_keys(path: Path, keys: list[ApiKey]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes the file 0600 from its first moment; the rename makes the change one step.
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"keys": [asdict(key) for key in keys]}, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(scratch).replace(path)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _absent(path: Path) -> KeyFileError:
    return KeyFileError(
        Wording(
            f"{path}: 키 파일이 없습니다. `dure keys create`로 키를 만들거나, 키 없이 이 컴퓨터에서만 개발하려면 "
            "DURE_API_OPEN=1로 설정하십시오",
            f"no key file at {path}; make a key with `dure keys create`, or set DURE_API_OPEN=1 to develop without "
            "keys on loopback",
        ),
        "the key file is gone",
    )


def _unreadable(path: Path, error: OSError) -> KeyFileError:
    return KeyFileError(
        Wording(
            f"{path}: 읽을 수 없습니다({system_reason(error).ko}). 파일과 폴더의 소유자를 확인하십시오",
            f"{path} cannot be read ({error.strerror}); see who owns it and its folder",
        ),
        "the key file cannot be read",
    )
