"""Days of registers outside the years that any register means are faults, whichever field they stand in."""

from __future__ import annotations

import pytest

from loaders.fields import Fields
from loaders.sources import kipris, kstartup, ntis_calls


@pytest.mark.parametrize("day", ["00010101", "99991231"])
@pytest.mark.parametrize("field", ["applicationDate", "registrationDate"])
def test_patents(field: str, day: str) -> None:
    fields = Fields(
        {
            "applicationNumber": "1020180140301",
            "inventionTitle": "음극재",
            "applicant_orgs": "주식회사 가나",
            field: day,
        }
    )
    kipris.transform(fields)
    assert [fault.field for fault in fields.faults] == [field]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00Z", "2101-01-01T00:00:00Z"])
@pytest.mark.parametrize("field", ["publishedAt_utc", "deadline_utc"])
def test_calls_for_projects(field: str, moment: str) -> None:
    fields = Fields({"id": "1", "title": "공고", field: moment})
    ntis_calls.transform(fields)
    assert field in [fault.field for fault in fields.faults]


@pytest.mark.parametrize("field", ["pbanc_rcpt_bgng_dt", "pbanc_rcpt_end_dt"])
def test_startup_notices(field: str) -> None:
    fields = Fields({field: "99991231"})
    kstartup.transform(fields)
    assert field in [fault.field for fault in fields.faults]
