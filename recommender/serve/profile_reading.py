"""Turns what a person types about a company, text or fields, into a profile, and says what was read."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import numpy as np

from graph_schema.catalog import node_type, relation_type
from graph_schema.certificates import certificates_in_english, is_known, parted
from graph_schema.choices import choice_words
from graph_schema.errors import Fault, SchemaError, ValidationError
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.profile import EARLIEST_DAY, LATEST_DAY, MOST_EMPLOYEES, MOST_REVENUE_KRW, Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Check, Verdict
from recommender.language.certificates import full_name
from recommender.language.particles import with_particle
from recommender.language.requests import MOST_CLAUSES, has_too_many_clauses, requests_in, shortened
from recommender.language.text_facts import TextFacts, read_text
from recommender.rules.standing import STANDING_MEANS, STANDING_NAMES
from recommender.rules.sums import krw, staff_said
from recommender.serve.industry_guess import guess_industries
from recommender.serve.place_reading import regions_in
from recommender.serve.suggestions import industries_for, regions_for
from recommender.serve.topics import asked_of
from recommender.snapshot.dated_facts import DatedFacts, today_in_korea
from recommender.snapshot.snapshot import Snapshot

_LEGAL_FORMS: Final = next(p.choices for p in node_type("Company").own if p.name == "legal_form")
_LABELS: Final = ("Company", "Institution")
_LINK_NAMES: Final = {"IN_INDUSTRY": ("industry", "업종", "industry"), "LOCATED_IN": ("region", "소재지", "place")}
"""Type of a link → name of its note, and how people call it."""
_GUESSED: Final = {
    "employees": ("직원 수", "number of employees"),
    "revenue_krw": ("매출", "revenue"),
    "certificates": ("인증 보유", "certificate"),
    "standing": ("체납 여부", "standing"),
}
_KSIC: Final = re.compile(r"(?:ksic(?P<revision>\d+):)?[A-Z]?(?P<code>\d*)")


@dataclass
class _Draft:
    """Fields of a profile while they are read, with what is to be said about them."""

    text: str
    today: date
    """The day on which it is said."""
    label: str = "Company"
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, tuple[NodeRef, ...]] = field(default_factory=dict)
    notes: dict[str, Check] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def note(self, name: str, verdict: Verdict, ko: str, en: str) -> None:
        self.notes[name] = Check(name, verdict, ko, en)

    def fault(self, name: str, value: object, reason: Wording, remedy: Wording) -> None:
        self.faults.append(Fault(name, str(value), reason, remedy))


def read_profile(
    given: str | Mapping[str, object], snapshot: Snapshot, *, today: date | None = None
) -> tuple[Profile, list[Check]]:
    """Read a profile and notes on what was read.

    ``given`` is free Korean text, or fields (a mapping or a JSON object as text): ``text``, ``region`` (code or name),
    ``industry`` (KSIC code), ``employees``, ``founded_on``, ``revenue_krw``, ``legal_form``, ``certificates`` and
    ``label`` (Company or Institution). Fields are taken as given and go before what the text says; what the label
    cannot have is left out with a note. ``today`` is the day on which the text is said, in Korea's time where None. An
    industry that the text alone suggests is one of the profile's ``guesses``, noted as to be checked, and no fact.
    Raises ``ValidationError`` with every fault at once.
    """
    fields = _fields(given)
    text = fields.get("text", "")
    # A syllable written by its letters is the same word.
    draft = _Draft(unicodedata.normalize("NFC", text) if isinstance(text, str) else "", today or today_in_korea())
    facts = read_text(draft.text, draft.today)
    _take_text(draft, snapshot, facts)
    for name, value in fields.items():
        reader = _READERS.get(name)
        if reader is None:
            draft.fault(name, value, Wording("정의되지 않은 항목입니다", "no such field"), _one_of(_READERS))
        elif value is not None:
            reader(draft, snapshot, value)
    if draft.faults:
        raise ValidationError("profile", draft.faults)
    yet_to_found = "founded_on" in draft.notes and "founded_on" not in draft.values
    if yet_to_found:  # nobody registers before; the note on founding tells of it
        draft.values["standing"] = tuple(dict.fromkeys((*draft.values.get("standing", ()), "unregistered")))
    guesses = {} if "IN_INDUSTRY" in draft.links else _guess_industry(draft, snapshot, plans=facts.yet_to_found)
    if not ({"LOCATED_IN"} & draft.links.keys() or "region" in draft.notes):
        guesses |= _guess_region(draft, snapshot)
    links, guesses = _possible(draft, draft.links), _possible(draft, guesses)
    _note_requests(draft)
    profile = Profile(draft.text, links, guesses=guesses, label=draft.label, **draft.values)
    return profile, list(draft.notes.values())


def _fields(given: str | Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(given, str):
        return given
    if not given.lstrip().startswith("{"):
        return {"text": given}
    try:
        fields = json.loads(given)
    except ValueError as error:
        reason = Wording(f"JSON 객체가 아닙니다({error})", f"is not a JSON object ({error})")
        fault = Fault(
            "profile",
            given[:40],
            reason,
            Wording("글로 쓰거나 JSON을 고치십시오", "write plain text, or correct the JSON"),
        )
        raise ValidationError("profile", [fault]) from error
    return dict(fields)


def _take_text(draft: _Draft, snapshot: Snapshot, facts: TextFacts) -> None:
    if has_too_many_clauses(draft.text):
        draft.note(
            "text",
            Verdict.CHECK,
            f"글이 길어 구절 {MOST_CLAUSES}개까지만 순위에 반영: 원하는 것을 앞에 짧게 적으면 정확해짐",
            f"the text is long: at most {MOST_CLAUSES} of its clauses are ranked by; say what is wanted first",
        )
    _take_region(draft, snapshot)
    _take_founding(draft, facts)
    if facts.employees is not None and facts.employees > MOST_EMPLOYEES:
        _doubt(draft, "employees", "직원 수가", "number of employees")
    elif facts.employees is not None:
        draft.values["employees"] = facts.employees
        draft.note("employees", Verdict.IN, *staff_said(facts.employees))
    if facts.revenue_krw is not None and facts.revenue_krw > MOST_REVENUE_KRW:
        _doubt(draft, "revenue_krw", "매출이", "revenue")
    elif facts.revenue_krw is not None:
        draft.values["revenue_krw"] = facts.revenue_krw
        draft.note("revenue_krw", Verdict.IN, *_revenue_said(facts.revenue_krw))
    if facts.legal_form is not None:
        draft.values["legal_form"] = facts.legal_form
        draft.note("legal_form", Verdict.IN, *_form_names(facts.legal_form))
    if facts.certificates:
        draft.values["certificates"] = facts.certificates
        listed = ", ".join(facts.certificates)
        english = certificates_in_english(facts.certificates)
        draft.note("certificates", Verdict.IN, f"인증 {listed}", f"certificates {english}")
    if facts.standing:
        draft.values["standing"] = facts.standing
        named = [(STANDING_NAMES[name], STANDING_MEANS[name]) for name in facts.standing]
        ko = "; ".join(f"{name.ko}: {meant.ko}" for name, meant in named)
        en = "; ".join(f"{name.en}: {meant.en}" for name, meant in named)
        draft.note("standing", Verdict.IN, ko, en)
    _take_guesses(draft, facts)


def _take_guesses(draft: _Draft, facts: TextFacts) -> None:
    """Note what was read but is too vague to decide, with the words it was read from."""
    for name, (ko, en) in _GUESSED.items():
        found = facts.guesses(name)
        if found and name not in draft.notes:
            words = ", ".join(f"‘{draft.text[r.start : r.end].strip()}’" for r in found)
            said_ko = f"{words}: {with_particle(ko, '이')} 확실하지 않아 자격 판정에 쓰지 않음, 확인 필요"
            draft.note(name, Verdict.CHECK, said_ko, f"{words}: the {en} is not certain: not used to decide")


def _note_requests(draft: _Draft) -> None:
    """Note what the text asks for, each part with the tasks that it counts for."""
    asked = {shortened(part): [get_task(name) for name in asked_of(part)] for part in requests_in(draft.text)}
    said = [
        (f"‘{part}’({', '.join(task.ko for task in tasks)})", f"‘{part}’ ({', '.join(task.en for task in tasks)})")
        for part, tasks in asked.items()
        if tasks
    ]
    if said:
        ko, en = (", ".join(parts) for parts in zip(*said, strict=True))
        draft.note("requests", Verdict.IN, f"요청 {ko}", f"asks for {en}")


def _doubt(draft: _Draft, name: str, ko: str, en: str) -> None:
    """Leave out a number of the text that cannot be meant."""
    draft.note(
        name, Verdict.CHECK, f"글의 {ko} 너무 커서 쓰지 않음, 확인 필요", f"the {en} in the text is too large: not used"
    )


def _possible(draft: _Draft, links: Mapping[str, tuple[NodeRef, ...]]) -> dict[str, tuple[NodeRef, ...]]:
    """``links`` without those that a node of the draft's label cannot have, which are noted."""
    kept = {}
    for type_, refs in links.items():
        try:
            relation_type(draft.label, type_, refs[0].label)
        except SchemaError:
            name, ko, en = _LINK_NAMES[type_]
            asker = node_type(draft.label)
            ko = f"{with_particle(ko, '은')} {asker.ko}에 적용되지 않습니다: 쓰지 않음"
            draft.note(name, Verdict.CHECK, ko, f"an {asker.en} has no {en} here: not used")
        else:
            kept[type_] = refs
    return kept


