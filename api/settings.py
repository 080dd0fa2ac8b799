"""Settings of the API, from the environment (prefix ``DURE_``) or from whoever starts it."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from stores.home import Home


class ApiSettings(BaseSettings):
    """What a server needs to know; ``DURE_API_KEYS`` and ``DURE_API_OPEN`` decide who may ask."""

    model_config = SettingsConfigDict(env_prefix="DURE_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default=Path("dure-data"), description="folder of snapshots, models, feedback and store")
    store: str | None = Field(default=None, description="store URI; the embedded store in `home` where absent")
    api_keys: Path | None = Field(default=None, description="key file; `api-keys.json` in `home` where absent")
    api_open: bool = Field(default=False, description="development mode without keys, on loopback only")
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 takes a free one")

    @property
    def files(self) -> Home:
        """Where everything lies."""
        return Home(self.home)

    @property
    def store_uri(self) -> str:
        """The store in use: the one named, else the embedded one in ``home``."""
        return self.store or self.files.store_uri

    @property
    def key_file(self) -> Path:
        """The key file in use."""
        return self.api_keys or self.files.api_keys

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether ``host`` names this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
