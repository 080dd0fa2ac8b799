"""`dure keys` as an operator runs it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.api.city import COMPANY, write_city
from tests.command_line import Run


def test_a_key_for_a_company_that_no_snapshot_has_is_made_with_a_warning(run: Run, home: Path) -> None:
    """Before the first snapshot every company is such a one."""
    create = ("keys", "create", "portal", "--scope", "read:own", "--json", "--company")
    first = run(*create, COMPANY)
    write_city(home)
    known, unknown = run(*create, COMPANY), run(*create, "name:없음")
    for answer, warned in ((first, True), (known, False), (unknown, True)):
        assert answer.exit_code == 0
        assert json.loads(answer.stdout)["token"].startswith("dure_")
        assert ("`dure train`" in answer.stderr) is warned
    assert "name:없음" in unknown.stderr
