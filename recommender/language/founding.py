"""When a company was founded, or that it is yet to be, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from recommender.language.beginnings import beginnings
from recommender.language.clauses import Clauses, Mention
from recommender.language.numerals import SMALL
from recommender.language.periods import (
    DAY,
    TIMES,
    YEARS_AGO,
    Period,
    calendar_days,
    elapsed,
    half_year,
    nth_year,
    time_said,
)
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import is_anothers, is_asked, is_denied

_VERB: Final = (
    r"(?:(?:창업|설립|개업|개점|개원|개국|개관|개소|개장|창립|창사|오픈|창설)(?=[했하한해함된됐되일연년월을은이과후시입임인]|기업"
    r"|[^가-힣]|$)|열었(?=[어습고지는음다])|시작(?=한|했|하|함|해|\s*$|[,.])|문을?\s?(?:연|열)|차렸|차린|차려서|세웠|세운|세워(?=졌|진)"
    r"|(?<=새로\s)(?:냈|차렸|열었)|(?:(?<=[을를])|(?<=[을를]\s))(?:열었|열어서|열고(?!\s?싶)|연(?=\s|$)|냈|만들었|꾸렸)"
    r"|사업자\s?등록(?:증)?(?:을)?\s?(?:새로\s|처음\s|따로\s)?(?=냈|했|낸|하|발급|$|[.,/)])|(?:사업자(?:를)?|법인(?:을)?)\s?(?:새로\s"
    r"|따로\s)?(?=냈|낸|내고"
    r"|내서))(?!\s?(?:경진|지원|센터|패키지|교육|사관|캠프|보육"
    r"|대회|자금|아이템|중심|기획|활동|멘토|스쿨|아카데미|컨설|박람|동아리|투자))"
)
_OWN: Final = (
    r"(?:(?:(?:작은\s|제\s|첫\s)?(?:회사|기업|법인|가게|사업|개인사업자|식당|카페|매장|공방|학원|미용실|병원|약국"
    r"|농장|[가-힣]{1,4}(?:집|샵|숍))(?:[을를]|로|으로))\s?|(?:회사|법인"
    r"|[가-힣]{1,5}(?:집|점|샵|숍|원|소|카페|식당|가게|학원))\s?)?"
)
"""What is founded may be named: 2023년에 법인을 세웠다, but not a plant or a laboratory."""
_FULL_DAY: Final = (
    r"(?P<year>(?<!\d)(?:19|20)\d{2})(?:\s?(?:년도?|[.\-/])\s?(?:(?P<month>\d{1,2})\s?(?:월"
    r"|[.\-/])?\s?(?:(?P<day>\d{1,2})\s?일?)?)?)?"
)
_AFTER_DAY: Final = (
    r"(?:\s?(?:[말초봄]|여름|가을|겨울|상반기|하반기))?(?:에는?|엔|도|경|쯤에?|부터|자로|부로)?\s?"
    r"(?:(?!직원|매출|연구소|공장|지점|거래|(?:재)?작년|올해|지난|내년|전에|후에|뒤에)(?:처음으?로?|첫|저도|저는|제가|내가|나도|여기로|여기|이리로|혼자서?|둘이서?|들어와서?|정식으?로?"
    r"|직접|드디어|겨우|갓|막|따로|새로|함께|같이"
    r"|(?:회사|직장)\s?(?:를\s)?(?:그만두|나오|나와|관두|퇴사하)고?서?|퇴사(?:하고|해서|후)|퇴직(?:하고|해서|후|금으로)"
    r"|제|저희|(?:제|내|본인)\s(?:명의|이름)(?:으로|로)|(?:가게|회사|점포|매장|식당|사업)[을를]?\s(?:인수|양수)(?:해서?|받아서?|하고|하면서|하여)"
    r"|[가-힣]{2,5}(?=\s[가-힣]{1,8}에서\s)|(?!\d|이듬|다음|그\s|만에|이내에|동안)\S{1,9}(?:에서|에|으로|이랑|랑|와|과))\s){0,3}"
)
_CELL: Final = r"(?:^|(?<=[/,|\n])|(?<=[/,|.]\s))"
_CELL_END: Final = r"(?=\s*(?:$|[/,.|\n]))"
"""What bounds an entry of a list."""
_AGAIN_OPEN: Final = r"(?:재오픈|재개장|다시\s(?:문을?\s)?열)"
_NOT_ENDED: Final = r"(?:(?!폐업|접[었고은]|닫)[^.!?\n])"
_OPENED_FIRST: Final = (
    r"처음(?:에|으로)?\s(?:가게\s|가게를\s)?(?:문을?\s?)?(?:연|오픈한|개업한)\s(?:건|게|것은|때는|해는)\s"
)
"""The first day beside that of opening again is the company's."""
_FOUNDED: Final = (
    re.compile(
        r"(?P<again>재)?(?:창업|설립|개업|개점|개원|개국|개관|개소|창립|창사|오픈)\s?(?:일자?|연도|년도|[년연]월일?|시기)?(?:[은는이]"
        r"|\s?[:：])?\s?" + _FULL_DAY + r"(?!\d)"
    ),
    re.compile(
        r"(?:사업자\s?등록|사업\s?개시)\s?(?:일자?|연월일|년월일)(?:[은는이]|\s?[:：])?\s?" + _FULL_DAY + r"(?!\d)"
    ),
    re.compile(
        r"사업자\s?등록(?:증)?[은는]\s" + _FULL_DAY + r"(?=이에요|예요|입니다|이고|이며|인데|이구|임|\s*(?:$|[.,/]))"
    ),
    re.compile(r"법인\s?(?:설립\s?)?(?:등기|설립)(?:일자?)?(?:[은는]|\s?[:：])?\s?" + _FULL_DAY + r"(?!\d)"),
    re.compile(rf"(?<![가-힣])사업자\s?(?:등록)?[은는]?\s?[:：]?\s?{_FULL_DAY}{_CELL_END}"),
    re.compile(rf"{_CELL}{DAY}(?:\s?[~∼](?:\s?현재)?|부터){_CELL_END}"),
    re.compile(rf"{_AGAIN_OPEN}{_NOT_ENDED}{{0,12}}{_OPENED_FIRST}{DAY}"),
    re.compile(r"(?:사업|장사|영업)\s?시작(?:일)?[은는이]?\s?[:：]?\s?" + _FULL_DAY),
    re.compile(r"(?<![A-Za-z])(?<![a-z]\s)(?i:since)\s?" + _FULL_DAY),
)
_AROUND_A_TIME: Final = (
    ("", _AFTER_DAY + _OWN + r"(?P<again>재|다시\s)?" + _VERB),
    (
        (
            r"(?:(?:^|(?<=[.!?,/]\s)|(?<=[고데만]\s)|(?<=받고\s)|(?<=처음\s)|(?<=사업\s)|(?<=장사\s)|(?<=영업\s)"
            r"|(?<=가게\s))(?:시작(?:은|한\s(?:건|게|것은|때는|해는))"
            r"|문을?\s?연\s?(?:건|게|것은|때는|해는|날은))|(?:개관|개원|개업|창업|개소|개점|오픈|설립)[은이])\s(?:벌써\s|아마\s)?"
        ),
        r"\s?[초말봄]?(?:여름|가을|겨울)?(?=이에요|이었|입니다|이고|예요|에|\s*$|[.,/])",
    ),
    (
        (
            r"(?:(?:가게|회사|사업자(?:\s?등록)?(?:증)?|공장|매장|공방|작업실|사무실|식당|카페|학원|미용실|[가-힣]집)[은는을를]?\s?"
            r"(?:처음\s)?(?:연|차린|세운|낸|시작한|오픈한)|(?:창업|설립|개업|개점|오픈)한|(?:제|내|본인)\s(?:이름|명의)(?:으로|로)\s(?:시작)?한)"
            r"\s(?:게|건|것은|것이|때가|때는|해가|날이)\s(?:벌써\s|아마\s)?"
        ),
        r"(?:부터)?(?=이|입|인|예|\s*(?:$|[.,]))",
    ),
    (
        r"(?<!번째 )(?:회사|법인|가게|매장|카페|식당|공방)[은는을를]\s",
        r"(?:에|도)?\s?(?:만들었|세웠|세워졌|차렸|열었|시작했|설립했|냈|오픈했)",
    ),
    (
        (
            r"(?:(?<![가-힣]로 )|(?<=새로 ))(?<!분점을 )(?:열었|차렸|냈|시작했|오픈했|창업했|개업했)"
            r"(?:습니다|어요|죠|지요|음|네요)[.,]?\s(?:그게\s|벌써\s)?"
        ),
        r"(?:에요?|이에요|입니다|요)?(?=\s*(?:$|[.,]))",
    ),
    (
        r"사업자\s?(?:등록(?:증)?)?[은는이을를]?\s?",
        r"(?:\s?[말초])?(?:에|자로|부로)?\s?(?:처음\s)?(?:했|함|냈|낸|냄|내고|내서|받|나왔|나온|나옴|등록했)",
    ),
)
"""What stands before and behind a time of founding."""
_SINCE: Final = tuple(
    re.compile(
        rf"{time}부터\s?(?:이\s)?(?:\S+에서\s)?"
        r"(?:[가-힣]*(?:집|점|샵|소|카페|식당|가게|공장|회사|매장|농장|공방|학원|숍|실)[을를]\s?)?"
        r"(?:운영|영업|장사|(?:(?<=[을를])|(?<=[을를]\s))(?:하고\s?있|하는|합니다|해\s?왔|해요))"
    )
    for time in (DAY, YEARS_AGO)
)
_EIGHT_DIGITS: Final = re.compile(
    r"(?:창업|설립|개업)\s?(?:일자?|년월일)?(?:[은는]|\s?[:：])?\s?(?P<year>(?:19"
    r"|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"
)
_SINCE_DONE: Final = re.compile(
    DAY + r"부터\s?(?:쭉\s|계속\s|지금까지\s)?(?:함(?=\s*(?:$|[.,]))"
    r"|했(?:습니다|어요|슈|음|고|구요|는데|지요|네요|으니)|해\s?왔|해\s?오"
    r"|하고\s?있|합니다" + r"|해요|하는\s중)"
)
"""What is done is told in the sentence before; only where nothing stands before the year."""
_SINCE_BEHIND: Final = re.compile(
    r"(?:합니다|해요|하고\s?있(?:어요|습니다|고요)|운영(?:합니다|해요|중입니다)|팔아요|팝니다|만듭니다|만들어요)[.,]?\s"
    + DAY
    + r"부터(?:요|입니다|이에요|예요|\s?했|\s*$|[.,])"
)
"""The year of beginning behind what is done: 천안에서 농산물 유통합니다 2021년부터요."""
_SPOKEN_SINCE: Final = re.compile(
    r"(?P<when>올해|작년|지난해|재작년)\s?(?P<month>\d{1,2})월부터\s(?:지금까지\s|쭉\s|정식으로\s)?(?:운영|영업|장사)(?=합|하고|해|을|중|\s*$)"
)
_KIND: Final = r"(?:(?!아버지|어머니|부모|남편|아내|거래처|고객)[가-힣A-Za-z]{1,10}(?<![가이은는을를의에한인])\s){0,2}?"
"""Words that say what kind of company it is, none of which has a subject or a verb of its own."""
_TRADE: Final = (
    r"(?<![가-힣])(?!직장|팀장|통장|현장|사장|취업|졸업|실업|휴업|폐업|동업|부업|파업|창업)"
    r"[가-힣]{0,6}(?:집|점|소|(?<![기장습])관|[학의농화]원|요양원|이용원|유치원|실|장|업|[샵숍]|방|택시|용달|농사|장사|카페|식당|가게"
    r"|회사|사업|대리운전)"
)
"""A word for a trade or a shop, by how such words end."""
_TO_DATE: Final = r"(?:(?:올해로|이제|벌써|어느덧|어언|딱|꼭|막|꼬박|한\s?지)\s){0,3}"
_NTH_ENDS: Final = r"(?=입니다|이에요|예요|에요|이고|고(?=[\s,]|요)|구요|인데|네요|이네|임|이라|되|됐|\s*(?:$|[.,/!]))"
"""What stands behind a year that is told of the company itself, and not before a noun."""
_NTH_YEAR: Final = (
    re.compile(rf"{_TRADE}[은는을를이가]?\s{_TO_DATE}(?P<years>{SMALL})\s?[년해]\s?[차째]{_NTH_ENDS}"),
    re.compile(
        r"(?:창업|설립|개업|오픈|사업|업력|운영|법인|사업자|시작)[은는이]?\s?(?:한\s?지|후"
        rf"|이후)?\s?(?P<years>{SMALL})\s?[년해]\s?(?:차|째)"
    ),
    re.compile(
        rf"(?P<years>{SMALL})\s?년\s?째\s(?:\S{{1,8}}업|\S{{0,6}}농사|장사|{_TRADE})[을를]?\s?(?:합니다|해요|하고\s?있"
        rf"|하는\s중|하는데)"
    ),
    re.compile(
        r"(?:^|(?<=[.!?,/]\s)|(?<=[다요고데]\s)|(?:가게|회사|사업|장사|영업|운영|창업|공방|식당|카페)[은는이가]?\s)(?:올해로?|이제|벌써"
        r"|어느덧|햇수로)\s(?:딱\s|꼭\s|막\s|꼬박\s)?"
        rf"(?P<years>{SMALL})\s?[년해]\s?[차째]{_NTH_ENDS}"
    ),
    re.compile(
        rf"(?:^|(?<=[.,!?]\s)|(?<=[고데]\s))(?P<years>{SMALL})\s?[년해]\s?째\s(?:(?:우리|저희|저|나|제가|내가|혼자서?|부부가"
        rf"|둘이서?|남편(?:이?랑|과|하고)|아내(?:랑|와|하고)|가족이|같이|함께|여기서|계속)\s){{1,3}}(?:합니다|해요|하고\s?있|함|해\s?왔)"
    ),
    re.compile(
        rf"{_TRADE}[을를]?\s(?:하고\s있(?:어요|습니다)|합니다|해요|운영합니다)(?:[.,!~]?\s[^.,!?\n]{{1,14}})?[.,!~]\s"
        rf"(?P<years>{SMALL})\s?[년해]\s?[차째]{_NTH_ENDS}"
    ),
    re.compile(rf"{_CELL}(?:올해로?\s|햇수로\s)?(?P<years>{SMALL})\s?년\s?[차째]{_CELL_END}"),
    re.compile(rf"문을?\s?연\s?지\s{_TO_DATE}(?P<years>{SMALL})\s?[년해]\s?[차째]"),
    re.compile(
        rf"(?<!회사)(?<!직장)(?<!업계)(?<!현장)(?<!분야)에서(?:만)?\s(?P<years>{SMALL})\s?년\s?째(?=\s*(?:$|[.!]))"
    ),
    re.compile(
        r"(?<!\d)(?P<years>\d{1,2})\s?년\s?차\s?(?:되는\s|된\s|인\s|접어든\s)?"
        + _KIND
        + r"(?:스타트업|기업|회사|업체|(?:농업회사)?법인"
        r"|사업자|카페|식당|가게|사장(?=입|이[고에라])|소상공인|자영업자)"
    ),
    re.compile(
        rf"(?P<years>{SMALL})\s?[년해]\s?째\s(?:[가-힣]+\s){{0,2}}[가-힣]+에서\s{_TRADE}[을를]?\s?(?:하고\s?있|합니다|해요|함)"
    ),
    re.compile(
        rf"(?P<years>{SMALL})\s?[년해]\s?째\s?(?:[가-힣]+(?:에서|자리|로)\s){{0,2}}(?:운영|영업|사업|장사|하고 있"
        rf"|하는\s\S{{0,8}}(?:집|점|가게|업체|회사|식당|카페|공방|미용실|학원))"
    ),
)
_FOR_YEARS: Final = (
    re.compile(
        r"(?:창업|설립|개업|오픈|문을? 연|(?:가게|식당|카페|매장|공방|학원|회사|사무실|병원|식당)를? 연|차린"
        r"|사업(?:을)? 시작|시작|창립|장사|영업"
        r"|사업자(?:를)?\s?낸|(?:회사|법인|가게)[가이를을]?\s?(?:생긴|만든|세운|낸)"
        r"|(?:도장|체육관|농장|농원|펜션|약국|의원|한의원|어린이집|유치원|서점|책방|빵집|정비소|교습소|공부방)[을를]?\s(?:연|차린|낸)(?=\s지)|(?:가게|미용실|식당|카페|공장"
        rf"|학원|{_TRADE})(?=[을를]?\s?한\s?지))"
        r"(?:을|를)?\s?(?:한|된|하고)?\s?(?:지[는도가]?|후"
        rf"|이후)\s?(?:(?:이제|이제\s막|벌써|약|어느덧|딱|막|올해로"
        rf"|거의)\s){{0,2}}(?:만\s?)?(?P<number>{SMALL})\s?(?P<unit>년|개월|해|달)(?!\s?[째차])"
    ),
    re.compile(rf"(?:가게|{_TRADE})\s(?P<number>{SMALL})\s?(?P<unit>년|개월)(?:\s?(?:됨|됐음))?{_CELL_END}"),
    re.compile(
        r"(?:창업|개업|설립|오픈|개원)\s?(?P<number>\d{1,2})\s?(?P<unit>년|개월)\s?(?:(?:이\s)?(?:됐|되었|된|됨|됩니다)"
        rf"|{_CELL_END})"
    ),
    re.compile(
        rf"업력(?:[은이]"
        rf"|\s?[:：])?\s?(?:만\s)?(?P<number>{SMALL})\s?(?P<unit>년)(?:\s?(?P<months>\d{{1,2}})\s?개월)?(?!\s?차)"
    ),
    re.compile(
        r"(?:개업|창업|오픈)?\s?(?<!\d)(?P<number>\d{1,2})\s?(?P<unit>년|개월)\s?(?:된|됐고"
        r"|된지)\s?" + _KIND + r"(?:기업|회사|업체|가게|식당|카페|개인\s?사업자|[가-힣]{1,4}(?:집|샵|점))"
    ),
)
_ANNIVERSARY: Final = re.compile(
    r"(?:올해로?|창립|창업|개업|개원|설립)\s?(?P<number>\d{1,2})(?P<unit>)\s?주년"
    r"(?=입니다|이에요|예요|을 맞|\s?맞은|\s?된|이 되|이 됐|이고|이네|임|\s*(?:$|[.,/]))"
)
_HALF_YEAR: Final = re.compile(
    r"(?:창업|설립|개업|오픈|개원|시작|문을?\s연|(?:가게|식당|카페|매장)[를을]?\s연|차린|장사|영업|사업자(?:를)?\s?낸)"
    r"(?:한|된)?\s?지\s?(?:이제\s|막\s|딱\s|한\s)?반\s?년(?=\s?(?:됐|되|된|이\s|임|입|쯤|\s*(?:$|[.,/])))"
)
_VAGUE: Final = re.compile(
    r"^\s?(?:이|도|을|가)?\s?(?:반(?=\s|이|쯤|정|됐)|안\s?(?:된|됐|되)|지났|지나|이내|미만|이하|이상|넘|초과|채|정도|남짓|쯤|가까이)"
)
_NOT_OWN: Final = re.compile(r"(?:[을를])\s?$")
_NO_COMPANY: Final = re.compile(
    r"(?:시장|건물|상가|거리|[2-9]호점|분점|행사|전시회|축제|팝업|모임|대회|교육|제품|상품|브랜드|수출|판매|서비스|홈페이지|채널|유튜브|연구소|공장|지점|개발|온라인몰"
    r"|스토어|가맹\s?본사|프랜차이즈\s본사)[은는이가]\s?$"
    r"|(?:연구소|연구전담부서|지점|분점|[2-9]호점)\s$|(?:가맹|수출|온라인|해외|배달|도매|신규)\s?사업[을은이]\s?$"
)
"""What began then is no company."""
_ALLOWED_OBJECT: Final = re.compile(
    r"(?:회사|기업|가게|사업|식당|카페|매장|공방|[가-힣]집|세차장|미용실|학원|편의점|약국|[가-힣][샵숍])[을를]\s?$"
    r"|(?:인수|승계|물려받)\S*\s?$"
)
_IN_A_ROLE: Final = re.compile(
    r"(?:사회적|벤처|마을|자활|여성|장애인|뿌리|강소|입주|가족친화|협력)\s?기업|인증|입주|거래|납품|회원|가맹|대리점"
)
"""Since when it is held or done, years tell nothing of the founding: 사회적기업 3년차."""
_REOPENED: Final = re.compile(r"휴업|휴점|쉬었|쉬다|리모델링|수리|공사|이사|이전")
"""What a business opens again after, which did not end."""
_FIRST_OPENED: Final = re.compile(
    r"(?:처음(?:에|으로)?|원래|애초에?|맨\s처음)\s(?:\S+\s)?(?:문을?\s?)?(?:연|열었|차렸|차린|시작했|시작한|개업|오픈|창업)"
)
"""What tells beside a day of opening again when it first opened."""
_ENDED: Final = re.compile(
    r"^\S{0,4}(?:다가(?![^.!?\n]{0,40}(?:옮|이전해|이전했|이사))|던 (?:회사|가게|식당))|폐업|접었|문을 닫"
)
"""What says that it is no more; who began in one town and moved to another has still the same business."""
_INHERITED: Final = re.compile(
    r"(?:시작|창업|설립|차리|세우|만드)하?신\s(?:\S{1,6}\s)?(?:공장|회사|가게|식당|사업|농장|기업|곳|거|것)"
)
"""Whose founder another was, so that the day of incorporating it is not that of its beginning."""
_OF_SOMEBODY: Final = re.compile(
    r"^\s?(?:이?\s?된|이?\s?넘은|차)\s(?:직원|사원|팀장|대리|과장|고객|거래처|아버지|어머니|남편|아내|부모)"
)
"""A time after which somebody is named who has it: 영업한 지 3년 된 직원."""
_NEXT_YEAR: Final = re.compile(r"(?:(?:내년|후년|다음\s?달|곧|조만간)\S{0,3}|\d{1,2}월이면)\s(?:\S+\s)?$")
"""A time to come, by which years are counted that have not passed."""
_FIRST: Final = re.compile(r"폐업한\s?지\s?$|첫\s?$|처음\s?$")
_CONVERTED: Final = re.compile(r"^\S{0,2}\s(?:주식\s?회사|유한\s?회사|법인)(?:으로|로)\s(?:바[꾸꿨뀌뀐]|전환|변경)")
"""What becomes of a company that was there before: 2023년 1월에 주식회사로 바꿨어요."""
_IS_PLAN: Final = re.compile(r"^\S{0,3}\s?(?:예정|준비|계획)")
_IS_WISH: Final = re.compile(r"^\S{0,3}\s?(?:하려|려고|려는|싶|목표|희망|꿈|바라|원하|고민|할까|할지|하면)")
"""What is wished for has no day yet."""
_SENTENCE_BEFORE: Final = 40
"""Characters before "2015년부터 했습니다" that tell what has been done since."""
_ENTRIES: Final = re.compile(
    r"(?:(?:저희|우리|저)는\s)?(?:(?!거래|납품|수출)\S+(?<![은는이가을를에의로와과고서며도])\s)*"
)
"""Nouns alone, as the entries of a list without marks."""
_OF_SOMETHING: Final = re.compile(
    r"수출|온라인\s?(?:판매|몰|쇼핑)|납품|연구|배달|인증|브랜드|지점|고용|대출|유튜브|쇼핑몰|라이브|강의|봉사|(?:아버지|어머니|부모님|남편|아내)(?:이|가|께서|은|는)\s"
)
"""What is done beside the business, or by others."""
_NEAR: Final = 10
"""Characters before years of business in which it is said of what they are."""


