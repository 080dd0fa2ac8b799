"""Who says to work alone, or to have nobody: a company without employees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import PAST, Clauses, Mention
from recommender.language.people import STAFF_WORD, THEN
from recommender.language.predicates import is_past, is_sought
from recommender.language.readings import Reading, reading
from recommender.language.stance import ROLES, is_anothers, is_asked, is_denied, is_over

_FIRM: Final = (
    r"(?:회사|기업|업체|사업자?|스튜디오|가게|공방|[샵숍]|법인|출판사|미용실|카페|사무[실소]|작업실|스타트업|공장"
    r"|매장|식당|학원|쇼핑몰|브랜드|셀러|점포|농장|농가|제작사|사장|오피스|기획사|개발사|대리점|책방|서점|상점)"
)
_NO_OWNER: Final = re.compile(
    r"(?<![가-힣])(?:1|일)인\s?(?:기업|사업|회사|창업|미용|가게|샵|개발)"
    r"|(?:직원|종업원)(?:[은이]|이라고는)?\s저\s?(?:하나|혼자)?\s?(?:뿐|밖에)|(?<![가-힣])저\s?하나(?:뿐|밖에)"
    r"|(?:(?:(?:직원|사람|식구|일하는 (?:사람|건|게))[은이]?|[딸달]랑|오직|오로지|그냥)\s|^|(?<=[.!,/]\s))"
    r"(?:저|나)\s?하나(?=고|구|예|이에|이[고구며라]|입|임|라|로\s|\s*$|\s?[.,!/])"
    r"|(?<![가-힣])혼자(?:예요|이에요|입니다)(?=\s*$|[.,!])"
    r"|(?<![가-힣])혼자(?:서)?\s?(?:운영|일하|일합|일해|합니다|해요|하고 있|하는|뛰[고는]|꾸려)"
    r"|(?:지금은?|이젠|이제는?|현재는?)\s(?:그냥\s)?(?:나|저)\s?혼자(?=\s*$|\s?[.,!/])"
    r"|(?<![가-힣])저만\s남(?:았|아\s?있|은)|(?:지금은?|이제는?|이젠|현재는?|(?:직원|일하는\s사람)[은이])\s(?:저|나)(?:뿐(?=[이입예]|\s*$|[.,!])|밖에\s(?:없(?!었)|안\s남(?!았었)))|나홀로\s?(?:사장|운영|가게)"
    r"|(?:^|[/,·]\s?|\.\s)(?:(?:1|일)인|(?:나|저)?\s?혼자)(?=\s?(?:[/,·.]|$))"
)
_NOBODY: Final = (
    r"(?:無|[xX×](?![A-Za-z])|없음|없다|없습니다|없어요|없고|없구|없지만|없네|없는데|없이(?!는|도)|없는(?= (?:1인"
    r"|일인|가게|업체|회사"
    r"|온라인|개인|소상공인|무인|상태))|없어?(?=\s*(?:$|[.!]))|없어(?:라|유)(?=\s*(?:$|[.!,]))|없당께|없어서|없으며|없으니|없죠|없이\s|0\s?명|제로|0(?=\s*$|\s?[/,.])"
    r"|(?:안|않)\s?(?:둬요|둡니다|두고|둠|써요|씁니다|쓰고|쓰구|쓰는|씀|써(?=\s*$|\s?[.,!])|뽑았|둔\s)"
    r"|(?:(?:고용|채용)\s?)?안\s?(?:함|합니다|해요|하고)|고용하고\s있지\s않|(?:쓰|두|고용하)지\s않(?!으려|을)"
    r"|한\s?명도\s(?:안\s?[두둡쓰씁써]|(?:두|쓰|고용하)지\s?않))"
)
_NO_STAFF: Final = re.compile(
    rf"(?:{STAFF_WORD}|(?:쓰는|두는|고용한|데리고 있는)\s(?:사람|직원|이))(?:이?라[고곤](?:는)?|[은는이도을를]"
    rf"|들은|\s?[:：])?\s?"
    r"(?:(?:한\s?명도|한\s?명(?=\s없이\s)|하나(?=\s없이\s)|하나도|아무도|아직(?:은|까지는?)?|따[로루]|별도로"
    r"|현재(?:는)?"
    r"|지금(?:은)?|전혀|당연히|물론|아예|이제(?:는)?|더|더는|둔\s적)\s?){0,2}"
    rf"{_NOBODY}"
)
_TAKES_NOBODY: Final = re.compile(
    r"(?<![가-힣])사람[은을도]?\s(?:따로\s)?(?:안|못)\s?(?:써요|씁니다|쓰고\s?있|쓰고요|쓰구요|둬요|둡니다|씀)"
    rf"|(?:{STAFF_WORD})(?:\s?수)?\s?[:：]?\s?무(?=\s*$|\s?[/,.])"
)
_NOW_NOBODY: Final = re.compile(
    rf"(?:{STAFF_WORD}|{ROLES}|미싱사|재단사|기술자|이모)[^.!?\n]{{0,20}}(?:[{PAST}](?:는데|지만|으나|다가)|다가|나가고|나가서|그만두고|그만둬서"
    rf"|내보내고)\s"
    r"(?:지금은|현재는|이제는?|이젠|요즘은|올해는|요새는)\s(?:다\s|모두\s|전부\s|아무도\s|한\s?명도\s"
    r"|하나(?=\s없이\s)|하나도\s){0,2}"
    r"없(?:어요|습니다|음|다|고|네요|는 상태|지만|어서)"
)
"""Staff of a time before, and nobody now: 직원 3명이었는데 지금은 없어요."""
_AT_A_TRADE: Final = re.compile(
    r"(?<![가-힣])혼자(?:서)?\s(?:[^\s.,!?]{1,8}(?<![는은한던할기])\s){0,4}?(?:[가-힣]{0,4}(?:수선|작업|제작|디자인"
    r"|촬영|편집|배달|서빙|요리"
    r"|재배|농사|재봉|경영|운전)|굽|구[워우]|돌리|돌려|돌립|지키|지켜|지킵|꾸리|꾸려|도맡|해내|깎|볶|빚|가르치|꿰매"
    r"|만들|만드|(?:가게|매장|홀|주방)(?:를|을)?\s?(?:보[는고]|봐요|봅니다))"
    r"(?!\S*(?:려|싶)|\S*\s(?:보려|볼|싶|계획|예정|수\s(?:있|없)))"
    r"|(?<![가-힣])(?:1|일)인\s(?!가구|용|분|당|석|실|상|메뉴|미디어|방송|기준|이상|이하|고객|세대"
    rf"|대표)(?:[가-힣A-Za-z]{{2,6}}\s){{0,2}}?(?:[가-힣A-Za-z]{{1,5}})??{_FIRM}"
    r"(?=입니다|이에요|예요|이고|이며|인데|임|[를을]\s(?:운영|하고\s있|합니다|해요|꾸려)|\s?운영|\s*$|[,./])"
    r"|(?<![가-힣])(?:1|일)인\s?(?:체제|운영)(?!\s?(?:가능|하려|하고\s싶))"
)
"""Work done alone, and firms of one: 혼자 새벽부터 굽고 있어요, 1인 디자인 회사예요."""
_BY_ONESELF: Final = re.compile(
    r"(?<![가-힣])(?:혼자(?:서|만)?|홀로)(?=[\s은는이고구라임입예하해합함운일뛰인다,.!/]|$)"
)
_WHO_ALONE: Final = re.compile(
    r"(?:(?:(?:저|나|저희|우리|저희는|우리는|우린|제가|내가|저는|나는|전|난|제)|(?:가게|장사|운영|매장|사업"
    r"|지금|현재|아직|아직까지"
    r"|이제|이젠|요즘|여태"
    r"|여기|(?<![가-힣] )(?:일|작업)|농사|공장|회사|주말|평일|올해)[은는도]?|지금까지는?"
    r"|\S*(?:없이|에는|에서는|부터는?|[에서고며]|다가|지만))"
    r"|(?P<other>(?:아이|애|애들|자식|아들|딸|부모님|어머니)(?:를|을)?|\S+[은는이가도께]|\S+께서))\s$"
)
"""The word before ``_BY_ONESELF`` that tells who is alone, or of what part of the work it is told."""
_DOES: Final = re.compile(
    r"^(?:서|만)?\s?(?:(?![,.])\S{1,9}\s){0,4}?\S{0,6}?(?:하[고구며는지]|하다\s?보|합니|해요|해여|함(?=\s|$"
    r"|[.,!/])|하네|하죠|해\s?(?:오"
    r"|왔|나가)|하거든"
    r"|운영|관리|꾸[려리]|돌[려리]|돌립|굴[려리]|봐요|봅니|보고\s있|지[켜키]|뛰[고어]|뜁|팔[고아]|팝|파는"
    r"|찍[고어]|굽[고는]|구워|구[우운]"
    r"|튀[겨기]|끓[여이]|짓|지어|담[그가]|키[워우웁]|길러|기르|가르[쳐치]|맡아|맡고|전담|고[쳐치]|배달|제작"
    r"|디자인|촬영|편집|작업|개발|버[텨티]"
    r"|서빙|요리|볶|깎|꿰매|그[려리]|번역|통역|강의|수업|상담|시공|설치|청소|운전|장사|영업|수선|농사|만[들드]"
    r"|북\s?치|도맡|다\s(?:하|해|합|함))"
)
"""Work of a firm that is done now, behind ``_BY_ONESELF``."""
_NO_WORK: Final = re.compile(
    r"려고|려는|싶|예정|계획|생각|고민|걱정|준비|(?<![가-힣])(?:사는|살[고아]|산\s|먹|울|계[시신]|[오가]는|오시"
    r"|지내|끙끙|앓|애쓰)|여행|공부|연구|힘들(?!\S*\s?지만)"
    r"|어[려렵]|벅|못\s|던|다가|[았었했]|수\s(?:있|없)|면\s|결정|알아|찾|신청|서류|작성|판단|처리|아이|자식|애들"
    r"|할\s|하기[가는에엔도]"
    rf"|[는은던]\s(?:\S+\s)?(?:{ROLES}|분|사람|대표|소상공인|자영업자|창업자|청년|친구)(?:님"
    rf"|분)?들?[은는이가을를도의과와에]"
)
"""What makes of it a wish, a time before, a private matter, or another's doing."""
_WHO_DO: Final = re.compile(
    rf"^\S{{0,8}}(?:\s\S{{1,6}}){{0,3}}?[는은던]\s(?:\S+\s)?(?:{ROLES}|분|사람|사장|대표|소상공인|자영업자|창업자"
    rf"|청년|친구)"
    r"(?:님|분)?들?(?:[은는이가을를도의과와]|에게)(?=\s|$)"
)
"""Somebody else behind the verb, who does so: 혼자 작업하는 작가들을 위한 공방."""
_NOT_FOR_LONG: Final = re.compile(
    r"(?:으?로)?\s?(?:시작|출발|창업했)|이?었|였|이?던|\s?(?:시작|창업|출발|개업)|[을를들]|이\s?많|\s?(?:지원|대상"
    r"|창조|전용|육성)"
)
"""What follows where it began without staff, or where such companies are its customers."""


