"""What speaks for and against two registers meaning one organisation, weighed in bits (Fellegi and Sunter, 1969).

A weight is the base-2 logarithm of how much likelier a finding is for one organisation than for two, so that weights
add up; the first, the name's, holds the odds before anything else is known. They are stated here and nowhere else.

Odds of a name come from 13,000 corporations with their numbers beside 8,700 confirmed ventures: of names of two
syllables that stand in both, about half mean two companies, of three 31 %, of five 16 %, of eight 5 %. So no company is
joined by its name alone. Places, industries and words come from the pairs that were labelled to develop on.
"""

from __future__ import annotations

from typing import Final

SAME: Final = 6.6
"""Bits from which two are taken as one: 99 to 1."""
REVIEW: Final = -2.0
"""Bits from which a person is asked."""

BY_LENGTH: Final = (-3.0, 0.2, 1.1, 1.4, 2.4, 2.6, 2.9, 4.2)
"""Odds of equal names of companies of 1, 2, … 8 or more letters."""
COMPANY: Final = {
    "name": 0.0,
    "spelling": -0.5,
    "former": 0.0,
    "bracket": -0.5,
    "branch": -0.5,
    "unit": -0.5,
    "known": 0.0,
    "near": -10.0,
}
"""What is added to the odds of a company's name where the names are not simply equal."""
INSTITUTION: Final = {
    "name": 8.0,
    "spelling": 8.0,
    "former": 8.0,
    "known": 8.0,
    "unit": 8.0,
    "branch": 8.0,
    "bracket": 3.0,
    "near": -10.0,
}
"""Odds of names of public bodies and universities, which are given once in the country."""

NUMBER: Final = 40.0
"""Settles the matter against all other evidence: the number is the register's own identity."""
SHARED_NUMBER: Final = 0.0
"""One corporate number and names that share nothing: it may be the other's, so a person is asked."""
OTHER_NUMBER: Final = -40.0
"""Settles it the other way."""
OTHER_BUSINESS_NUMBER: Final = -6.0
"""A company has a business number for each of its places, so that two numbers may be one company."""

# Places and industries, from the pairs that were labelled to develop on.
ADDRESS: Final = 8.0
DISTRICT: Final = 5.5
CITY: Final = 4.7
PROVINCE: Final = 2.0
OTHER_CITY: Final = -1.5
OTHER_PROVINCE: Final = -3.5
CLASS: Final = 4.5
DIVISION: Final = 3.0
OTHER_INDUSTRY: Final = -1.5

OTHER_ADDRESS: Final = -3.0
"""As if one company in eight stood in two registers at two doors, since it moved or has both; no pairs at hand tell."""

WORD: Final = 2.5
"""Each word that both use and few others do, three at most."""
WORDS_COUNTED: Final = 3
"""Words of one text come together, so that a fourth adds nothing."""
OTHER_FORM: Final = -4.0
"""A 주식회사 and a 유한회사, or a farming corporation and none."""
COMMON_NAME: Final = -2.0
"""For each further company of that name."""

TEXTS: Final = {
    "corporate_number": "법인등록번호 같음 · same corporate number",
    "shared_number": "법인등록번호는 같고 이름은 다름 · same corporate number, unlike names",
    "business_number": "사업자등록번호 같음 · same business number",
    "other_number": "법인등록번호 다름 · other corporate number",
    "other_business_number": "사업자등록번호 다름 · other business number",
    "name": "이름 같음 · same name",
    "spelling": "표기만 다름 · spelt differently",
    "former": "옛 이름 · former name",
    "known": "다른 이름 · also known as",
    "bracket": "괄호 안팎의 이름 · name beside brackets",
    "unit": "산학협력단과 대학 · foundation of the university",
    "branch": "지점·지사와 본점 · branch of the head office",
    "near": "비슷한 이름 · similar name",
    "address": "주소 같음 · same address",
    "other_address": "도로명이나 지번 다름 · other road or lot",
    "district": "시군구 같음 · same district",
    "city": "시 같음 · same city",
    "province": "시도 같음 · same province",
    "other_city": "시군구 다름 · other city",
    "other_province": "시도 다름 · other province",
    "class": "업종 같음 · same industry",
    "division": "업종 중분류 같음 · same division of industry",
    "other_industry": "업종 중분류 다름 · other division of industry",
    "words": "생산품·기술의 낱말 같음 · same words for what they make",
    "other_form": "법인 형태 다름 · other legal form",
    "common": "같은 이름의 기업이 더 있음 · others bear the name",
    "person": "사람 이름일 수 있음 · may be a person's name",
    "ambiguous": "여러 곳과 맞음 · fits several that are not one",
    "decided": "사람이 판단함 · decided by a person",
}
"""What each kind of evidence is called."""
