"""Words for the people of a company, and numbers of people."""

from __future__ import annotations

import re
from typing import Final

from recommender.language.numerals import COUNT

_PERSON: Final = r"(?:사람|인원|직원|분)"
STAFF_WORD: Final = (
    r"(?:상시\s?근로자|근로자|노동자|종업원|종업자|점원|임\s?직원|정?직\s?원|고용\s?인원|현재 인원|총\s?인원|사원"
    r"|팀원|구성원"
    r"|고용\s?기사|직원\s?기사|크루(?!\s?상담)|(?:재직|근로|현|상시|상근)\s?인원|재직자|상근자|피보험자"
    r"|정규직|상용직|상시(?=\s?\d{1,4}\s?명(?:입|이[고에]|임|\s*(?:$|[,./])))"
    r"|(?:상시|상근|상주)\s?인력|(?:고용|[4사]대)\s?보험 (?:가입자|가입 인원|피보험자)|스태프"
    r"|[4사]대\s?보험\s?(?:들어간|들어가는|들어\s?있는|가입한|가입된|되는|든|넣는|내주는)\s?(?:사람|[가-힣]{2,6}?(?=[은는이]?\s?\d|[은는이]?\s[한두세네]))"
    r"|스탭|(?i:staff)|종사자"
    rf"|(?:월급|급여)\s?(?:주는|받는|나가는)\s{_PERSON}"
    rf"|고용한 (?:사람|인원)|근무\s?인원|근무자|상시\s?고용|(?:일|근무)하는 {_PERSON}|(?:상시|따로"
    rf"|제가)(?:로)?\s쓰는\s{_PERSON}"
    r"|일꾼|인부|(?:회사|가게|우리|저희|공장|사무실|매장|식당|농장)\s?식구|(?i:headcount))"
)
"""Whoever these tell of works for somebody; a household (식구) does where it is that of the firm."""
WORKERS: Final = (
    r"\s?(?:명|인(?![가-힣])|인(?=이|입|인|으로|규모|의 |\s?체제)|사람|분(?=이|의|과|은|을|만|도|뿐|계|\s|$)"
    r"|분(?=,)(?:(?<=님\s\d분)|(?<=님\s\d\d분)|(?<=사\s\d분)|(?<=사\s\d\d분)))"
)
"""What counts people, behind a number."""
ALONE: Final = (
    r"(?:열|스물|서른|마흔|쉰)(?:\s?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉))?|하나|둘|셋|넷|다섯|여섯|일곱"
    r"|여덟|아홉"
)
"""Numbers that count people with nothing behind them, before one of ``AFTER_ALONE``."""
AFTER_ALONE: Final = (
    r"(?=$|[\s.,!/)]|이|을|를|에\s|에서\s|만|뿐|입|예요|고(?=[요\s,.]|$)|구요|네요|인|은|도|밖|과|와|하고"
    r"|랑|으?로(?:\s|$|[.,])|정도|쯤|명|씩)"
)
NUMBER: Final = rf"(?:(?P<number>{COUNT}){WORKERS}|(?P<alone>{ALONE}){AFTER_ALONE})"
"""A number of people, by the groups ``number`` and ``alone``."""
ANY_NUMBER: Final = rf"(?:(?:{COUNT}){WORKERS}|(?:{ALONE}){AFTER_ALONE})"
"""The same without groups."""
THEN: Final = re.compile(
    r"실제로(?:는)?\s?$|(?:작년|지난해|재작년)(?:에|에는|엔)?\s$"
    r"|(?:당시|초기|처음|시작할 때|예전|과거|원래|한때|전성기)(?:에|엔|에는|는|은"
    r"|만 해도)?\s(?:\S+\s){0,3}?$|(?<![가-힣])(?<![년월주일달]\s)전(?:에는?|엔)\s(?:\S+\s){0,3}?$"
)
"""Words of a time that is over, right before what is told of it."""
