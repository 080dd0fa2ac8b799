"""How many work for a company, as it says itself: each number of people belongs to a noun or a verb near it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.no_staff import without_staff
from recommender.language.numerals import COUNT, count
from recommender.language.people import ALONE, ANY_NUMBER, NUMBER, STAFF_WORD, THEN
from recommender.language.readings import Reading, Weight, reading
from recommender.language.roles import crews
from recommender.language.stance import ROLES, is_ahead, is_anothers, is_over, is_stated, is_wished

_HEADS: Final = (
    r"(?:(?=인원|인력|고용)(?:(?<=[다요고.,]\s)|(?<![가-힣] )(?<![가-힣]))(?:(?:인원|인력)(?=[은는이]\s)|고용(?=은\s)))"
)
"""A word for people at the head of a clause; elsewhere it has a noun before it that says whose (수강 인원)."""
_STAFF: Final = re.compile(rf"{STAFF_WORD}|{_HEADS}|(?:채용|고용)(?:해서|하여)(?=\s)|뽑아서(?=\s)")
PEOPLE: Final = re.compile(rf"(?:(?<![가-힣])|(?=\d))(?P<vague>(?:약|대략|한)\s?)?{NUMBER}")
FIGURE: Final = re.compile(
    rf"(?:{STAFF_WORD}|(?<![가-힣] )(?<![가-힣])인원)"
    r"\s?(?:수)?(?:\s?\([^()\d]{1,12}\))?(?:[은는이가]|은요"
    r"|이요\?)?\s?[:：]?\s?(?P<number>\d{1,5}(?!,?\d))(?:\s?[명인])?"
    r"(?=\s?(?:[/,.;(]|$|\n)|에\s|이고|이랑|이며|이서|입니다|이에요|이요"
    r"|\s(?:있습|있어요|있고|뿐|데리고|두고|쓰고)|\s(?:연|월)?매출|\s(?:19|20)\d\d(?!\d)|\s[가-힣]{2,4}\s?[:：]"
    r"|\s?(?:사장|대표|원장|나|저)\s?\d|\s?\+\s?(?:사장|대표|원장|나|저)(?![가-힣]))"
)
"""A figure right behind the word for staff, as in a form."""
_OVER: Final = re.compile(rf"{STAFF_WORD}(?:\s?수)?[은는이가]?\s?(?:약\s?)?(?P<number>\d[\d,]*+)\s?여\s?(?:명|인)")
_OWNER: Final = (
    r"(?<![가-힣])(?:저희?|대표(?:이사|자)?|사장|원장|점주|본인|나|(?i:founder|ceo|co-?founder))(?:님)?(?:를|을)?\s?"
)
_WITH_OWNER: Final = re.compile(
    rf"{_OWNER}(?:\d\s?[명인]\s|한\s?명\s)?(?:포함|까지)\s?(?:해서|하여|해|하면|한|쳐서|치면)?\s?(?:총|모두"
    rf"|다\s?합쳐|전체|전)?\s?"
    rf"(?:{STAFF_WORD}(?:\s?수)?[은는이가]?\s)?(?:총|모두)?\s?$"
)
_OWNER_TOO: Final = re.compile(
    rf"^[^.!?\n]{{0,12}}[.!]?[\s(]{_OWNER}(?:\d\s?[명인]\s?)?(?:을\s)?(?:포함|까지)"
    rf"(?!\s?(?:하면|해서|쳐서|치면)?\s?(?:총|모두|전부|다)?\s?{ANY_NUMBER})"
)
_BESIDE_OWNER: Final = re.compile(
    rf"{_OWNER}(?:말고[는도]?|이?외(?:에[는도]?)?|빼고[는도]?|빼면|뺀|제외하고|제외하면|제외한|제외)\s?(?:총|모두|또"
    rf"|다\s?합쳐)?\s?"
    rf"(?:{STAFF_WORD}(?:\s?수)?[은는이가]?\s)?(?:총|모두)?\s?$"
    rf"|(?<![A-Za-z가-힣])(?:나|저|사장|대표|원장|(?i:me))\s?\+\s?$"
)
_WORK: Final = re.compile(
    r"^(?:이서|서|이|가|을|를|만)?\s?(?:함께\s|같이\s|더\s)?(?:월급[을]?\s(?:주[고며면]|줍|줘)|근무(?!할)|일하|일합|일해|일함|재직"
    r"|쓰고(?! [가갔왔나떠])|쓰는|씁니다|써요|씀|둔|두고|둡니다|데리고|고용하고|고용했|고용 중)"
)
"""Verbs of having people work; whom they have are staff without a word for it."""
_NOT_THE_OWNER: Final = re.compile(
    r"^\s?\(\s?(?:대표(?:이사|자)?|사장|원장|점주|본인|저|나)(?:님)?(?:는|은)?\s?(?:제외|빼고|뺀|미포함|별도|말고|불포함)\s?\)"
)
"""In brackets behind a number, that the owner is none of them: 총 8명(대표 제외)."""
_IS_SO: Final = re.compile(
    r"^(?:이서|이|가|을|를|만)?\s?(?:더\s)?(?:입|이[에구고며요라]|예요|인데|임|뿐|밖에|있|계|둬|써|으?로\s(?:운영"
    r"|일|꾸|돌)|근무|일하|일합|일해"
    r"|재직|쓰|씁|두고|둡|데리|$|[,.)/])"
)
"""What says that so many there are."""
_EMPLOYED: Final = re.compile(
    r"^(?:을|를|만)?\s?(?:(?:정)?직원으로\s)?(?:고용하고|고용했(?!던|다가)|고용해서?\s(?!보)|고용\s?중|데리고|쓰고\s?있(?!었)|두고(?:\s?있(?!었)|요|\s*$|\s?[.,])|둡니다|월급[을]?\s(?:주고|줍|줘요|주며|주면서))"
)
_A_TRADE: Final = re.compile(
    r"(?<![가-힣])(?<!프리랜서\s)(?<!알바\s)(?<!일용직\s)(?<!외주\s)(?<!파트\s)(?!알바|강사료|프리랜서|일용)(?:[가-힣]{1,5}\s)?(?:[가-힣]{0,4}(?:강사|기사|간호사|선원|조리사|미용사|디자이너|개발자|매니저|실장"
    r"|셰프|요리사|기술자|제빵사|안경사|정비사|치료사|교사|사범|점원|재단사|관리사|영양사|상담사|수의사|바리스타|작업자|미싱사|아지매|아주머니|아줌마|이모|할머니|할매|공)(?:님|분)?들?)\s?$"
)
"""Whoever does a trade and is employed is staff without a word for it: 강사 넷을 고용하고 있습니다."""
_ANY_PEOPLE: Final = re.compile(ANY_NUMBER)
_LIST_OF_ROLES: Final = re.compile(rf"{ANY_NUMBER},\s(?:\S+\s)?\S*\s?$")
"""Others counted right before, who may be staff too: 코치 한 명, 운전 기사 한 명."""
_AS_STAFF_BEHIND: Final = re.compile(
    r"^(?:을|를)?\s?(?:정)?직원으로\s(?:두고|쓰고|고용|채용했|씁|써|둡|데리)(?!\s?싶|\S*[려])"
)
_AT_WORK: Final = re.compile(r"^(?:이서|서|이|가)?\s?(?:함께\s|같이\s)?(?:근무(?!할)|일하|일합|일해|일함|재직)")
"""Verbs of working; whoever does is staff, by whatever trade they are called."""
_LEFT: Final = re.compile(r"^(?:이|만)?\s?남(?:았|아(?! 있던)|은)")
_NOW: Final = re.compile(
    r"(?:지금은?|현재는?|이제는?|이젠|요즘은?|요새는?|(?:늘|줄)어(?:서|나)?(?:\s(?:총|모두))?|(?:저희|우리"
    r"|당사)(?:\s?(?:본사|회사|가게|공장))?[은는]|우린|저흰)"
    r"\s?(?:모두|총|직원|고작|겨우|달랑|다)?\s?$"
)
_IN_ALL: Final = re.compile(r"(?:이렇게|그렇게|모두|총|전부|전체|다|합쳐서?|합해서?|합하면|도합|통틀어|해서|총원)\s?$")
_ADJACENT: Final = re.compile(
    r"^(?:분)?(?:들)?(?:[은는이가을를도]|은요|이요[?,]?|\s?(?:총\s?)?수(?:[은는가도]|\s?[:：])?|\s?총원"
    r"|\s?[:：(])?\s?$"
)
_FORM: Final = re.compile(
    rf"(?:{COUNT}|{ALONE})(?:명|인|사람)?(?:에서|을|를|이|이?던)?|(?:명|사람)(?:에서|을|이던)|→|->|=>|⇒|아니[라고]"
    rf"|으로만?|\S+(?:빼고|말고|제외하고|제외)[는도]?|\S+[아어해여]|\S+(?<!에)서"
    r"|(?:총|모두|전부|다|합쳐|도합|통틀어|총원|전체|현재|지금|이제|이젠|요즘|작년|올해|아직|벌써|겨우|고작|달랑|딱"
    r"|꼭|거의|대충|오직|단|약|이렇게|그렇게|사철|내내|연중|평소|늘|항상|상시"
    r"|사람|인원|수|말고|빼고|제외|외에|포함|저희|우리|우린|저흰|당사|기준|직원|요새)"
    r"(?:[은는이가도에]|으로|로|해서|하고|하여|하면)?[:,.]?"
    r"|\S*(?:해서|합쳐서?|합해서?|[늘줄]어서?|나가고|나가서|그만두고|었는데|았는데|인데|는데|었고|았고"
    r"|[요죠다니][.,]?|지만|면서|라서)"
)
"""A word that may stand between one for staff and its number; any other is a noun that has the number for itself."""
_BEHIND: Final = re.compile(rf"^(?:의|이|가)?\s?(?:정규\s?|상시\s?|정식\s?)?{STAFF_WORD}(?![은는이]?\s?{ANY_NUMBER})")
_THEIRS: Final = re.compile(
    r"^(?:의|이)?\s?(?:고객|손님|학생|수강생|회원|조합원|환자|아이|원생|관객|이용자|사용자|주민|가족|자녀|형제|주주"
    r"|투자자|멘토)"
)
_FOUNDERS: Final = re.compile(
    r"^(?:이서|이|가)?\s(?:함께\s|같이\s|공동(?:으로)?\s?)?(?:창업|설립|차[렸린려]|동업|출자)"
)
"""What makes founders of those who are counted."""
_SPLIT: Final = re.compile(rf"^이\s\S+[고며]\s(?:\S+\s)?{COUNT}\s?명이")
"""Some do this and some that: neither number is that of all."""
_NO_ROLE: Final = (
    r"(?:고객|손님|학생|수강|원생|회원|조합원|관원|환자|하루|최[대소고]|평균|약\s|대략|[재]?작년|올해|내년|예전"
    r"|처음|원래|한때|전성기|코로나"
    r"|총|모두|전부|전체|합[쳐해]|다\s|지금|현재|이제|저[를는랑희하 ]|나[를는랑하 ]|우리|대표|사장|본인|포함|까지"
    r"|빼고|말고|제외|외에"
    r"|성수기|비수기|주말|평일|여름|겨울|봄|가을|[아점]침|저녁|당시|\S*때\s|이번|지난|프리랜서|외주|그만두|나가"
    r"|퇴사|쉬|떠나|뽑|구하|찾|없"
    r"|원하|사람|인원|겨우|고작|달랑|딱|전\s|더|추가|곧|\S*(?:을|를|[면서며려고]|다가|는데|지만)\s)"
)
"""Words before a number that say when, how many, or of whom it is, and not what those do whom it counts."""
_ROLE: Final = rf"(?:(?!{_NO_ROLE})[가-힣A-Za-z]{{1,6}}\s)?(?!{_NO_ROLE})(?:[가-힣A-Za-z]{{1,8}}?|\d0대)"
_ROLE_COUNT: Final = rf"{_ROLE}(?:[은이]|에|에만|에서|\s총)?\s?{ANY_NUMBER}"
_AND: Final = r"(?:\s?[,/·+]|이?랑|하고|[과와에]|이?고|\s그리고)?\s"
_ROLES: Final = rf"(?P<roles>{_ROLE_COUNT}(?:{_AND}{_ROLE_COUNT}){{{{least}},5}})"
_BY_ROLE: Final = re.compile(
    rf"{STAFF_WORD}(?:분들|들)?(?:[은는]|이?라[곤고]는?|이|으로는?)\s?(?:저희\s|우리\s"
    rf"|제\s)?{_ROLES.replace('{least}', '0')}"
    r"(?=(?:이|가|을|를)?\s?(?:입|이[에구고며요]|이라예|이라유|예요|인데|임|뿐|밖에|있(?!었)|계|두고|둔|둡|둬|써|쓰고|쓰는|씁"
    r"|데리|근무|일하|일합|일해|재직"
    r"|돌[려리립]|운영|꾸[려리]|으?로\s|이렇게|해서|상주|$|[,.)/]))"
)
"""Staff told by what they are, each with its number: 직원은 이모님 한 분 계세요, 직원은 디자이너 2명, 개발자 3명."""
_SUMMED: Final = re.compile(
    rf"(?<![가-힣A-Za-z]){_ROLES.replace('{least}', '1')}"
    r"(?:이|으로|를)?,?\s?(?:이렇게|그렇게|해서|하여|합쳐서?|합해서?|합하면|더[해하]\S*|모두|전부|총|도합|합계"
    r"|다\s해서|[=＝])\s?"
    rf"(?:(?:다|모두|총|전부|저희|우리|전체|전)\s){{0,3}}(?:{STAFF_WORD}(?:\s?수)?[은는이가]?\s)?(?:총\s|모두\s"
    rf"|다\s)?{NUMBER}"
)
"""People told by what they are, and how many they are in all: 홀에 3명, 주방에 4명 이렇게 일곱."""
_GROUP: Final = (
    r"(?:(?!우리|저희|이번|정규|계약|비정규|파트|시간제|알바|단기|일용|신규|퇴직|퇴사|거래|고객|협력|경쟁|다른"
    r"|전\s|현재|지금|총)"
    r"[가-힣]{1,5}\s?)"
)
_GROUPS: Final = re.compile(
    rf"(?<![가-힣]){_GROUP}직원\s?{ANY_NUMBER}(?:(?:,|이랑|하고|[과와에]|이?고)?\s{_GROUP}직원\s?{ANY_NUMBER}){{1,4}}"
)
"""Staff by where they work: 본사 직원 4명, 공장 직원 11명."""
_AS_STAFF: Final = re.compile(
    r"(?<![가-힣])(?:남편|아내|와이프|집사람|남동생|여동생|동생|누나|언니|오빠|형|아들|딸|어머니|아버지|조카|처남"
    r"|처제|며느리|사위)"
    r"(?:이|가|은|는|을|를|만)?\s(?:(?:정식|유일한|4대보험|상근)\s)?(?:직원|근로자)(?:으?로)\s(?:올라가|올려|등록"
    r"|되어|돼|두고|채용해|고용해|일하|들어)"
    r"(?!\S*[려싶]|\S*\s(?:싶|예정|계획|되나|가능))"
)
"""One of the family who is put down as staff: 동생이 직원으로 올라가 있어요."""
_EACH_ROLE: Final = re.compile(rf"(?:[은이]|에|에만|에서|\s총)?\s?{NUMBER}")
_SOME: Final = re.compile(
    rf"(?<![가-힣])사람[은이]\s(?:한\s|약\s|대략\s)?(?P<number>열댓|{COUNT})\s?명(?:쯤|정도|가량)?\s?(?:되|돼|됩|있)"
)
"""People who may be staff, the owner among them or not."""
_DOZEN: Final = {"열댓": 15}
_ARE_HERE: Final = re.compile(
    rf"(?:(?:지금|현재)\s(?:있는|일하는|근무하는|계신)|남은|남아\s있는)\s(?:저희\s|우리\s)?{STAFF_WORD}(?:이|은|들"
    rf"|들은)?\s?$"
)
"""Whoever is said to be there now is all, whatever is told of them."""
_WITH_ME: Final = re.compile(r"(?<![가-힣])(?:저|나)(?:랑|하고)\s$")
"""Whether the owner is one of them is not told: 저랑 세 명이 일해요."""
_GONE: Final = re.compile(
    r"^(?:이나|[이가을를은는도])?\s?(?:\S+\s){0,3}?"
    r"(?:부족|모자라|모자란|퇴사|퇴직|그만|나갔|나가|떠났|떠나|이직|육아|휴직|휴가|병가|출산|내보|감원|정리"
    r"|충원|증원|해고|결원)|^(?:이나|[이가을를은는도])?\s?(?:줄|늘)"
)
_NOT_ALL: Final = re.compile(
    r"^(?:이?나\s(?:\d{1,3}|[한두세네]|다섯|여섯|일곱|여덟|아홉|열)|당(?=\s)|분(?=\s|의|을|만)|도(?=\s)|[은는이가만도]?\s?(?:더\s)?있(?:으면|었으면|어야)|[이가만]\s?더"
    r"|에서|짜리(?!\s?(?:회사|업체|가게|공장|기업|사업장|식당|매장)(?:예|입|이|인데|임|$))|\s?(?:외에|말고|빼고"
    r"|제외)|\s?(?:→|->|=>|⇒)|[은는]\s|에게"
    r"|[을를]?\s?포함(?!해서\s?(?:일|근무))|씩"
    r"|\s?있(?:었|던)|[이가]\s있(?:었|던)"
    r"|(?:일|이던|였을|이었을)\s?(?:때|적|시절)|이?\s?(?:(?!\d)[가-힣]{1,4}\s){0,2}?(?:넘|안\s?[되됐돼]"
    r"|못\s?[미되됐돼]|모자)"
    r"|이?\s?(?:미만|이하|이상|초과|넘|안팎|이내|채 안|도 안)|도\s?넘|이?던|이?었던"
    r"|이?었|였|까지(?!\s[줄늘]었)|부터|이?다가"
    r"|에\s[가-힣]{2,6}\s?(?:\d{1,3}|한|두|세|네)\s?명|\s?[한두]\s?명|\s?(?:더|추가)\s|[을를]?\s?(?:더|추가)|째"
    r"|중(?=\s(?!\d{1,3}\s?명))|\s?(?:을|를)?\s?(?:목표|채우))"
)
_OF_WHOM: Final = re.compile(rf"^\s?(?:중(?:에|에서)?|가운데)\s(?:{COUNT})(?:\s?명|[이은은가])")
"""Some of those that there are, whatever is told of them: 직원 6명 중 2명이 곧 그만둡니다."""
_WHAT_IT_IS: Final = re.compile(
    r"(?:의|인|이|으로|\s?규모)?\s?(?:규모|있|운영|근무|일하|회사|기업|업체|공장|중소|소|이며|이고|입니다)"
)
"""A number that tells of the company, whatever the clause goes on to wish for: 직원 5명인 회사로 판로를 찾고 싶다."""
_ROUGHLY: Final = re.compile(r"^이?\s?(?:정도|가량|쯤|가까[이운]|내외|남짓|전후|안팎)")
_SOME_OF_THEM: Final = re.compile(
    r"(?:외국인|청년|장애인|신규|(?:단시간|시간제|기간제|일용직|파견)(?:\s?근로자)?|파트타임|생산직|사무직|계약직|비정규직|홀|주방|영업|연구|개발)\s?(?:정?직원)?\s?(?:은"
    r"|이)?\s?$"
)
_PRESENT: Final = re.compile(r"지금|현재|이제|요즘")
_PERMANENT: Final = re.compile(r"정(?:규직|직원)")
_PERMANENT_ONLY: Final = re.compile(rf"{_PERMANENT.pattern}만\s?$")
"""Who counts them alone has others, too."""
_AND_OTHERS: Final = re.compile(r"계약직|비정규직|파트|시간제|알바|아르바이트")
_NO_MORE: Final = re.compile(r"밖에 (?:없|안)|뿐")
_CHANGED: Final = re.compile(
    r"(?:명|인|사람|[가-힣])(?:에서|\s?(?:→|->|=>|⇒)|(?<=명)을|(?<=[둘섯곱덟홉열물])을)\s?$|\S+[아어] $"
)
_PLANS: Final = re.compile(r"^(?:으?로|까지)\s(?:\S+\s)?(?:늘릴|늘려야|늘어날|줄일|줄여야|키울|키우려|확대할)")
"""What one is going to change their number to."""
_PART: Final = re.compile(r"(?:명|인|\d)\s?\([^)]*$")
"""In brackets behind a number stand those that it is made of."""
_TRADE: Final = (
    rf"(?:{ROLES}|[실점팀과부반소]장|사무장|주방장|주임|경리|이모|관리자|[가-힣](?:사|원"
    rf"|공))(?<!직원)(?<!이사)(?<!감사)(?<!알바생)(?<!종업원)(?<!조합원)(?<!사원)(?<!회원)(?<!수강생)"
    r"(?<!관원)(?<!임원)(?<!셀러)(?<!프리랜서)(?<!학생)(?<!손님)(?<!점주)(?<!농가)(?<!상인)(?<!멘토)(?:님|분)?들?"
)
_BESIDE_A_TRADE: Final = re.compile(
    rf"{_TRADE}\s?{ANY_NUMBER}(?:에|[과와]|이?랑|하고|,)?\s(?!포함|제외|빼고|말고|중|등|해서|이렇게"
    rf"|합)(?:[^\s.!?]{{1,6}}\s|[^\s.!?]{{1,3}})?"
    rf"{STAFF_WORD}\s?$"
    rf"|{_TRADE}[이가을를은는]?\s?{ANY_NUMBER}\s?(?:더\s)?(?:있고|두고|쓰고)\s(?:[^\s.!?]{{1,6}}\s){{0,3}}(?:[^\s.!?]{{1,6}}\s?)?$"
)
"""Staff beside others who may be staff too, and not the only ones: 강사 3명에 상담 직원 1명."""
_I_AMONG: Final = re.compile(
    r"(?<![가-힣])(?:대표|사장|원장)(?:이사|자)?님?\s?(?:1|한)\s?[명인분][^.!?\n]{1,25}\s(?:총|합계|모두|도합|합쳐서?|합해서?|해서)\s?$|(?<![가-힣])(?:저|나)(?:랑|하고|와)?,?\s[^.!?]{1,20}\s(?:이렇게|해서)\s(?:총\s|모두\s)?$"
)
"""The owner as one of those who are listed: 저랑 직원 둘 이렇게 셋."""
_WITH_FAMILY: Final = re.compile(
    r"(?:남편|아내|와이프|집사람|동생|누나|언니|오빠|(?<![가-힣])[형딸]|아들|어머니|아버지|부모님|엄마|아빠|조카"
    r"|처남|처제|며느리|사위|친구|가족)(?:이?랑|하고"
    r"|[과와])\s(?:저(?:하고|랑)?\s)?$"
)
"""Family and friends whom one works with, who with the owner make so many: 동생하고 둘이."""
_OWNER_HERE: Final = re.compile(r"(?<![가-힣])(?:공동\s?)?(?:대표(?:이사|자)?|사장|원장|점주|오너)님?[은는이가]?\s?$")
_SOME_HERE: Final = re.compile(r"(?:[명인분]|[가-힣])\s(?:중(?:에|에서)?|가운데)\s(?:\S{1,8}\s)?$")
"""The owners, and some of those whose number stands before, are no staff of their own."""
_TRADE_BESIDE: Final = re.compile(
    rf"^(?:에|[과와]|이?랑|하고|이?고|,)?\s(?:[가-힣]{{1,6}}\s?)?(?:{_TRADE}|내국인|한국인|외국인)\s?{ANY_NUMBER}"
)
_LISTED: Final = re.compile(r"(?:이렇게|그렇게|해서)\s(?:총\s|모두\s|다\s)?$")
_OTHER_PEOPLE: Final = re.compile(
    r"고객|손님|학생|수강생|원생|회원|조합원|환자|아이|관객|이용자|주민|관원|프리랜서|주주"
)
"""People who are no staff, and in the sum of all with them."""
_IF: Final = re.compile(r"(?<![합포]하)(?<!함하)(?:하|뽑으|되|오|으)면\s(?:총|모두|다)?\s?$")
_NOT_STAFF_BEHIND: Final = (_OWNER_HERE, _SOME_HERE, _PART, _IF)
"""Words before a number of people who are no staff, or not all."""
_NEAR: Final = 12
"""Characters before a number in which a word of time is its own."""
_YOUNGEST: Final = 20
"""Years of age from which one leads a company."""
_REACH: Final = 80
"""Characters before a number in which the word that it belongs to is looked for."""


def employees(said: Clauses) -> Iterator[Reading]:
    """Yield how many employees the text tells of; the owner, who is none, is taken off where counted in.

    Roles with a verb of employing are added up where nothing else than parts of that list is counted.
    """
    found = list(_counted(said))
    listed = list(crews(said))
    apart = [each for each in found if not any(crew.start <= each.start < crew.end for crew in listed)]
    yield from found if apart else listed or found


def _counted(said: Clauses) -> Iterator[Reading]:
    staff = list(said.find(_STAFF))
    nobody = list(without_staff(said))
    for mention in said.find(PEOPLE):
        weight = _belonging(said, mention, staff)
        if weight is not None and _counts(mention):
            noun = _noun_before(mention, staff)
            if noun is None and nobody and mention.match["alone"]:
                continue  # who works together and has nobody is an owner
            stated = noun is not None and _ADJACENT.match(said.text[noun.end : mention.start])
            found = headcount(said, mention, weight)
            yield replace(found, start=noun.start) if noun and stated else found
    for mention in said.find(FIGURE):
        if _counts(mention) and not _PART.search(mention.before):
            yield headcount(said, mention, Weight.STATED)
    for mention in said.find(_OVER):
        if is_stated(mention):
            yield headcount(said, mention, Weight.GUESS)
    yield from _stated_by_roles(said)
    yield from _added_up(said)
    yield from nobody


def _stated_by_roles(said: Clauses) -> Iterator[Reading]:
    """Yield the sum of staff who are told one by one or by what they do, and how many people there may be."""
    for mention in said.find(_BY_ROLE):
        if _counts(mention) and not PEOPLE.search(mention.later):
            weight = Weight.GUESS if _AND_OTHERS.search(mention.match[0] + mention.later) else Weight.STATED
            yield reading(mention, "employees", _sum(mention.match["roles"]), weight)
    for mention in said.find(_SOME):
        if is_stated(mention):
            number = mention.match["number"]
            yield reading(mention, "employees", _DOZEN.get(number) or count(number), Weight.GUESS)


def _added_up(said: Clauses) -> Iterator[Reading]:
    """Yield sums of staff that is told in groups, and of whoever of the family is put down as staff."""
    for mention in said.find(_AS_STAFF):
        if is_stated(mention):
            yield reading(mention, "employees", 1)
    for mention in said.find(_GROUPS):
        if _counts(mention):
            each = [people["number"] or people["alone"] for people in PEOPLE.finditer(mention.match[0])]
            yield reading(mention, "employees", sum(map(count, each)), Weight.CURRENT)
    for mention in said.find(_SUMMED):
        total = count(mention.match["number"] or mention.match["alone"])
        if total == _sum(mention.match["roles"]) and _counts(mention) and not _OTHER_PEOPLE.search(mention.match[0]):
            yield reading(mention, "employees", total, Weight.CURRENT)


def _sum(roles: str) -> int:
    """Return how many people a list of roles with their numbers has."""
    return sum(count(each["number"] or each["alone"]) for each in _EACH_ROLE.finditer(roles))


def _belonging(said: Clauses, people: Mention, staff: Sequence[Mention]) -> Weight | None:
    """Return how surely people are the staff, None where they are somebody else's, or others'."""
    before, after = said.text[max(0, people.start - _REACH) : people.start], people.later
    others = any(pattern.match(after) for pattern in (_FOUNDERS, _THEIRS, _SPLIT))
    noun = _noun_before(people, staff)
    of_another = noun is not None and is_anothers(noun)
    others |= of_another and bool(noun and _ADJACENT.match(said.text[noun.end : people.start]))
    if others or any(pattern.search(before) for pattern in _NOT_STAFF_BEHIND):
        return None
    noun = None if of_another else noun
    beside = _NOT_THE_OWNER.match(after) and not _OTHER_PEOPLE.search(people.before)
    if beside or _with_owner(said, people):
        return Weight.CURRENT
    alone = not people.match["number"] and not after.startswith("이서")
    stated = (
        _WORK.match(after)
        or _AS_STAFF_BEHIND.match(after)
        or _LEFT.match(after)
        or (not alone and _BEHIND.match(after))
    )
    now = _NOW.search(before)
    if _BESIDE_OWNER.search(before) and (noun or _IS_SO.match(after)):
        return Weight.CURRENT
    if _may_be_an_age(people, noun) or (noun is None and not stated and (alone or not staff or not now)):
        return None
    apart = (people.match["alone"] and _WITH_FAMILY.search(before)) or (
        _LISTED.search(before) and _OTHER_PEOPLE.search(people.earlier)
    )
    employed = _AS_STAFF_BEHIND.match(after) or (
        _EMPLOYED.match(after)
        and (_A_TRADE.search(before) or not people.before.strip())
        and not (_ANY_PEOPLE.search(people.before) or _LIST_OF_ROLES.search(people.earlier))
    )
    employed = employed or (_LEFT.match(after) and _A_TRADE.search(before))
    if apart or not (now or _BEHIND.match(after) or _AT_WORK.match(after) or employed or _is_of(said, people, noun)):
        return None
    newest = now or _IN_ALL.search(before) or _LEFT.match(after) or _CHANGED.search(before) or _ARE_HERE.search(before)
    return Weight.CURRENT if newest else Weight.STATED


def _may_be_an_age(people: Mention, noun: Mention | None) -> bool:
    """Whether a number alone, with no word for staff in its clause, is as high as the years of who speaks."""
    apart = noun is None or noun.end < people.start - len(people.before)
    alone = people.match["alone"]
    return apart and alone is not None and count(alone) >= _YOUNGEST


def _with_owner(said: Clauses, people: Mention) -> bool:
    """Whether the owner is counted in."""
    before = said.text[max(0, people.start - _REACH) : people.start]
    after = said.text[people.end : people.end + _REACH]
    return bool(_WITH_OWNER.search(before) or _OWNER_TOO.match(after))


def _noun_before(people: Mention, staff: Sequence[Mention]) -> Mention | None:
    """Return the last word for staff before people that is near enough, whosever it is."""
    place = bisect_right(staff, people.start, key=lambda noun: noun.end) - 1
    return None if place < 0 or people.start - staff[place].end > _REACH else staff[place]


def _is_of(said: Clauses, people: Mention, noun: Mention | None) -> bool:
    """Whether no other noun stands right before the people."""
    start = noun.end if noun else max(0, people.start - _REACH)
    between = said.text[start : people.start]
    if noun and _ADJACENT.match(between):
        return True
    if noun is None and people.after.startswith("만 ") and _WORK.match(people.after):
        return True
    words = between.split()
    return not words or bool(_FORM.fullmatch(words[-1]))


def _counts(mention: Mention) -> bool:
    """Whether a number of people is that of the asker's employees now."""
    after = mention.after
    if _NO_MORE.match(after):
        return not is_anothers(mention)
    if _BESIDE_OWNER.search(mention.before) or _ARE_HERE.search(mention.before):
        return is_stated(mention)
    then = THEN.search(mention.before) and not _PRESENT.search(mention.before[-_NEAR:])
    once = then or is_over(mention) or (not _OF_WHOM.match(after) and (_NOT_ALL.match(after) or _GONE.match(after)))
    return is_stated(mention) and not (once or _is_planned(mention))


