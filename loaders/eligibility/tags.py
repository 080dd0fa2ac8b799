"""Topics of a notice, from hashtags that mix them with regions, years, agencies and categories."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from graph_schema.model import NodeRef
from loaders import regions
from loaders.names import unfold

_AGENCY = re.compile(
    r"[가-힣]{3,}부|[가-힣]{2,}청|[가-힣]{2,}(?:안전|보훈|혁신)처|[가-힣]{2,}(?:공단|공사|진흥원|기술원|연구원|테크노파크|협회|재단|위원회)"
)
_YEAR = re.compile(r"(?:19|20)\d\d년?")
NO_AGENCY = frozenset({"직접수행", "기초자치단체", "광역자치단체", "민간", "공공기관", "지자체", "교육기관"})
"""Words that stand where an agency's name would: "done by itself", "a municipality", "private"."""


def topic_ref(tag: str) -> NodeRef:
    """Return the node of a topic: characters unfolded, blanks dropped, case folded."""
    return NodeRef("Topic", re.sub(r"\s", "", unfold(tag)).casefold())


def topics(tags: Iterable[str], not_topics: Collection[str] = ()) -> list[str]:
    """Return the tags that are neither a region, a year, an agency nor among ``not_topics``, in order, each once."""
    found: dict[str, str] = {}
    for raw in tags:
        tag = " ".join(raw.split()).lstrip("#")
        if tag and not _is_context(tag) and tag not in not_topics:
            found.setdefault(topic_ref(tag).id, tag)
    return list(found.values())


def _is_context(tag: str) -> bool:
    if (
        tag in NO_AGENCY
        or tag == "전국"
        or _YEAR.fullmatch(tag)
        or _AGENCY.fullmatch(tag)
        or regions.province_codes(tag)
    ):
        return True
    return (regions.find(tag) or "") != "" and tag[-1] in "시군구"