def _take_founding(draft: _Draft, facts: TextFacts) -> None:
    if facts.founded is not None:
        first, last = facts.founded
        draft.values["founded_on"] = first
        if last != first:
            draft.values["founded_until"] = last
            span = f"{first}~{last}"
            draft.note("founded_on", Verdict.IN, f"창업 {span} 사이", f"founded between {first} and {last}")
        else:
            draft.note("founded_on", Verdict.IN, f"창업일 {first}", f"founded on {first}")
    elif facts.yet_to_found:
        ko = "예비창업자로 읽음: 창업 예정일을 적으면 자격을 판정할 수 있음"
        draft.note(
            "founded_on", Verdict.CHECK, ko, "yet to be founded: give the planned day to have eligibility judged"
        )


def _take_region(draft: _Draft, snapshot: Snapshot) -> None:
    found = regions_in(draft.text, snapshot)
    names = ", ".join(snapshot.caption(ref) for ref in found)
    if len(found) == 1:
        draft.links["LOCATED_IN"] = (found[0],)
        draft.note("region", Verdict.IN, f"소재지 {names}", f"located in {names}")
    elif found:
        ko, en = f"지역이 여럿이라 확인 필요: {names}", f"several regions, to be told apart: {names}"
        draft.note("region", Verdict.CHECK, ko, en)