def have_left(mention: Mention) -> bool:
    """Whether the people who are counted went away, or were sent."""
    return bool(_GONE.match(mention.after))


def _is_planned(mention: Mention) -> bool:
    wished = is_wished(mention) and not _WHAT_IT_IS.match(mention.after)
    return wished or is_ahead(mention) or bool(_PLANS.match(mention.after))


def without_owner(said: Clauses, mention: Mention) -> tuple[int, int]:
    """Return how many a number of people is, the owner taken off where counted in, and the number as written."""
    groups = mention.match.groupdict()
    number = count(groups.get("number") or groups["alone"])
    own = _with_owner(said, mention) or _I_AMONG.search(mention.before)
    return max(number - 1, 0) if own else number, number


def headcount(said: Clauses, mention: Mention, weight: Weight) -> Reading:
    """Return the reading of a number of people, a guess where it is rough or not of all of them."""
    groups = mention.match.groupdict()
    number, _ = without_owner(said, mention)
    permanent = _PERMANENT.search(mention.before + mention.match[0]) and _AND_OTHERS.search(mention.later)
    some = any(part.search(mention.before) for part in (_SOME_OF_THEM, _PERMANENT_ONLY, _WITH_ME))
    start = mention.match.start("number" if groups.get("number") else "alone")
    listed = _BESIDE_A_TRADE.search(said.text, max(0, start - _REACH), start)
    listed = listed or _TRADE_BESIDE.match(mention.later)
    if permanent or some or listed or groups.get("vague") or _ROUGHLY.match(mention.after):
        weight = Weight.GUESS
    return reading(mention, "employees", number, weight)
