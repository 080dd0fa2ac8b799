"""Words of a notice's target that name sizes, kinds of applicant, representatives, certificates, exclusions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from loaders.eligibility.choices import one_is_enough
from loaders.eligibility.findings import Finding
from loaders.eligibility.passages import Passage, Span

_DOT: Final = r"\s?[ㆍ·・‧,/]\s?"

SIZES: Final[Mapping[str, re.Pattern[str]]] = {
    "sme": re.compile(
        rf"중소\s?(?:\([^()]{{1,12}}\))?(?:{_DOT}|\s?및\s?)(?:초기\s?)?(?:중견|벤처)|(?<![가-힣])중\s?[ㆍ·・‧]\s?소기업|중소중견|중견{_DOT}중소|대{_DOT}중{_DOT}소|우선\s?지원\s?대상"
        r"|중소\s?(?:벤처)?\s?(?:제조)?(?:기업|업체)(?!부|\s?창업\s?(?:투자|지원법)|확인|\s?기본법|중앙회|진흥|융합|유통센터|옴부즈만|협회|청"
        r"|에게?\s[^☞※.;]{0,24}(?:제공|공급|납품)할)|중소\s?제조"
    ),
    "mid_size": re.compile(
        rf"중소(?:{_DOT}|\s?및\s?)(?:초기\s?)?중견|중견{_DOT}(?:중소|대기업)|중견\s?기업(?!\s?(?:성장촉진|연합회|으로\s?(?:성장|도약)))"
    ),
    "large": re.compile(
        rf"(?<![가-힣])대기업(?!\s?(?:협력|납품|과|와|의|구매))|{_DOT}대기업(?!\s?(?:협력|납품|과|와|의|구매))|(?<![가-힣])대[ㆍ·・‧]중견"
    ),
    "small": re.compile(r"(?<![중강])(?<!중[ㆍ·・‧])(?<!중[ㆍ·・‧] )소기업(?!\s?확인|['’‘\"])"),
    "micro": re.compile(
        r"소상공인(?!시장진흥|\s?기본법|\s?확인서|연합회|지원센터|진흥|\s?(?:또는|및)\s?중소기업\s?확인서)"
    ),
}
_LAW: Final = r"[「｢《][^」｣》]{2,60}[」｣》]"
_REMARK: Final = (
    r"※[^※☞]{0,100}?(?:포함|이라도)"
    r"|(?:이하|미만)이(?:어도|라도|더라도)[^※☞]{0,30}(?:가능|예외)[^☞]{0,90}"
    r"|\s-\s[^\-※☞]{2,60}\s등\s[^\-※☞]{0,20}\d\s?[인명]\s?미만(?:도|의?\s?경우도?)?\s?(?:신청\s?|지원\s?|참여\s?)?가능"
)
"""A remark on whom a notice admits too; it asks nothing of the others."""
_SOURCE: Final = r"연구\s?기관[^☞※\-]{0,40}?기술(?:의|을)?\s?(?:이전|도입)"
"""Bodies whose technology a company takes over."""
_ASIDE: Final = re.compile(rf"{_LAW}|{_REMARK}|{_SOURCE}")
KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    "startup": re.compile(
        r"(?<!예비)(?<!예비 )(?<!로컬)창업\s?기업"
        r"(?!과의?\s?협[력업]|\s?(?:지원|육성|발굴|보육|투자)\s?(?:관련|경험|전문|실적|역량|업무))"
        r"|스타트업(?!과의?\s?협[력업])|초기\s?창업자?|신규\s?창업|창업자(?!금)"
        r"(?<!예비창업자)(?<!예비 창업자)(?<!예비[가-힣]{2}창업자)(?<!예비[가-힣]{3}창업자)(?<!개설할 창업자)"
        r"|(?<!육성사업 )창업팀|기창업|창업\s?초기|\(\s?예비\s?\)\s?(?:(?:재|청년|여성|중장년|로컬)?\s?창업|초기)"
        r"|(?<![가-힣])창업(?=\s?[ㆍ·]\s?벤처|\s?(?:[ㆍ·,]|및)\s?(?:벤처|중소|이전)?\s?(?:[가-힣]{2,4}\s?)?기업|\s?업체|\s?제조\s?기업)"
        r"|(?<![가-힣])창업\s?(?:후\s?)?\d{1,2}\s?년\s?(?:이내|미만|이하)(?:\([^()]{1,12}\))?(?:인|의)?\s?(?=[가-힣A-Za-zㆍ·,\s]{0,20}(?:기업|사업자))"
    ),
    "pre_founder": re.compile(
        r"예비\s?재?창업|예비(?!유니콘|사회적)[가-힣]{2,4}창업자|예비\s?[ㆍ·]\s?초기|\(\s?예비\s?포함\s?\)|\(\s?예비\s?\)\s?(?:(?:재|청년|여성|중장년|로컬)?\s?창업|초기)|신규\s?창업|창업\s?예정자|사업자\s?등록을\s?하지\s?않은"
        r"|(?<![가-힣])창업(?:을)?\s?희망(?:자|\s?청년|하는\s?(?:자|개인|사람|발명가|청년))"
    ),
    "venture": re.compile(
        rf"(?<!중소)(?<!관광)(?<!예비)(?<!소셜)벤처\s?기업(?!\s?(?:지원|육성)[을를]?\s?(?:전담|관련|전문|업무))|벤처\s?인증"
        rf"|(?<!소셜)(?<!관광)벤처(?:{_DOT}(?:창업|스타트업|중견|중소)|\s?또는)"
        r"|(?<=중소ㆍ)벤처(?=\s?기업)|(?<=및 )벤처(?=\))"
    ),
    "social": re.compile(r"사회적\s?(?:경제\s?)?기업(?!가|진흥)|(?<!중소기업)협동조합|마을\s?기업|자활\s?기업"),
    "university": re.compile(
        r"대학(?!생|교육|원|로)(?:교)?(?!\s내\s|\s?(?:졸업|재학|정규|교과|수업|강의|캠퍼스|현장|교수진|(?:및|[ㆍ·,])\s?고등학교)|의\s)"
    ),
    "institute": re.compile(
        r"연구\s?기관|출연\s?\(?연\)?"
        r"|(?<!부설)(?<!부설 )(?<!공장)(?<!공장[ㆍ·,])(?<!공장, )(?<![지본][사점][ㆍ·,])(?<![지본][사점], )"
        r"(?<!영업소, )(?<!영업소ㆍ)연구소(?!\s?(?:기업|\)|또는|를?\s?보유|등\s?(?:의\s?)?사업장))"
        r"(?!\s?[ㆍ,·]?\s?(?:공장|자사|중|를|을|가))(?!\s?(?:및|[ㆍ,·])\s?(?:연구)?전담)"
    ),
    "individual": re.compile(
        r"(?:도|시|군|구|주|국)민(?!\s?참여|주|[의\s]\s?(?:편의|편익|생활|안전|체감|건강|복지))(?=[\s,ㆍ·])|연구자(?=\s*(?:$|등|[,ㆍ(※])|\s?(?:및|또는))|창\s?[ㆍ·]\s?제작자|국민(?=\()|학생\s?(?:창업|팀)|대학생"
        r"|(?<![가-힣])개인(?=\(|\s?(?:및|또는)(?!\s?법인)\s?|\s?(?:등|[,)](?!\s?법인)|$))|일반인|체육인|연출자|작가|재학생|프리랜서"
        r"|(?:귀화|취업|구직|귀농|귀촌|유학)\s?(?:을\s?)?희망(?:자|하는\s?(?:자|사람))"
        r"|(?<!콘텐츠 )창작자|예술인|음악인|뮤지션|무용수"
        r"|재직(?:자|청년)(?=\s?(?:\d+\s?명|등|[,(※]|$))|재직\s?(?:한|중인)\s?자(?![가-힣])"
    ),
    "sole": re.compile(
        r"개인(?:\s?(?:[,ㆍ·/]|또는|및)\s?법인)?\s?사업자"
        r"(?!\s?의?\s?설립)"
        r"|(?<!['’‘])자영업자(?!\s?고용보험)"
    ),
    "corporation": re.compile(
        r"법인\s?사업자"
        r"|법인\s?기업|법인(?:에\s?한|만\s?(?:신청|지원|참여|가능))|기업\s?\(법인[^()]{0,6}\)|(?<![가-힣])법인\s?(?:스타트업|중소기업|등록되)"
        r"|회사ㆍ합자조합|(?<![가-힣])(?<!비영리 )법인(?:이나|\s?또는|\s?및|ㆍ)\s?단체"
        r"|개인\s?사업자\s?(?:[ㆍ·,]|및|또는)\s?법인(?:으로서|은|이|의)?(?![가-힣])|(?<![가-힣])법인\s?(?:[ㆍ·,]|및|또는)\s?개인\s?사업자"
    ),
}
_OF_ANOTHER = re.compile(
    r"(?:자|팀|기업|\s?산학협력단)?(?:\s?(?:[,ㆍ·/]|및|또는|혹은|[과와]\s)\s?[가-힣]{2,8}?(?:\s기업)?){0,3}?\s?(?:등)?\)?"
    r"(?:[과와]의?\s?(?:공동|협[력업]|연계|협약|거래)"
    r"|의\s?(?:[가-힣]{2,4}\s)?(?:특허|기술|장비|추천)[을를]"
    r"|[을를]\s?(?:신규\s?)?(?:채용|고용|육성|발굴|보육)(?:하|한|할)"
    r"|[이가]\s?(?:보유|개발|추천|소유)한"
    r"|\s?(?:제품|기술|장비)[을를]\s?(?:구매|도입|사용|이용)"
    r"|\s?(?:투자|육성|보육|지원)\s?(?:실적|경험|역량)"
    r"|\s?(?:채용|고용)\s?(?:기업|업체|사업[자장]))"
)
"""What stands behind somebody who is no applicant: with whom it works, whom it hires."""
_PARTNERS = re.compile(
    r"(?<!주관[ㆍ·,/])(?:참여|공동|위탁|협력)\s?(?:(?:연구\s?개발)?\s?기관|(?=\s?:))\s?(?:(?::|[은는]\s)[^※☞:]{1,80}?(?=\s-\s|※|☞|$)|\([^()]{1,40}\))"
)
"""Those who join an applicant in a project."""
_OF_COMPANIES = re.compile(r"기업(?:인|일)\s?(?:경우|때)[^☞※\-]{0,40}?법인[^☞※\-]{0,20}")
"""What is asked of the companies among the applicants alone, of whom others need not be corporations."""
_SET_ASIDE = re.compile(f"{_ASIDE.pattern}|{_PARTNERS.pattern}|{_OF_COMPANIES.pattern}")
_ACADEMIC = re.compile(r"산\s?[ㆍ·,]?\s?학\s?[ㆍ·,]?\s?연|대학|연구\s?기관|출연")
"""Partners whom a notice may mean as applicants too."""
_ANY_SIZE = re.compile(r"규모[^☞※.()]{0,12}(?:제한\s?없|무관|불문)")
WORKPLACES: Final = re.compile(
    r"장애인\s?(?:표준|다수\s?고용)\s?사업장|(?:여성|가족|청년)\s?친화\s?(?:인증\s?)?(?:강소)?\s?(?:기업|일촌)"
)
"""Employers by whom they employ, which tells nothing of who leads them."""
_TAXPAYERS: Final = re.compile(
    r"성실\s?(?:신고\s?확인\s?(?:대상)?\s?)?사업자|(?:간이|면세)\s?(?:과세자|(?:과세\s?)?사업자)|모범\s?납세자"
)
"""Businesses by how they are taxed, which no kind names."""
_ALONE: Final = frozenset({"university", "institute"})
"""Kinds beside which a company takes part in a consortium, or not at all."""
_COMPANY = re.compile(
    r"(?<!공)기업(?!부|창업투자|구조조정|특별)|업체|업소|회사|사업[자장체]|소상공인|(?<!이)상인|제작사|출판사|여행사|농가|점포|스타트업|창업자"
)
_ANYBODY = re.compile(
    r"누구나|비영리\s?(?:법인|단체|기관)(?:일\s?것|이어야)"
    r"|(?:주주|임원|임직원|종업원|(?<!사업주 및 )근로자|(?<![가-힣])출자자?|상속인)(?:\s?등)?\s*$"
)
"""Whoever comes, or persons of whom a company is only told."""
_UNNAMED: Final = (_OF_COMPANIES, WORKPLACES, _TAXPAYERS, _ANYBODY)
"""Words of applicants of whom the kinds named do not tell all."""
_OTHERS = re.compile(
    r"(?:(?<![가-힣])전통시장|마을회|협업체|상점가(?!\s?(?:활성|및))|상인(?:회|\s?조직)|공동체|자율상권조합|양육자|공공\s?기관|공기업|지자체|지방\s?자치단체|지방\s?정부|비영리\s?(?:민간)?\s?(?:법인|단체|기관)|(?:유관|관련|의료|교육|지역)\s?기관"
    r"|(?<![가-힣])기관|(?<!관광)(?<!법인이나 )(?<!법인ㆍ)단체(?:\s단위)?|협회|협의체|연구\s?조합|농업인|어업인|농가"
    r"|생산자)"
    r"(?=\s?(?:등(?![가-힣])|[,ㆍ·/)※]|\((?:이하|최대|사업자|규모)|[①-⑩]|및\s|또는\s|로\s?구성|로\s|컨소시엄|-\s|$))"
)
"""Applicants beside companies that no kind names; whoever is of no kind that is named has to be asked."""
_NO_COMPANY = re.compile(
    r"지방\s?자치단체|지방\s?정부|지자체|(?<![가-힣])전통시장|상인회|투자[자사]|투자조합|벤처\s?캐피탈|액셀러레이터|디자이너|크리에이터|단체|기관|(?:산|학|연)['’]|(?:공헌|기여|충족)한\s자(?![가-힣])|공헌한\s자로"
    r"|(?:받은|등록된|등록한|종사하는|거주하는)\s(?:자|사람)(?![가-힣])|공이\s?인정되는\s?자|희망자로서|[농어임]업인|[농어임]업\s?경영체"
)
"""Applicants whom no kind names: public bodies, persons."""
_NO_PLACE: Final = "".join(
    f"(?<!{before})" for before in ("지사ㆍ", "공장ㆍ", "지사, ", "공장, ", "공장 또는 ", "지사 또는 ", "기업", "기업 ")
)
"""What stands before a laboratory that is one place of several, and before the rest of its word."""
_HELD: Final = r"(?!\s?[은는]?\s?(?:불인정|불가|제외))[^☞※.;]{0,16}?(?:보유|소지|획득|취득|인증|등록|지정|선정|인정)"
_MAY: Final = r"[^☞※.;]{0,12}?(?:인증|획득|취득|등록)\s?(?:이\s?)?(?:가능|희망|예정|준비)"
"""What stands behind a paper that can be got, and need not be held."""
_INNOVATIVE: Final = r"혁신형\s?(?:중소)?\s?기업(?=\s?(?:[,ㆍ·]|등|및|또는|중|$))"
CERTIFICATES: Final[Mapping[str, re.Pattern[str]]] = {
    "기업부설연구소": re.compile(
        rf"{_NO_PLACE}(?:기업\s?)?부설\s?연구소(?!\s?(?:보유ㆍ설치|신규|설립))(?:{_HELD}|\s?소속\s?(?:재직\s?)?(?:인원|인력|연구원)|를?\s?설치(?:하고\s?있|ㆍ운영|한\s))"
    ),
    "연구개발전담부서": re.compile(rf"(?:연구\s?개발|연구)\s?전담\s?부서(?!\s?(?:보유ㆍ설치|신규|설립)){_HELD}"),
    "이노비즈": re.compile(
        rf"기술\s?{_INNOVATIVE}|이노비즈(?!\s?협회)(?!{_MAY})(?:\s?(?:인증|확인|선정)|기업|{_HELD})"
    ),
    "메인비즈": re.compile(
        rf"경영\s?{_INNOVATIVE}|메인비즈(?!\s?협회)(?!{_MAY})(?:\s?(?:인증|확인|선정)|기업|{_HELD})"
    ),
    "뿌리기업": re.compile(r"뿌리\s?(?:기술\s?전문\s?)?기업\s?(?:확인서|확인|증명서)"),
    "장애인기업": re.compile(r"장애인\s?기업\s?확인서"),
    "여성기업": re.compile(r"여성\s?기업\s?확인서"),
    "중소기업확인서": re.compile(
        r"(?:중소\s?기업|소상공인)\s?확인서(?![을를이가]?\s?(?:신규\s?)?(?:발급|제출)\s?(?:이\s?)?(?:가능|예정))"
    ),
    "특허": re.compile(r"특허\s?(?:권)?\s?(?:등록\s?기업|등록을?\s?(?:완료|한))"),
    "HACCP": re.compile(r"HACCP\s?(?:인증)?(?:을|를)?\s?(?:받은|획득한?|취득한?|보유|지정)"),
    "녹색인증": re.compile(r"녹색\s?(?:기술\s?|전문기업\s?)?인증"),
}
_OF_A_LIST = re.compile(
    r"(?<!인증)(?<!벤처)(?<!등록)(?<!혁신형 중소)(?:제조업체?|서비스업|산업|기업|업체)\s?,\s?(?:[^,.☞]{1,14},\s?)?$"
)
"""Companies without the paper that stand before it in a list; one of both is enough."""
_PLANNED = re.compile(
    r"[^☞※.;]{0,24}?(?:이?거나|또는|혹은)[^☞※.;]{0,40}?"
    r"(?:설립|설치|취득|획득|인증)[을를이]?\s?(?:예정|계획|준비)"
)
"""What stands behind a paper beside which one that is only planned is enough."""
_LIST_BEFORE: Final = 40
"""Letters before a paper in which ``_OF_A_LIST`` may stand; its longest form has some 30."""
_ASKED = re.compile(
    r"(?:인증|예비인증|검인정|승인)(?:을|를)?\s?(?:받은|획득|취득|보유)|(?:동의서|의향서|추천서|협약서|증명서|확약서|인정서)[^☞.;]{0,12}(?:받은|확보|보유)"
    r"|(?:협의회|협회)\s?(?:가입|회원)|추천을\s?받은|확인서|(?<!사업자)(?<!사업자 )등록증"
    r"|(?<!사업자)(?<!사업자 )(?:신고|허가|면허|등록)[을를]?\s?(?:마친|필한|득한|완료한|한\s자)"
    r"|모범\s?(?:음식점|업소)|위생등급|착한\s?가격\s?업소|입주\s?계약[을를]?\s?(?:체결|완료)|(?:피해|적합)\s?확인[을를]\s?받은"
    r"|승인\s?기업|지정\s?기업|지정\s?(?:기간|만료)|지정\s?[가-힣]{2,8}\s?(?:을\s?|를\s?)?보유"
    r"|(?<!사업자)(?<!사업자 )(?:선정|지정|등록|추천)(?:된|을?\s?받은|한)"
    r"|등록\s?(?:완료\s?)?기업|등록\s?기업|선정\s?기업|특구\s?사업자|(?:신고|허가|면허)증|(?:신고|등록)\s?확인증"
    r"|(?:신고|등록)\s?수리\s?(?:기업|업체|사업자)|(?<!벤처)(?<!업체 및 )인증\s?(?:\([^()]{1,8}\)\s?)?(?:업체|업소)"
    r"|(?<!신청)(?<!신청 )(?<!지원)(?<!지원 )(?<!참여)(?<!참여 )(?<!참가)(?<!참가 )(?<!입주)(?<!입주 )"
    r"자격[을를]?\s?(?:갖춘|보유한|소지한)"
    r"|(?:특허|(?:산업|지식)\s?재산권?)[^☞.;]{0,20}(?:등록|출원|보유)|인증\s?년도|규제\s?샌드박스"
    r"|교육(?:\s?과정)?[^☞.;,]{0,14}(?:이수|수료)한|(?:이수|수료)\s?(?:기업|자(?![가-힣]))"
    r"|(?:참여|수혜|선정|수료)\s?이력[^☞.;]{0,4}(?:보유|있는)|회원사|회원인|멤버십|연구조직|혁신형\s?(?:중소)?\s?기업(?!의)"
    r"|(?<!사업자)(?<!사업자 )(?:신고|등록|허가|지정|승인)[가이를을]?\s?(?:수리|완료|승인)된"
    r"|(?<![가-힣])(?!(?:폐|휴|창|사|기|산|작|영|취)업)[가-힣ㆍ]{1,8}업\s?(?:신고|등록|허가)(?!\s?(?:희망|예정|가능))"
    r"|뿌리\s?(?:기술\s?(?:전문)?)?\s?기업(?!의|\s?(?:육성|지원|차세대))|경영체[로에]?\s?등록|약정\s?체결|부설\s?연구소|전담\s?부서|이노비즈|메인비즈"
    r"|[가-힣]인증기업"
)
_BARRED: Final = (
    r"(?:[^☞.;]{0,14}?(?:제외|불가|아닌|아니|않|없는|없어야|없을|제한)|[^☞※.;\n]{0,60}?(?:제외(?!하고|한\s?\d)|불가))"
)
_NEVER: Final[Mapping[str, str]] = {
    "arrears": r"체납",
    "closed": rf"휴{_DOT}폐업|휴폐업|(?<![가-힣])(?:휴업|폐업)",
    "insolvent": r"부도|파산|회생\s?절차|화의(?![가-힣])|법정\s?관리",
    "bad_credit": r"(?<!미)연체|신용\s?불량|신용\s?관리\s?정보|채무\s?불이행|불량\s?거래처",
    "sanctioned": r"제재|참여\s?제한(?!\s?사유)|부정당\s?업?자?",
    "entertainment": r"유흥|향락",
    "speculation": r"사행|도박",
    "real_estate": r"부동산(?:업|\s?임대업?|\s?매매업?)",
}
"""What bars an applicant; alone where a register tells in a field of its own who is left out, else before ``_BARRED``.
"""
_TAXES: Final = r"(?:국\s?[,ㆍ·]?\s?지방\s?세|국세|지방세|4대\s?보험)"
_SAID: Final[Mapping[str, str]] = {
    "arrears": rf"{_TAXES}[^☞.;]{{0,12}}?(?:완납|납부)(?:한|자|\s?(?:중소)?\s?(?:기업|업체|제조))",
    "bad_credit": r"(?<![가-힣])미연체",
    "closed": r"정상(?:적으로|적인)?\s?(?:영업|운영)\s?(?:중|하고)|(?:정상\s?)?영업\s?(?:활동)?을?\s?하고\s?있는",
    "duplicate": (
        r"중복\s?(?:지원|참여|수혜|신청|선정)\s?(?:은\s?|이\s?)?(?:불가|제한|제외|금지)|(?:참여|수혜|지원|선정)\s?(?:받은\s?)?(?:이력|적)이\s?없는"
        r"|(?:기\s?수혜|기\s?지원|기\s?선정)[^☞.;]{0,10}?(?:제외|불가)"
        r"|(?:참가|참여|수혜|선정|지원)(?:를\s|을\s)?\s?(?:받은|한|했던|중인)?\s?(?:기업|업체|자)[은는의]?\s?(?:신청|지원|참여|참가)\s?(?:\([^()]{1,8}\)\s?)?(?:은\s|이\s)?(?:불가|제외)"
        r"|(?:동일|유사|타)\s?(?:ㆍ\s?유사\s?)?(?:지원\s?)?사업[^☞.;]{0,24}?(?:지원|수혜|참여|선정)[^☞.;]{0,12}?(?:제외|불가)|(?:보증\s?)?지원을?\s?받지\s?않(?:은|아야)"
    ),
}
EXCLUSIONS: Final[Mapping[str, re.Pattern[str]]] = {
    kind: re.compile("|".join(filter(None, (never and f"(?:{never}){_BARRED}", _SAID.get(kind)))))
    for kind, never in {**_NEVER, "duplicate": ""}.items()
}
LEFT_OUT: Final[Mapping[str, re.Pattern[str]]] = {
    **{kind: re.compile(words) for kind, words in _NEVER.items()},
    "closed": re.compile(rf"(?:{_NEVER['closed']})(?!하지\s?않|자는?\s[^.;)]{{0,8}}가능)"),
    "duplicate": re.compile(
        r"중복\s?(?:지원|참여|수혜|신청|선정|수행)|동시\s?(?:수행|참여)|(?:기|旣|최종)\s?(?:수혜|지원(?!\s?(?:기준|분야))|선정)"
        r"|(?:동일|유사)[^.;\n]{0,16}(?:지원|수혜)|(?:지원|보조)(?:금)?을?\s?받고\s?있"
        r"|(?:수강|수혜|지원을?\s?받)(?:하신|한|은)\s?(?:분|자|기업|업체)(?![가-힣])"
    ),
}
_EXEMPTED = re.compile(
    r"\(\s?(?:단|다만)[^()]{1,200}(?:예외|제외|가능)[^()]{0,20}\)|(?:단,|다만)[^.;\n※]{1,160}?(?:예외|(?:신청|지원|참여)\s?가능)"
)
"""Who is let in after all, among those who are left out."""
_NOBODY = re.compile(r"\s*(?:제외\s?대상\s?)?(?:해당\s?(?:사항)?\s?없음|없\s?음|없습니다|무|-|\.)*[\s.]*")
_NO_FOUNDER = re.compile(r"\s*예비\s?창업자?\s?(?:은|는)?\s?(?:지원|신청|참여)?\s?(?:불가|제외)?[\s.]*")
"""Founders-to-be alone, whom the list of ages leaves out too."""
_FOUNDERS_BARRED = re.compile(
    r"(?<!및 )(?<!또는 )(?<![,ㆍ·] )(?<![,ㆍ·])예비\s?창업자?\s?[은는]?\s?(?:지원|신청|참여)?\s?(?:불가|제외)"
)
"""The same in a text of applicants, for whom a notice has a property of its own."""
_FILLER = re.compile(
    rf"{_TAXES}|세금|금융\s?기관|(?:기업|업체|사업자|사업장|개인|법인|거래자|대상자?|대표자?|상태|경우|중인?|등|자|및|또는)?[은는이가을를과와의]?(?![가-힣])"
    r"|(?:제외|불가|신청|지원|참여|해당|있는|하는|된|한)[가-힣]*"
)
"""Words of a list of those left out that bar nobody themselves."""
_LEFT_OUT_HEAD = re.compile(
    r"((?:지원|신청|참여|참가)\s?(?:제외|제한|불가)\s?(?:대상|업종|기업|사항)?(?:자)?\s?[:：)\]])([^☞]{1,300})"
)
"""The head of a list of those who are left out, as in 지원 제외 대상 : 휴폐업 기업."""
_WITHIN_ONE: Final = re.compile(r"중복\s?(?:지원|선정|신청)")
_OTHER_PROGRAMMES: Final = re.compile(
    r"(?:타|다른|유사|동일|기존)\s?[^\s]{0,8}(?:\s?(?:및|과|와|,|또는)\s?\S{1,8})?\s?\S{0,8}\s?$"
)
"""Words before 중복지원 that tell of another programme, without which a benefit bars only two of its own parts."""
_BARRED_OTHERS = re.compile(
    r"(?:권고\s?사직|감원|체불)[^☞.;]{0,14}(?:없|제외|아닌)|해당하지\s?(?:않|아니)"
    r"|업(?:종)?[은는]?\s?(?:신청\s?|참여\s?|지원\s?)?불가|참여\s?제한\s?조건|결격\s?사유|지원\s?제외\s?(?:대상|업종)|신청\s?제외|[^\s☞※(]{1,12}\s?제외(?!하고|한\s?\d)"
)
_SHOWN: Final = 40
"""Characters that are quoted of a text of which no word is known."""
_SIZE_WORDS: Final = re.compile(r"(?:소상공인|소기업|대기업|중견기업)[^☞.;()]{0,4}제외")

Found = Finding[tuple[str, ...]]


def read_sizes(passage: Passage) -> Found | None:
    """Read the classes of size that a target names, sorted."""
    found = _named(SIZES, passage, without=re.compile(_LAW))
    lifted = _ANY_SIZE.search(passage.text)
    if lifted:
        return Finding(found.value if found else None, (passage.span(lifted),), doubtful=True)
    return found


def read_kinds(passage: Passage) -> Found | None:
    """Read the kinds of applicant beside their size, sorted; what may admit no company at all is in doubt."""
    found = _named(KINDS, passage, without=_SET_ASIDE, never_behind=_OF_ANOTHER)
    company = _COMPANY.search(passage.text)
    others = _OTHERS.search(passage.text) if company else None
    if others:
        spans = (*(found.spans if found else ()), passage.span(others))
        found = Finding(tuple(sorted({*((found and found.value) or ()), "other"})), spans)
    joining = next((each for each in _PARTNERS.finditer(passage.text) if _ACADEMIC.search(each[0])), None)
    persons = None if found or company else _NO_COMPANY.search(passage.text)
    unnamed = next((each for words in _UNNAMED if (each := words.search(passage.text))), None)
    beyond = joining or unnamed or persons
    if beyond:
        return Finding(found.value if found else None, (passage.span(beyond),), doubtful=True)
    if found and found.value == ("individual",) and not company:
        return replace(found, doubtful=True)
    if (
        found
        and (_ALONE | {"other"}).issuperset(found.value or ())
        and _ALONE & set(found.value or ())
        and (not company or "컨소시엄" in passage.text)
    ):
        return replace(found, doubtful=True)
    return found


def read_certificates(passage: Passage) -> Found | None:
    """Read the papers of which one is needed; one that is not known by name is left to people."""
    found = _named(CERTIFICATES, passage, without=_ASIDE)
    if found and any(_one_of_many(passage, span) for span in found.spans):
        return Finding(None, found.spans)
    asked = _ASKED.search(_blanked(_ASIDE, passage.text))
    if found or not asked:
        return found
    return Finding(None, (passage.between(max(0, asked.start() - 12), asked.end()),))


def _one_of_many(passage: Passage, span: Span) -> bool:
    start = span.start - passage.start
    listed = _OF_A_LIST.search(passage.text[max(0, start - _LIST_BEFORE) : start])
    planned = _PLANNED.match(passage.text, start + len(span.quote))
    return listed is not None or planned is not None or one_is_enough(passage.text, start)


def read_exclusions(*passages: Passage, left_out: Passage | None = None) -> Found | None:
    """Read who is left out; what is named in other words is left to people.

    ``left_out`` is text of nothing else: whatever it says beside the words that are known is left to people too.
    """
    passages = tuple(replace(each, text=_blanked(_FOUNDERS_BARRED, each.text)) for each in passages)
    read = [found for passage in passages if (found := _named(EXCLUSIONS, passage))]
    listed = [_listed(passage) for passage in passages]
    more = any(found and found.doubtful for found in listed)
    read += [found for found in listed if found]
    if left_out and not (_NOBODY.fullmatch(left_out.text) or _NO_FOUNDER.fullmatch(left_out.text)):
        named = _named(LEFT_OUT, left_out, without=_EXEMPTED)
        read += [named] if named else []
        kinds = {kind for found in read for kind in found.value or ()}
        start = left_out.between(0, _SHOWN)
        return Finding(
            tuple(sorted(kinds)) or None,
            tuple(span for found in read for span in found.spans) or (start,),
            doubtful=_says_more(left_out.text),
        )
    if read and len(passages) > 1 and all(_within_one(passages[-1], span) for found in read for span in found.spans):
        return None
    spans = tuple(span for found in read for span in found.spans)
    if read:
        return Finding(tuple(sorted({kind for found in read for kind in found.value or ()})), spans, doubtful=more)
    for passage in passages:
        if match := _BARRED_OTHERS.search(passage.text) or _SIZE_WORDS.search(passage.text):
            return Finding(None, (passage.span(match),))
    return None


def _listed(passage: Passage) -> Found | None:
    """Read the list behind a head that says who is left out; what is not known of it puts the list in doubt."""
    head = _LEFT_OUT_HEAD.search(passage.text)
    if not head:
        return None
    section = Passage(passage.place, passage.start + head.end(1), head[2])
    found = _named(LEFT_OUT, section, without=_EXEMPTED)
    return found and replace(found, doubtful=_says_more(section.text))


def _within_one(benefit: Passage, span: Span) -> bool:
    """Whether a benefit only says that two of its own parts are not given together."""
    start = span.start - benefit.start
    return (
        0 <= start < len(benefit.text)
        and _WITHIN_ONE.match(span.quote) is not None
        and not _OTHER_PROGRAMMES.search(benefit.text[max(0, start - _LIST_BEFORE) : start])
    )


def _says_more(text: str) -> bool:
    """Whether a text of those left out holds words that are not known."""
    for words in (*LEFT_OUT.values(), _FILLER):
        text = words.sub(" ", text)
    return re.search(r"[가-힣]{2}", text) is not None


def _named(
    words: Mapping[str, re.Pattern[str]],
    passage: Passage,
    without: re.Pattern[str] | None = None,
    never_behind: re.Pattern[str] | None = None,
) -> Found | None:
    """Return the words that occur, sorted; names of laws are blanked out first, so that places stay right.

    A word behind which ``never_behind`` stands speaks of somebody else.
    """
    text = _blanked(without, passage.text) if without else passage.text
    found = (
        (word, next((each for each in pattern.finditer(text) if not _stands(never_behind, text, each.end())), None))
        for word, pattern in words.items()
    )
    matches = {word: match for word, match in found if match}
    return Finding(tuple(sorted(matches)), tuple(_spans(passage, matches.values()))) if matches else None


def _stands(pattern: re.Pattern[str] | None, text: str, position: int) -> bool:
    return pattern is not None and pattern.match(text, position) is not None


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)


def _spans(passage: Passage, matches: Iterable[re.Match[str]]) -> Iterator[Span]:
    for place in sorted({match.span() for match in matches}):
        yield passage.between(*place)
