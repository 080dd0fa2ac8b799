"""The home folder: where everything of one installation lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stores.file_uri import uri_of


@dataclass(frozen=True, slots=True)
class Home:
    """Files and folders under ``path``; nothing is made or opened here, and each may be absent."""

    path: Path

    @property
    def graph(self) -> Path:
        """The embedded store."""
        return self.path / "graph.duckdb"

    @property
    def store_uri(self) -> str:
        """URI of the embedded store."""
        return uri_of(self.graph.resolve())

    @property
    def snapshots(self) -> Path:
        """Folder of snapshots."""
        return self.path / "snapshots"

    @property
    def city(self) -> Path:
        """With what the made-up city was made; absent where there is none."""
        return self.path / "city.json"

    @property
    def models(self) -> Path:
        """Folder of the model registry."""
        return self.path / "models"

    @property
    def scores(self) -> Path:
        """Folder of scores worked out beforehand, by model; what is lost of it is made again."""
        return self.path / "scores"

    @property
    def text_vectors(self) -> Path:
        """File of text embeddings; what is lost of it is made again."""
        return self.path / "text-vectors.sqlite"

    @property
    def feedback(self) -> Path:
        """Journal of what people did with recommendations."""
        return self.path / "feedback.sqlite"

    @property
    def api_keys(self) -> Path:
        """File of the hashes of API keys."""
        return self.path / "api-keys.json"

    @property
    def quarantine(self) -> Path:
        """Folder of rows that could not be loaded."""
        return self.path / "quarantine"

    @property
    def downloads(self) -> Path:
        """Folder of the pages that were fetched from public APIs."""
        return self.path / "downloads"

    @property
    def reports(self) -> Path:
        """Folder of reports of evaluations."""
        return self.path / "reports"

    @property
    def views(self) -> Path:
        """Folder of pictures of the graph."""
        return self.path / "views"

    @property
    def neo4j(self) -> Path:
        """Data folder of the server that ``dure neo4j`` runs."""
        return self.path / "neo4j"