def founding(said: Clauses, today: date) -> Iterator[Reading]:
    """Yield periods in which the company was founded; of one that closed and began again, those of the new start."""
    dated = [*_periods(said, today)]
    for mention, period in dated or _begun(said, today):
        restart = bool(mention.match.groupdict().get("again"))
        if not is_own_founding(mention) or (restart and not _is_new(said)):
            continue
        first, last = period
        if _IS_WISH.match(mention.after):
            continue
        if _IS_PLAN.match(mention.after) or first > today:
            first = max(first, today + timedelta(1))
        else:
            last = min(last, today)
        if first <= last:
            yield reading(mention, "founded", (first, last), Weight.CURRENT if restart else Weight.STATED)


def is_own_founding(mention: Mention) -> bool:
    """Whether the asker itself was founded then, and is the company of today."""
    if "법인" in mention.match[0] and _INHERITED.search(mention.earlier):
        return False
    if is_anothers(mention) or is_asked(mention) or is_denied(mention) or _ENDED.search(mention.after):
        return False
    if _CONVERTED.match(mention.after) or _NO_COMPANY.search(mention.before):
        return False
    if mention.match.groupdict().get("years") and _IN_A_ROLE.search(mention.before[-_NEAR:] + mention.match[0]):
        return False
    object_first = _NOT_OWN.search(mention.before) and not _ALLOWED_OBJECT.search(mention.before)
    whose = _OF_SOMEBODY.match(mention.after) or _NEXT_YEAR.search(mention.before)
    return not (object_first or whose or _FIRST.search(mention.before) or _VAGUE.match(mention.after))


