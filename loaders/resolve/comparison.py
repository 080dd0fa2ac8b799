"""The statements that compare: blocks of like spelling and equal number, then the evidence of each pair.

They read ``organisation`` (one row each, made by ``loaders.resolve.pairs``), ``spelling`` and ``place``.
"""

# ruff: noqa: S608 - the statements are put together from constants of this package alone

from __future__ import annotations

from typing import Final

from loaders.resolve import evidence

_LARGEST_BLOCK: Final = 30
"""So many organisations of one spelling are compared with each other; of more, those of one place alone."""
_SHORTEST_NEAR: Final = 4
"""Letters of the shortest names of which a similar one is looked for."""
_RELATED: Final = 0.8
"""Two companies that say so by their names and have one number, but whose names are less alike than this, are not
joined: in lists that applicants fill in, one of the two may have copied another's number."""
_RARE: Final = "greatest(5, (SELECT count(DISTINCT row) FROM said) // 200)"
"""A piece of a word tells something where no more organisations than this use it."""
_GENERAL: Final = (
    "소프트웨어|시스템|서비스|플랫폼|솔루션|데이터|프로그램|컴퓨터|제조|개발|공급|응용|장치|장비|방법|이용|포함|기반|기타"
    "|제품|제작|설계|사용|기술|온라인|판매|도매|소매|관련|콘텐츠|위한|및"
)
"""Words that say little of what an organisation makes."""
_ORDER: Final = "['name', 'former', 'known', 'unit', 'spelling', 'branch', 'bracket', 'near']"
_TOGETHER: Final = "('spelling', 'unit', 'branch', 'known')"
"""How two may be called alike though neither bears the name itself."""
_LET_GO: Final = "('former', 'known', 'unit', 'branch')"
"""Of two, the one that is called so does not stay."""

_PAIRED: Final = f"""
    SELECT a.row AS a, b.row AS b, IF(a.how = 'name', b.how, a.how) AS how, length(key) AS letters,
        a.how IN {_LET_GO} AND b.how = 'name' AS a_goes, b.how IN {_LET_GO} AND a.how = 'name' AS b_goes
"""
_ALLOWED: Final = f"""
    a.row < b.row
    AND (a.how = 'name' OR b.how = 'name' OR (bearers = 0 AND a.how IN {_TOGETHER} AND b.how IN {_TOGETHER}))
"""
"""Offices of one head are compared with it, and with each other only where it is in no register."""


def _numbered(column: str) -> str:
    return f"""
        SELECT a.row AS a, b.row AS b, NULL AS how, 0 AS letters, FALSE AS a_goes, FALSE AS b_goes
        FROM organisation AS a JOIN organisation AS b USING (label, {column}) WHERE a.row < b.row
    """


_PIECES: Final = f"""
    SELECT row, label, key, where_, unnest(list_transform(
        range(1, length(key) + 1), lambda i: substr(key, 1, i::BIGINT - 1) || '_' || substr(key, i::BIGINT + 1)
    ) || list_transform(
        range(0, length(key) + 1), lambda i: substr(key, 1, i::BIGINT) || '_' || substr(key, i::BIGINT + 1)
    )) AS piece
    FROM (
        SELECT row, label, key, unnest(CASE WHEN label = 'Company' THEN cities ELSE [''] END) AS where_
        FROM spelling JOIN organisation USING (row, label)
        WHERE how = 'name' AND length(key) BETWEEN {_SHORTEST_NEAR} AND 30
    )
"""
"""Each name with a letter taken out or put in, in each of its places; names one letter apart share a piece."""

_WEIGHTS: Final = {
    "corporate_number": evidence.NUMBER,
    "business_number": evidence.NUMBER,
    "shared_number": evidence.SHARED_NUMBER,
    "other_number": evidence.OTHER_NUMBER,
    "other_business_number": evidence.OTHER_BUSINESS_NUMBER,
    "address": evidence.ADDRESS,
    "other_address": evidence.OTHER_ADDRESS,
    "district": evidence.DISTRICT,
    "city": evidence.CITY,
    "province": evidence.PROVINCE,
    "other_city": evidence.OTHER_CITY,
    "other_province": evidence.OTHER_PROVINCE,
    "class": evidence.CLASS,
    "division": evidence.DIVISION,
    "other_industry": evidence.OTHER_INDUSTRY,
    "other_form": evidence.OTHER_FORM,
    "person": 0.0,
}