def _guess_industry(draft: _Draft, snapshot: Snapshot, *, plans: bool) -> dict[str, tuple[NodeRef, ...]]:
    found = guess_industries(draft.text, snapshot, plans=plans)
    if found:
        listed = ", ".join(f"{snapshot.caption(ref)}({ref.id})" for ref in found)
        ko = f"업종은 {with_particle(listed, '로')} 추정: 순위에만 쓰고 자격 판정에는 쓰지 않음, 확인 필요"
        en = f"the industry is guessed as {listed}: used to rank, not to decide; to be confirmed"
        draft.note("industry", Verdict.CHECK, ko, en)
        return {"IN_INDUSTRY": found}
    if draft.text and draft.label == "Company":
        ko, en = (
            "업종을 알 수 없음: KSIC 코드를 적으면 판정에 씀",
            "the industry is not known: a KSIC code would be used",
        )
        draft.note("industry", Verdict.CHECK, ko, en)
    return {}


def _guess_region(draft: _Draft, snapshot: Snapshot) -> dict[str, tuple[NodeRef, ...]]:
    """Suppose that who names no place is where most companies of the snapshot are: a city recommends to its own."""
    found = snapshot.derived("home region", partial(_home_region, snapshot)) if draft.text else None
    if found is None or draft.label != "Company":
        return {}
    name = snapshot.caption(found)
    ko = f"소재지는 {with_particle(name, '로')} 추정: 순위에만 쓰고 자격 판정에는 쓰지 않음, 확인 필요"
    en = f"the place is guessed as {name}: used to rank, not to decide; to be confirmed"
    draft.note("region", Verdict.CHECK, ko, en)
    return {"LOCATED_IN": (found,)}


def _home_region(snapshot: Snapshot) -> NodeRef | None:
    """Narrowest region that holds more than half of the companies whose region is known, None where none does."""
    regions = snapshot.edges(relation_type("Company", "LOCATED_IN", "Region")).dst
    tree, vocabulary = DatedFacts(snapshot).closure("Region"), snapshot.vocabulary("Region")
    within = np.bincount(regions[regions >= 0], minlength=len(vocabulary)) @ tree
    most = np.flatnonzero(within > len(regions) / 2)
    if not len(most):
        return None
    narrowest = most[np.argmax(np.diff(tree.indptr)[most])]
    return NodeRef("Region", vocabulary.id(int(narrowest)))


