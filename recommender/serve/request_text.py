"""How near the text of each candidate is to what a request asks for, clause by clause."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task
from recommender.language.requests import asks, only_informs
from recommender.measure.arrays import Floats, Indices
from recommender.reasons.similarity import NearText
from recommender.serve.industry_guess import is_bare_trade
from recommender.serve.trade_words import works_with
from recommender.text.protocol import Role, TextEncoder

_WORD: Final = re.compile(r"[^\W\d_ㄱ-ㆎ]")
"""A letter or a Hangul syllable; single jamo (ㅎㅎ), digits and pictures are no words."""
REQUEST_ROLE: Final[Role] = "query"
"""A request is short and its answers are titles, which is what E5 was trained for: query against passage.

Over 15 hand-made requests and 158 open notices it gave a mean average precision of 0.58, as a passage 0.45.
"""
MODEL_WEIGHT: Final = 0.5
"""Weight of the model's score beside that of the text, both as z-scores.

The model has learned from companies with a history; of one without, and of what it wishes for today, it knows less than
the words do.
"""
STATEMENT_WEIGHT: Final = 0.6
"""Weight of a part that only tells of the company (카페를 하는데) beside one that asks (세금 신고가 어렵다)."""
_FARTHEST: Final = 3.0
"""Model scores count up to so many standard deviations: what everybody took must not drown the rest."""
SCORER_SUFFIX: Final = " + request text"
_NAMED: Final = tuple(
    (re.compile(rf"{korean}|\b(?:{english})", re.IGNORECASE), tasks)
    for tasks, korean, english in (
        (
            ("finance", "programs"),
            r"자금|융자|대출|보증|이차\s*보전|이자|금리|투자|펀드|빚|상환|비용|부담|값이|요금|지원금|보조금",
            r"loan|fund|financ|credit|money|invest|capital|cost",
        ),
        (("experts",), r"자금|융자|대출|투자|펀드", r"loan|fund|financ|invest|capital"),
        (
            ("programs", "education", "experts"),
            r"판로|판매|마케팅|홍보|광고|쇼핑몰|수출|해외|전시회|박람회|바이어|손님|단골|고객|매출|거래처|홈페이지|배달",
            r"market|advertis|sell|sales|export|exhibition|customer|client",
        ),
        (
            ("programs", "experts"),
            r"지원\s*사업|바우처|공모|시제품|인증|창업\s*지원|스마트\s*공장|상표|지식\s*재산|특허",
            r"grant|subsid|voucher|prototype|certif|trademark|patent",
        ),
        (
            ("programs", "finance"),
            (
                r"(?:장비|설비|기계|기기|기자재|시설|선반|오븐|냉장고|에어컨|차량|키오스크|인테리어|리모델링)\S{0,2}\s(?:\S+\s){0,4}?"
                r"(?:사고|사려|사야|구입|구매|마련|도입|교체|바꾸|바꿔|보수|수리|필요|늘리|들이|놓|하고\s싶)"
                r"|(?:료|비|세)[가이]\s(?:\S+\s)?(?:올라|올랐|비싸)"
            ),
            r"equipment|machine(?:ry|s)?\b|renovat|refurbish",
        ),
        (
            ("programs", "education", "experts", "finance"),
            (
                r"창업(?!\s?\d|\s?지원)(?:\S{0,2}\s?(?:하|할|준비|예정|계획|싶))|개업|차리|차릴|오픈\S{0,2}\s?(?:하려|할|준비|예정)"
                r"|폐업|재기|업종\s?전환|문을\s닫|접으려|접을까|미수금|못\s받"
            ),
            r"(?:start|open)(?:ing)?\s(?:a|my|our)\s|clos(?:e|ing)\s(?:down|my|our)",
        ),
        (
            ("education", "programs"),
            r"교육|강의|강좌|훈련|배우|배울|배움|연수|수강|자격증",
            r"train|course|learn|educat",
        ),
        (
            ("programs", "education", "experts"),
            (
                r"채용|구인|인력|고용|뽑|노무|4대\s?보험|퇴직금|근로\s?계약|임금|급여|시급"
                r"|(?:직원|사람|알바|인원|기사|일손)\S{0,2}\s(?:\S+\s){0,3}?(?:구하|구해|부족|모자|필요|그만)"
            ),
            r"hire|hiring|recruit|staff|workforce",
        ),
        (
            ("spaces",),
            (
                r"사무실|공간|입주|임대|임차|월세|작업장|작업실|창고|부지|이사(?:할|하|를)|옮길|옮기"
                r"|(?<!기술)(?<!기술 )이전(?:할|하[고려])|지식\s*산업\s*센터|보증금|공유\s*(?:주방|오피스)"
                r"|(?:공장|매장|가게|점포|상가|건물|호실|스튜디오|연습실|실험실|장소|자리|땅)[을를이가도]?\s*(?:\S{1,3}\s)?"
                r"(?:필요|구하|구합|구해|찾(?!는|아[오와])|알아보|얻|빌리|빌릴|빌려)"
            ),
            r"office|space|room|rent|lease|premises|warehouse|studio|relocat",
        ),
        (
            ("technologies", "researchers", "partners", "programs", "experts", "education"),
            r"개발|불량|품질|성능|생산성|공정|자동화|신소재",
            r"develop|defect|quality|automat|productiv",
        ),
        (
            ("experts", "programs"),
            r"자문|상담|컨설팅|멘토|전문가|세무|세금|회계|법률|노무|계약|변호사|변리사|소송",
            r"advi|consult|mentor|expert|lawyer|legal|tax|account",
        ),
        (
            ("researchers", "partners", "technologies", "programs"),
            r"연구자|연구원|교수|공동\s*연구|연구\s*개발|R&D|시험|실험|대학",
            r"research|professor|universit",
        ),
        (
            ("technologies", "researchers"),
            r"기술\s*이전|기술\s*도입|특허|라이선스|원천\s*기술",
            r"patent|licen[cs]|technolog",
        ),
        (("partners", "researchers"), r"협력|파트너|협업|공동|컨소시엄|제휴", r"partner|collaborat|joint"),
    )
)
"""Words of a wish and the tasks that they speak of; a wish that has none of them counts for every task."""
_OF_SUBJECT: Final = frozenset({"technologies", "researchers"})
"""Tasks whose captions tell of a subject in technical words, which everyday names of trades are not near to."""


@dataclass(frozen=True)
class RequestParts:
    """What candidates are compared with: parts of a request, and names of industries with words for each."""

    said: tuple[str, ...]
    trades: Mapping[str, str] = field(default_factory=dict)


def nothing_asked(task: Task) -> Wording:
    """Say that a request speaks of other tasks alone."""
    return Wording(
        f"요청에 ‘{task.ko}’에 관한 말이 없어, 요청 문구를 순위에 반영하지 않았습니다.",
        f"The request asks for nothing of this kind ({task.en}), so its text does not count in this ranking.",
    )


def with_trades(task: str, said: tuple[str, ...], codes: Mapping[str, str]) -> RequestParts:
    """Add what the asker's trades work with, where a task is of a subject, or their names where nothing was said.

    ``codes``: those of its industries in KSIC 11 by their names. A part that only names the trade is left out where
    what the trade works with says it better.
    """
    if task in _OF_SUBJECT and codes:
        trades = {name: works_with(code) or name for name, code in codes.items()}
        return RequestParts(tuple(part for part in said if not is_bare_trade(part)), trades)
    return RequestParts(said) if said else RequestParts((), {name: name for name in codes})


@dataclass(frozen=True)
class RequestNearness:
    """Nearness of C candidates to a request that was cut into ``parts``; the first ``own`` are its words.

    The others name the asker's industries. ``scores``: (C,) z-score over the candidates of the nearest part's cosine,
    weighted. ``nearest``: (C,) that part.
    ``place``: (C,) place among the candidates by nearness to that same part, 1 the nearest.
    """

    parts: tuple[str, ...]
    own: int
    scores: Floats
    nearest: Indices
    place: Indices

    def said(self, candidate: int) -> NearText:
        """Tell how near one candidate is, and to what; plain facts are not quoted as if they asked for something."""
        nearest = int(self.nearest[candidate])
        part = self.parts[nearest]
        if nearest >= self.own:
            return NearText(int(self.place[candidate]), len(self.place), part, of_trade=True)
        quoted = "" if only_informs(part) else part
        return NearText(int(self.place[candidate]), len(self.place), quoted, asked_of(part))


_MUST_ASK: Final = frozenset({"spaces"})
"""Tasks whose captions tell of no trade: what does not ask for them by name would be near to them by chance."""


def asked_of(part: str) -> tuple[str, ...]:
    """Return the tasks that a part of a request asks for; none where it only tells, or names no task's words."""
    if not asks(part):
        return ()
    return tuple(dict.fromkeys(task for words, tasks in _NAMED if words.search(part) for task in tasks))