def _map(weights: dict[str, float]) -> str:
    return "MAP {" + ", ".join(f"'{code}': {bits}" for code, bits in weights.items()) + "}"


def _weighed(name: str) -> str:
    return f"{{'code': {name}, 'bits': {_map(_WEIGHTS)}[{name}]::DOUBLE}}"


_NAME_BITS: Final = f"""
    CASE WHEN how IS NULL THEN 0 WHEN a.label = 'Company' THEN
        {list(evidence.BY_LENGTH)}[least(greatest(letters, 1), {len(evidence.BY_LENGTH)})]
        + {_map(evidence.COMPANY)}[how]
    ELSE {_map(evidence.INSTITUTION)}[how] END::DOUBLE
"""

STATEMENTS: Final = (
    """
    CREATE TEMP TABLE block AS
    SELECT label, key, count(*) AS size, count(*) FILTER (how = 'name') AS bearers
    FROM spelling GROUP BY ALL HAVING count(*) > 1
    """,
    f"""
    CREATE TEMP TABLE met AS
    {_PAIRED} FROM spelling AS a JOIN block USING (label, key) JOIN spelling AS b USING (label, key)
    WHERE (size <= {_LARGEST_BLOCK} OR bearers = 1) AND {_ALLOWED}
    UNION ALL {_numbered("business_number")}
    UNION ALL {_numbered("corporate_number")}
    """,
    f"""
    INSERT INTO met
    WITH placed AS (
        SELECT row, label, key, how, bearers, unnest(cities) AS city
        FROM spelling JOIN block USING (label, key) JOIN organisation USING (row, label)
        WHERE size > {_LARGEST_BLOCK} AND bearers <> 1
    ), crowded AS (SELECT label, key, city FROM placed GROUP BY ALL HAVING count(*) <= {_LARGEST_BLOCK})
    {_PAIRED} FROM placed AS a JOIN crowded USING (label, key, city) JOIN placed AS b USING (label, key, city)
    WHERE {_ALLOWED.replace("bearers", "a.bearers")}
    """,
    f"""
    INSERT INTO met
    WITH pieces AS ({_PIECES}),
    shared AS (SELECT label, where_, piece FROM pieces GROUP BY ALL HAVING count(*) BETWEEN 2 AND {_LARGEST_BLOCK})
    SELECT DISTINCT a.row AS a, b.row AS b, 'near' AS how, least(length(a.key), length(b.key)) AS letters, FALSE, FALSE
    FROM pieces AS a JOIN shared USING (label, where_, piece) JOIN pieces AS b USING (label, where_, piece)
    WHERE a.row < b.row AND a.key <> b.key
    """,
    f"""
    CREATE TEMP TABLE pair AS
    SELECT a, b, arg_min(how, list_position({_ORDER}, how)) AS how,
        arg_min(letters, list_position({_ORDER}, how)) AS letters, bool_or(a_goes) AS a_goes, bool_or(b_goes) AS b_goes
    FROM met GROUP BY a, b
    """,
    f"""
    CREATE TEMP TABLE said AS
    WITH words AS (
        SELECT row, unnest(regexp_extract_all(
            regexp_replace(lower(text), '{_GENERAL}', ' ', 'g'), '[가-힣a-z0-9]{{2,}}'
        )) AS word
        FROM organisation WHERE text IS NOT NULL AND row IN (SELECT a FROM pair UNION SELECT b FROM pair)
    )
    SELECT DISTINCT row, unnest(CASE WHEN length(word) < 4 THEN [word] ELSE
        list_transform(range(1, length(word) - 1), lambda i: substr(word, i::BIGINT, 3)) END) AS piece
    FROM words
    """,
    f"""
    CREATE TEMP TABLE words AS
    WITH rare AS (SELECT piece FROM said GROUP BY piece HAVING count(*) <= {_RARE}),
    telling AS (SELECT row, piece FROM said JOIN rare USING (piece))
    SELECT a, b, count(*) AS words
    FROM pair JOIN telling AS x ON x.row = a JOIN telling AS y ON y.row = b AND y.piece = x.piece GROUP BY a, b
    """,
    """
    CREATE TEMP TABLE bearers AS
    WITH named AS (SELECT row, label, key FROM spelling JOIN block USING (label, key) WHERE how = 'name'),
    counted AS (SELECT label, key, count(DISTINCT cities[1]) AS towns FROM named JOIN organisation USING (row, label)
        GROUP BY ALL)
    SELECT row, towns FROM named JOIN counted USING (label, key)
    """,
    f"""
    CREATE TEMP TABLE compared AS
    WITH found AS (
        SELECT pair.*, coalesce(words, 0) AS words, a.label AS label, {_NAME_BITS} AS name_bits,
            CASE WHEN a.corporate_number = b.corporate_number AND how IS NULL AND a.form IS NOT NULL
                    AND b.form IS NOT NULL AND jaro_winkler_similarity(a.bare, b.bare) < {_RELATED}
                    AND NOT (contains(a.bare, b.bare) OR contains(b.bare, a.bare)) THEN 'shared_number'
                WHEN a.corporate_number = b.corporate_number THEN 'corporate_number'
                WHEN a.business_number = b.business_number THEN 'business_number'
                WHEN a.corporate_number <> b.corporate_number THEN 'other_number'
                WHEN a.business_number <> b.business_number THEN 'other_business_number' END AS number,
            CASE WHEN a.address = b.address THEN 'address'
                WHEN how <> 'branch' AND a.street_kind = b.street_kind AND a.street <> b.street
                THEN 'other_address' END AS address,
            CASE WHEN how = 'branch' THEN NULL
                WHEN list_has_any(a.districts, b.districts) THEN 'district'
                WHEN list_has_any(a.cities, b.cities) THEN 'city'
                WHEN NOT list_has_any(a.provinces, b.provinces) THEN 'other_province'
                WHEN len(a.cities) > 0 AND len(b.cities) > 0 THEN 'other_city'
                WHEN list_has_any(a.provinces, b.provinces) THEN 'province' END AS place,
            CASE WHEN list_has_any(a.classes, b.classes) THEN 'class'
                WHEN list_has_any(a.divisions, b.divisions) THEN 'division'
                WHEN len(a.divisions) > 0 AND len(b.divisions) > 0 THEN 'other_industry' END AS industry,
            CASE WHEN a.form <> b.form THEN 'other_form' END AS form,
            CASE WHEN a.person OR b.person OR a.sole OR b.sole THEN 'person' END AS person,
            a.person AND b.person AS persons, a.shop OR b.shop AS shop,
            coalesce(towns, 0) AS towns,
            IF(a_goes <> b_goes, a_goes, a.rank > b.rank) AS a_is_member
        FROM pair JOIN organisation AS a ON a.row = pair.a JOIN organisation AS b ON b.row = pair.b
        LEFT JOIN words ON words.a = pair.a AND words.b = pair.b
        LEFT JOIN bearers ON bearers.row = pair.a
    )
    SELECT *, number IN ('corporate_number', 'business_number') AS sure, list_filter([
        {_weighed("number")}, {{'code': how, 'bits': name_bits}}, {_weighed("address")}, {_weighed("place")},
        {_weighed("industry")},
        {{'code': IF(words > 0, 'words', NULL), 'bits': {evidence.WORD} * least(words, {evidence.WORDS_COUNTED})}},
        {_weighed("form")},
        {{'code': IF(label = 'Company' AND towns > 1 AND place IS NULL AND how IS NOT NULL, 'common', NULL),
          'bits': {evidence.COMMON_NAME}::DOUBLE}},
        {_weighed("person")}
    ], lambda each: each.code IS NOT NULL) AS evidence
    FROM found
    """,
)

RESULT: Final = f"""
    SELECT IF(a_is_member, a, b) AS "left", IF(a_is_member, b, a) AS "right", score,
        score >= {evidence.SAME} AND (coalesce(sure, FALSE) OR NOT (
            how = 'near' OR coalesce(place, '') IN ('other_city', 'other_province')
            OR coalesce(address, '') = 'other_address'
            OR (label <> 'Company' AND how = 'bracket')
            OR (person IS NOT NULL AND address IS NULL) OR (shop AND address IS NULL)
        )) AS same,
        coalesce(sure, FALSE) AS sure, list_transform(evidence, lambda each: each.code) AS codes,
        list_transform(evidence, lambda each: each.bits) AS bits
    FROM (SELECT *, list_sum(list_transform(evidence, lambda each: each.bits)) AS score FROM compared)
    WHERE score >= {evidence.REVIEW} AND (coalesce(sure, FALSE) OR NOT persons) ORDER BY ALL
"""
"""Pairs that are one or that a person should look at; persons are not so much as shown beside each other."""