def _text(draft: _Draft, _snapshot: Snapshot, value: object) -> None:
    if not isinstance(value, str):
        draft.fault(
            "text",
            value,
            Wording("문자열이 아닙니다", "is not text"),
            Wording("따옴표로 묶으십시오", "write it in quotation marks"),
        )


def _region(draft: _Draft, snapshot: Snapshot, value: object) -> None:
    table = snapshot.nodes("Region")
    ids = table.column("id").to_pylist()
    found = [id_ for id_, name in zip(ids, table.column("name").to_pylist(), strict=True) if str(value) in (id_, name)]
    if not found:  # names are short, and an address is written with what lies above: 경기도 파주시, 서울특별시 중구
        found = [ref.id for ref in regions_in(str(value), snapshot) or regions_in(f"in {value}", snapshot)]
    if len(found) != 1:
        reason = Wording("하나의 지역으로 정할 수 없습니다", "is not one region of the snapshot")
        examples = regions_for(str(value), found, snapshot)
        remedy = Wording(f"코드나 전체 이름을 쓰십시오: {examples}", f"give its code or full name, such as {examples}")
        draft.fault("region", value, reason, remedy)
        return
    draft.links["LOCATED_IN"] = (NodeRef("Region", found[0]),)
    name = snapshot.caption(NodeRef("Region", found[0]))
    draft.note("region", Verdict.IN, f"소재지 {name}", f"located in {name}")


def _industry(draft: _Draft, snapshot: Snapshot, value: object) -> None:
    """Take a code, with its scheme or of the newest revision that has it."""
    ids = snapshot.vocabulary("Industry")
    # Shops' files write the section before the code: I56191.
    plain = re.sub(r"^[A-Z](?=\d)", "", str(value))
    id_ = next((i for i in (str(value), *(f"ksic{r}:{plain}" for r in (11, 10, 9))) if ids.find(i) is not None), None)
    if id_ is None:
        _unknown_industry(draft, snapshot, str(value))
        return
    draft.links["IN_INDUSTRY"] = (NodeRef("Industry", id_),)
    name = snapshot.caption(NodeRef("Industry", id_))
    draft.note("industry", Verdict.IN, f"업종 {name}", f"works in {name}")


def _unknown_industry(draft: _Draft, snapshot: Snapshot, value: str) -> None:
    """Say that a code is not known, of which revision it is, and which codes of the snapshot are nearest to it."""
    schemes = {id_.partition(":")[0] for id_ in snapshot.nodes("Industry").column("id").to_pylist()}
    newest = max(sorted(schemes), key=lambda scheme: int(re.sub(r"\D", "", scheme) or 0), default="")
    match = _KSIC.fullmatch(value)
    code, revision = (match["code"], match["revision"]) if match else ("", None)
    reason = Wording("이 스냅숏에 없는 업종 코드입니다", "is not a KSIC code of the snapshot")
    if revision is not None and f"ksic{revision}" not in schemes:
        reason = Wording(
            f"제{revision}차 개정의 업종 코드입니다", f"is a code of KSIC revision {revision}, which is not known here"
        )
    which, nearest = newest.removeprefix("ksic"), industries_for(value, code, newest, snapshot)
    remedy = (
        Wording(f"제{which}차 코드를 쓰십시오: {nearest}", f"give a code of revision {which}, such as {nearest}")
        if nearest
        else Wording("text에 글로 설명하십시오", "describe it in `text`")
    )
    draft.fault("industry", value, reason, remedy)


def _one_of(choices: Iterable[str]) -> Wording:
    names = ", ".join(choices)
    return Wording(f"다음 가운데 하나를 쓰십시오: {names}", f"use one of {names}")


def _revenue_said(won: float) -> Wording:
    said = krw(won)
    return Wording(f"매출 {said.ko}", f"revenue of {said.en}")


def _number(name: str, most: float, say: Callable[[float], Wording]) -> Callable[[_Draft, Snapshot, object], None]:
    whole = isinstance(most, int)

    def read(draft: _Draft, _snapshot: Snapshot, value: object) -> None:
        # Comparing needs no float of the value, which an integer of 400 digits does not fit into.
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not 0 <= value <= most
            or (whole and value != int(value))
        ):
            reason = Wording("쓸 수 있는 수가 아닙니다", "is not a number that can be used here")
            draft.fault(
                name, value, reason, Wording(f"0부터 {most:,.0f}까지 쓰십시오", f"give a number from 0 to {most:,.0f}")
            )
            return
        draft.values[name] = int(value) if whole else float(value)
        draft.note(name, Verdict.IN, *say(draft.values[name]))

    return read