def without_staff(said: Clauses) -> Iterator[Reading]:
    """Yield that there are no employees, where the asker says so or says to do its work alone."""
    for pattern in (_NO_STAFF, _NO_OWNER, _AT_A_TRADE, _TAKES_NOBODY, _NOW_NOBODY):
        for mention in said.find(pattern):
            who = mention.match[0].startswith("혼자") and _WHO_ALONE.search(mention.before)
            then = pattern is not _NOW_NOBODY and THEN.search(mention.before)
            others = then or _WHO_DO.match(mention.after)
            if not (others or (who and who["other"]) or _is_not_so(mention)):
                yield reading(mention, "employees", 0)
    for mention in said.find(_BY_ONESELF):
        if _works_alone(mention) and not _is_not_so(mention):
            yield reading(mention, "employees", 0)


def _works_alone(mention: Mention) -> bool:
    """Whether the asker, and nobody else, does its whole work alone, and does so now."""
    who = _WHO_ALONE.search(mention.before)
    if (who and who["other"]) or THEN.search(mention.before) or _NO_WORK.search(mention.after):
        return False
    return bool(_DOES.match(mention.after))


def _is_not_so(mention: Mention) -> bool:
    then = is_past(mention) or is_over(mention) or is_sought(mention)
    return bool(
        then or is_anothers(mention) or is_asked(mention) or is_denied(mention) or _NOT_FOR_LONG.match(mention.after)
    )
