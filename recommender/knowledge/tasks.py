"""Tasks as data: who is asked for, what is ranked, which relationships are the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from graph_schema.catalog import relation_type
from graph_schema.errors import NotFoundError
from graph_schema.model import RelationType
from graph_schema.wording import Wording


@dataclass(frozen=True)
class Task:
    """One kind of recommendation.

    ``targets`` are the relationships whose existence is predicted; each joins a label of ``query`` to one of
    ``candidate``. ``where`` keeps candidates whose property is one of the values. ``constraints`` names the rules
    that decide in, out or to be checked.
    """

    name: str
    ko: str
    en: str
    query: tuple[str, ...]
    candidate: tuple[str, ...]
    targets: tuple[RelationType, ...]
    constraints: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


_PROGRAM_RULES = (
    *("window", "region", "industry", "barred_industry", "target", "age", "size", "revenue", "standing"),
    *("certificate", "representative", "exclusion", "support", "notice"),
)
_APPLICATIONS = (relation_type("Company", "APPLIED_TO", "Program"), relation_type("Company", "AWARDED", "Program"))

TASKS: Mapping[str, Task] = MappingProxyType(
    {
        task.name: task
        for task in (
            Task(
                "partners",
                "R&D 협력 파트너",
                "R&D partners",
                ("Company", "Institution"),
                ("Company", "Institution"),
                (
                    relation_type("Company", "CO_FILED_WITH", "Company"),
                    relation_type("Company", "CO_FILED_WITH", "Institution"),
                    relation_type("Institution", "CO_FILED_WITH", "Institution"),
                ),
                ("in_business",),
            ),
            Task(
                "technologies",
                "이전 기술",
                "technologies to license",
                ("Company",),
                ("Technology",),
                (relation_type("Company", "LICENSED", "Technology"),),
                ("legal_status", "for_licence", "in_business"),
            ),
            Task(
                "researchers",
                "연구자",
                "researchers",
                ("Company",),
                ("Researcher",),
                (relation_type("Company", "COLLABORATED_WITH", "Researcher"),),
                ("consent", "in_business"),
            ),
            Task(
                "experts",
                "전문가",
                "experts",
                ("Company",),
                ("Expert",),
                (relation_type("Company", "CONSULTED", "Expert"),),
                ("consent", "capacity", "in_business"),
            ),
            Task(
                "programs", "지원사업", "support programmes", ("Company",), ("Program",), _APPLICATIONS, _PROGRAM_RULES
            ),
            Task(
                "finance",
                "정책금융",
                "finance",
                ("Company",),
                ("Program",),
                _APPLICATIONS,
                _PROGRAM_RULES,
                MappingProxyType({"kind": ("loan",)}),
            ),
            Task(
                "education",
                "교육·인력",
                "training and staffing",
                ("Company",),
                ("Program",),
                _APPLICATIONS,
                _PROGRAM_RULES,
                MappingProxyType({"kind": ("education", "workforce")}),
            ),
            Task(
                "spaces",
                "입주 공간",
                "spaces",
                ("Company",),
                ("Space",),
                (relation_type("Company", "OCCUPIES", "Space"),),
                ("available", "admitted_industry", "in_business"),
            ),
        )
    }
)


def get_task(name: str) -> Task:
    """Return the task called ``name``; raises ``NotFoundError`` for an unknown one."""
    try:
        return TASKS[name]
    except KeyError:
        known = ", ".join(TASKS)
        raise NotFoundError(
            Wording(f"없는 과제입니다. 과제: {known}", f"unknown task {name!r}; known are {known}")
        ) from None