def parts_for(task: str, parts: Sequence[str]) -> tuple[str, ...]:
    """Keep the parts of a request that count for a task.

    All but those that ask for others alone; where a task must be asked for, those alone that name it (to give up a shop
    is no wish for a room); what holds no word (🍞, ㅎㅎ) never.
    """
    unnamed = () if task in _MUST_ASK else (task,)
    return tuple(part for part in parts if _WORD.search(part) and task in (asked_of(part) or unnamed))


def request_nearness(
    parts: Sequence[str] | RequestParts, candidate_text: Floats, encoder: TextEncoder, *, kinds: Sequence[str] = ()
) -> RequestNearness | None:
    """Compare each part with the candidates, (C, d) unit-length embeddings; None where either side has no text.

    The best part counts: a wish for money must find a loan, whatever else the company wishes for. ``kinds`` are words
    for what the company certainly is (소상공인), which say whom a part speaks of.
    """
    if not isinstance(parts, RequestParts):
        parts = RequestParts(tuple(parts))
    texts = (*parts.said, *parts.trades.values())
    if not (texts and candidate_text.any()):
        return None
    cosines = candidate_text @ encoder.encode([" ".join([*kinds, text]) for text in texts], REQUEST_ROLE).T
    wishes = [asks(part) for part in parts.said] + [False] * len(parts.trades)
    weights = [1.0 if wish else STATEMENT_WEIGHT for wish in wishes]
    by_part = np.column_stack([z_scores(column) * w for column, w in zip(cosines.T, weights, strict=True)])
    nearest = by_part.argmax(axis=1)
    place = np.column_stack([places(column) for column in cosines.T])
    rows = np.arange(len(by_part))
    named = (*parts.said, *parts.trades)
    return RequestNearness(named, len(parts.said), by_part[rows, nearest], nearest, place[rows, nearest])


def with_request(scores: Floats, nearness: RequestNearness) -> Floats:
    """Model scores (C,) blended with the text of the request."""
    model = np.clip(z_scores(scores), -_FARTHEST, _FARTHEST)
    return np.asarray(MODEL_WEIGHT * model + z_scores(nearness.scores), dtype=np.float32)


def z_scores(values: Floats) -> Floats:
    """Values with mean 0 and standard deviation 1, all 0 where they are equal."""
    exact = values.astype(np.float64)
    equal = not len(exact) or exact.min() == exact.max()
    scaled = np.zeros(len(exact)) if equal else (exact - exact.mean()) / exact.std()
    return np.asarray(scaled, dtype=np.float32)


def places(values: Floats) -> Indices:
    """Place of each value, 1 for the greatest, equal ones alike; (N,)."""
    ordered = np.sort(values)
    return np.asarray(len(values) - np.searchsorted(ordered, values, side="right") + 1, dtype=np.int64)