def _is_new(said: Clauses) -> bool:
    """Whether what began again is a new business: the one before ended, and no first day of it is told."""
    return not (_REOPENED.search(said.text) or _FIRST_OPENED.search(said.text))


def _periods(said: Clauses, today: date) -> Iterator[tuple[Mention, Period]]:
    for pattern, period_of in _WAYS:
        for mention in said.find(pattern):
            if period := period_of(mention.match, today):
                yield mention, period
    for pattern, bare in ((_SINCE_DONE, True), (_SINCE_BEHIND, False)):
        for mention in said.find(pattern):
            stated = said.text[max(0, mention.start - _SENTENCE_BEFORE) : mention.start]
            beside = (bare and not _ENTRIES.fullmatch(mention.before.lstrip())) or _OF_SOMETHING.search(stated)
            if not beside and (period := calendar_days(mention.match, today)):
                yield mention, period


def _begun(said: Clauses, today: date) -> Iterator[tuple[Mention, Period]]:
    """Yield when a business of any name began; where no day is given in a surer way."""
    for mention in beginnings(said):
        if period := time_said(mention.match, today):
            yield mention, period


_WAYS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...]] = (
    *((re.compile(before + time + behind), time_said) for before, behind in _AROUND_A_TIME for time in TIMES),
    *((pattern, time_said) for pattern in (*_FOUNDED, *_SINCE, _EIGHT_DIGITS, _SPOKEN_SINCE)),
    *((pattern, nth_year) for pattern in _NTH_YEAR),
    *((pattern, elapsed) for pattern in (*_FOR_YEARS, _ANNIVERSARY)),
    (_HALF_YEAR, half_year),
)
"""Ways to tell when a company was founded, and the period that each means."""