def _founded_on(draft: _Draft, _snapshot: Snapshot, value: object) -> None:
    try:
        day = value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        day = None
    if day is None or not EARLIEST_DAY <= day <= LATEST_DAY:
        reason = Wording("쓸 수 있는 날짜가 아닙니다", "is not a date that can be used here")
        remedy = Wording(
            f"{EARLIEST_DAY}부터 {LATEST_DAY}까지의 날짜를 2021-03-02처럼 쓰십시오",
            f"write it as 2021-03-02, from {EARLIEST_DAY} to {LATEST_DAY}",
        )
        draft.fault("founded_on", value, reason, remedy)
        return
    draft.values["founded_on"] = day
    draft.values.pop("founded_until", None)
    ahead = day > draft.today
    said = (f"창업 예정일 {day}", f"to be founded on {day}") if ahead else (f"창업일 {day}", f"founded on {day}")
    draft.note("founded_on", Verdict.IN, *said)


def _legal_form(draft: _Draft, _snapshot: Snapshot, value: object) -> None:
    if value not in _LEGAL_FORMS:
        draft.fault(
            "legal_form",
            value,
            Wording("정해진 법적 형태가 아닙니다", "is not a known legal form"),
            _one_of(_LEGAL_FORMS),
        )
        return
    draft.values["legal_form"] = value
    draft.note("legal_form", Verdict.IN, *_form_names(str(value)))


def _form_names(form: str) -> Wording:
    """Name a legal form in Korean and English."""
    return (
        Wording("조합·비영리 등 그 밖의 형태", "another legal form")
        if form == "other"
        else choice_words("legal_form", form)
    )


def _certificates(draft: _Draft, snapshot: Snapshot, value: object) -> None:
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        draft.fault(
            "certificates",
            value,
            Wording("이름의 목록이 아닙니다", "is not a list of names"),
            Wording('["벤처기업"]처럼 쓰십시오', 'write ["벤처기업"]'),
        )
        return
    held = tuple(dict.fromkeys(_with_day(name.strip()) for name in value if name.strip()))
    draft.values["certificates"] = held
    ko, en = f"인증 {', '.join(held) or '없음'}", f"certificates {certificates_in_english(held) or 'none'}"
    wanted = snapshot.derived("certificates of programmes", partial(_certificates_wanted, snapshot))
    names = [parted(each)[0] for each in held]
    unknown = ", ".join(name for name in names if not is_known(name) and name not in wanted)
    if unknown:
        ko, en = f"{ko}. 이름을 확인하십시오: {unknown}", f"{en}; no programme here asks for {unknown}: check the name"
    draft.note("certificates", Verdict.CHECK if unknown else Verdict.IN, ko, en)


def _with_day(written: str) -> str:
    """Return the name that a certificate is known by, with the day of issue that stands behind it."""
    name, issued = parted(written)
    return f"{_known_name(name)}({issued})" if issued else _known_name(name)


def _known_name(name: str) -> str:
    """Return the name that a certificate is known by, as written where it is not known."""
    full = full_name(name)
    return full if is_known(full) else name


def _certificates_wanted(snapshot: Snapshot) -> frozenset[str]:
    """Names of certificates that a programme of the snapshot asks for."""
    lists = snapshot.nodes("Program").column("certificates").to_pylist()
    return frozenset(name for names in lists for name in names or ())


def _label(draft: _Draft, _snapshot: Snapshot, value: object) -> None:
    if value not in _LABELS:
        draft.fault(
            "label",
            value,
            Wording("묻는 주체가 아닙니다", "nobody of that kind asks"),
            _one_of(_LABELS),
        )
        return
    draft.label = str(value)


_READERS: Final[Mapping[str, Callable[[_Draft, Snapshot, object], None]]] = {
    "text": _text,
    "region": _region,
    "industry": _industry,
    "employees": _number("employees", MOST_EMPLOYEES, staff_said),
    "founded_on": _founded_on,
    "revenue_krw": _number("revenue_krw", MOST_REVENUE_KRW, _revenue_said),
    "legal_form": _legal_form,
    "certificates": _certificates,
    "label": _label,
}
