"""Search text and comparable names, asked of PostgreSQL the way services ask it."""

import re
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text import (
    comparison_name,
    normalise,
    search_query,
    search_vector_lexemes,
    sort_name,
)

HUAXIN = "深圳市华信科技股份有限公司"
WORD = r"'[^\s'\\&|!<>():*]+':\*"
MATCH = "SELECT array_to_tsvector($1::text[]) @@ ($2::text)::tsquery"


@pytest.fixture
async def postgres(postgres_admin_dsn: str) -> AsyncIterator[asyncpg.Connection]:
    """Any connection: no table is needed."""
    connection = await asyncpg.connect(postgres_admin_dsn)
    yield connection
    await connection.close()


FOUND = [
    (HUAXIN, "华信"),
    (HUAXIN, "信科"),
    (HUAXIN, "科技股"),
    (HUAXIN, HUAXIN),
    (HUAXIN, "華信"),
    (HUAXIN, "huaxin"),
    (HUAXIN, "hua xin"),
    (HUAXIN, "HuaXinK"),
    (HUAXIN, "xinke"),
    (HUAXIN, "hx"),
    (HUAXIN, "hxkj"),
    (HUAXIN, "szshx"),
    (HUAXIN, "华信 keji"),
    (HUAXIN, "shenzhenshihuaxinkejigufenyouxiangongsi"),
    (HUAXIN, "ｈｕａ"),
    ("重庆长安", "chongqing"),
    ("重庆长安", "zhongqing"),
    ("重庆长安", "cqca"),
    ("单雄信", "shan"),
    ("单雄信", "dan"),
    ("吕布", "lv"),
    ("吕布", "lu"),
    ("吕布", "lb"),
    ("曾国藩", "zeng"),
    ("乐清", "yueqing"),
    ("乐清", "leqing"),
    ("华信ERP项目", "华信ERP"),
    ("华信ERP项目", "erp项目"),
    ("华信ERP项目", "rp"),
    ("华信ERP项目", "hx xm"),
    ("Müller GmbH", "muller"),
    ("MÜLLER", "müll"),
    ("li.wei@huaxin.example", "li.wei@huaxin.example"),
    ("li.wei@huaxin.example", "@huaxin"),
    ("li.wei@huaxin.example", "axin.ex"),
    ("K-2026-000381", "K-2026-000381"),
    ("K-2026-000381", "381"),
    ("K-2026-000381", "2026-000"),
    ("+86 138-1234-5678", "13812345678"),
    ("+86 138-1234-5678", "5678"),
    ("+86 138-1234-5678", "138 1234"),
    ("13812345678", "2345"),
    ("13812345678", "138-1234"),
    ("龘𠮷㐀", "𠮷"),
    ("a" * 100, "a" * 80),
    ("甲" * 60, "甲" * 50),
    ("Ленин", "лен"),
    ("カナダ", "カナ"),
]
LOST = [
    (HUAXIN, "信华"),
    (HUAXIN, "恒达"),
    (HUAXIN, "hengda"),
    (HUAXIN, "xinhua"),
    (HUAXIN, "xh"),
    (HUAXIN, "uaxin"),
    (HUAXIN, "华信 恒达"),
    (HUAXIN, "!!!"),
    (HUAXIN, "' | '恒"),
    ("13812345678", "139"),
    ("li.wei@huaxin.example", "wei.li@hengda"),
    ("甲" * 60, "甲" * 50 + "乙"),
]


@pytest.mark.parametrize(("text", "query"), FOUND)
async def test_found(postgres: asyncpg.Connection, text: str, query: str) -> None:
    assert await postgres.fetchval(MATCH, search_vector_lexemes(text), search_query(query))


@pytest.mark.parametrize(("text", "query"), LOST)
async def test_not_found(postgres: asyncpg.Connection, text: str, query: str) -> None:
    assert not await postgres.fetchval(MATCH, search_vector_lexemes(text), search_query(query))


async def test_long_texts_are_found_by_chinese_substring_and_word_beginnings(
    postgres: asyncpg.Connection,
) -> None:
    lexemes = search_vector_lexemes("华信", None, body=["客户反映交付延误, late delivery", None])
    for query, found in (("付延", True), ("deliv", True), ("livery", False), ("jiaofu", False)):
        assert await postgres.fetchval(MATCH, lexemes, search_query(query)) is found


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_lexeme_is_the_beginning_of_another(one: str, other: str) -> None:
    lexemes = search_vector_lexemes(one, other)
    for lexeme in lexemes:
        assert sum(each.startswith(lexeme) for each in lexemes) == 1


@given(st.text(max_size=60))
def test_a_query_holds_nothing_but_quoted_words(text: str) -> None:
    query = search_query(text)
    assert query == "'?'" or re.fullmatch(rf"{WORD}(?: & {WORD})*", query)


@given(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=30),
    st.data(),
)
def test_every_chinese_substring_is_a_prefix_of_a_lexeme(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    lexemes = search_vector_lexemes(text)
    for term in re.findall(r"'([^']+)'", search_query(text[start:end])):
        assert any(lexeme.startswith(term) for lexeme in lexemes)


async def test_any_text_makes_lexemes_and_queries_postgres_accepts(
    postgres: asyncpg.Connection,
) -> None:
    hostile = [
        "\x00",
        "'",
        "\\",
        "a'b\\c",
        "'; DROP TABLE x --",
        ":*",
        "!&|<->()",
        "\u0301",
        "\ufeff",
        "a\u0000b",
        "￥%…",
        "😀",
        "\u2028",
        "ﷺ" * 50,
        "İ",
        "ß",
        "\ud7ff",
        "¹²³",
        "①",
        "Ⅷ",
    ]
    for text in hostile:
        await postgres.fetchval(MATCH, search_vector_lexemes(text), search_query(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("深圳市华信科技股份有限公司", "深圳市華信科技（中国）有限公司"),
        ("Huaxin Technology Co., Ltd.", "HUAXIN  TECHNOLOGY"),
        ("ＨＵＡＸＩＮ Inc.", "huaxin"),
        ("恒达集团有限公司", "恒达集团"),
        ("恒达集团", "恒达"),
        ("恒达（上海）实业有限责任公司", "恒达上海实业"),
    ],
)
def test_spellings_of_one_name_compare_equal(one: str, other: str) -> None:
    assert comparison_name(one) == comparison_name(other)


def test_different_names_and_bare_legal_forms_stay_apart() -> None:
    assert comparison_name("华信科技有限公司") != comparison_name("华信实业有限公司")
    assert comparison_name("有限公司") == "有限公司"
    assert comparison_name("中国有限公司") != ""
    assert normalise("  ＡＢＣ　華信 ") == "abc 华信"


def test_lexemes_are_few_and_quick() -> None:
    start = time.process_time()
    for number in range(300):
        lexemes = search_vector_lexemes("重庆长安乐行单曾解仇区" * 8 + str(number), "13812345678")
    assert time.process_time() - start < 6
    assert len(lexemes) < 1500


def test_names_of_both_scripts_have_one_order() -> None:
    names = ["Zoe", "程安", "Élodie", "陈芳", "chester", "陳東"]
    assert sorted(names, key=sort_name) == ["陳東", "陈芳", "程安", "chester", "Élodie", "Zoe"]
