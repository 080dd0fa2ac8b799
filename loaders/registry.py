"""All sources that can be loaded, by name."""

from __future__ import annotations

from typing import Final

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.source import Source
from loaders.sources import (
    annual_figures,
    bizinfo,
    centers,
    city_notices,
    companies,
    courses,
    experts,
    factories,
    institutions,
    kipris,
    ksic11,
    ksic_9_10,
    ksic_9_to_10,
    kstartup,
    kstartup_businesses,
    needs,
    nst,
    ntis_calls,
    ntis_projects,
    ntis_results,
    nts_status,
    regions,
    smes24,
    spaces,
    stores,
    tax_codes,
    technologies,
    training,
    ventures,
)

SOURCES: Final[dict[str, Source]] = {
    "regions": regions.SOURCE,
    "ksic11": ksic11.SOURCE,
    "ksic-9-10": ksic_9_10.SOURCE,
    "ksic-9-to-10": ksic_9_to_10.SOURCE,
    "tax-codes": tax_codes.SOURCE,
    "nst": nst.SOURCE,
    "centers": centers.SOURCE,
    "bizinfo": bizinfo.SOURCE,
    "kstartup": kstartup.SOURCE,
    "kstartup-businesses": kstartup_businesses.SOURCE,
    "smes24": smes24.SOURCE,
    "city-notices": city_notices.SOURCE,
    "ntis-calls": ntis_calls.SOURCE,
    "ntis-projects": ntis_projects.SOURCE,
    "ntis-results": ntis_results.SOURCE,
    "kipris": kipris.SOURCE,
    "factories": factories.SOURCE,
    "stores": stores.SOURCE,
    "ventures": ventures.SOURCE,
    "training": training.SOURCE,
    "companies": companies.SOURCE,
    "annual-figures": annual_figures.SOURCE,
    "institutions": institutions.SOURCE,
    "experts": experts.SOURCE,
    "spaces": spaces.SOURCE,
    "courses": courses.SOURCE,
    "technologies": technologies.SOURCE,
    "needs": needs.SOURCE,
    "nts-status": nts_status.SOURCE,
}


def find_source(name: str) -> Source:
    """Return the source called ``name``; raises ``SourceError`` that lists the known ones."""
    try:
        return SOURCES[name]
    except KeyError:
        known = ", ".join(SOURCES)
        raise SourceError(
            Wording(
                f"{name!r}: 알 수 없는 출처입니다. 다음 가운데 하나를 적으십시오: {known}",
                f"unknown source {name!r}; known are {known}",
            )
        ) from None
