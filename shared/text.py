"""Text as people search and compare it: Chinese by substring, pinyin and initials; names alike.

A record's text becomes lexemes once, when it is written (`search_vector_lexemes`, stored with
`array_to_tsvector`); a search becomes prefixes (`search_query`, read with `::tsquery`). Every
suffix of a word is a lexeme of its own, so that a prefix match through one GIN index finds any
substring: 信科 is a prefix of the suffix 信科技 of 华信科技. Lexemes are few and short, because
writing them into the index is what costs most of writing a record (docs/decisions/0032).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise, product
from typing import Any, Final

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.seg import mmseg

_HAN: Final = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_WORDS: Final = re.compile(rf"([{_HAN}]+)|([^\W_{_HAN}]+)")
_GAP: Final = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
"""A slip of the keyboard: Chinese is written without spaces."""
_DIGITS_APART: Final = re.compile(r"\d(?:[ ()./-]{0,2}\d){6,}")
_LONGEST: Final = 8
"""Characters of a Chinese lexeme; a longer search is asked in overlapping pieces."""
_LONGEST_LATIN: Final = 20
"""Characters of any other lexeme; what a searched word has beyond them is not compared."""
_LONGEST_TEXT: Final = 4_000
_MOST_TERMS: Final = 16
_MOST_READINGS: Final = 6
_UNMATCHED: Final = "'?'"

# Frequent characters of names and business words that really are read in several ways; the
# dictionary knows rare readings of many more, which would only find what nobody looked for.
_POLYPHONES: Final = frozenset(
    "重长行乐单曾解仇区查朴翟尉盛石参藏厦调传朝都干更冠还会间降校觉模宁强少沈省宿系相兴应员种朱"
    "著曲阿贾薄隗缪令佴折车广柏卜差称当得度发供华奇那便弹万任俞"
)

_LEGAL_FORMS: Final = re.compile(
    r"(?:(?:股份|责任|合伙|控股|集团|总)*(?:有限|无限)?(?:责任)?(?:公司|企业)|集团|有限合伙|普通合伙"
    r"|分公司|总公司"
    r"|\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|sa|bv|kk"
    r"|group|holdings?|pte|pty|srl|spa)\b)$"
)
_COUNTRY: Final = re.compile(r"[(]?(?:中国|中华人民共和国|china|prc)[)]?")


def normalise(text: str) -> str:
    """`text` in one spelling: half width, lower case, simplified, no accents, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold()
    if not text.isascii():
        bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", "".join(bare)).translate(_simplified())
    return " ".join(text.split())


def comparison_name(name: str) -> str:
    """What two spellings of one organisation's name share: no legal form, country or marks.

    深圳市华信科技股份有限公司 and 深圳市華信科技 (中国) both give 深圳市华信科技. Never empty for a
    name with letters: a name that is nothing but a legal form stays as it is.
    """
    text = _GAP.sub("", normalise(name))
    whole = "".join(_words(text))
    text = _COUNTRY.sub(" ", text)
    shorter = " ".join(_words(text))
    while True:
        stripped = _LEGAL_FORMS.sub("", shorter).strip()
        if stripped == shorter or not stripped:
            break
        shorter = stripped
    return shorter.replace(" ", "") or whole


def spelled_name(name: str) -> str:
    """The whole name in one spelling, legal form and all: 華信科技（中国） reads 华信科技(中国)."""
    return normalise(name).replace(" ", "")


def sort_name(name: str) -> str:
    """What a name sorts by among Chinese and Latin ones: pinyin syllables and words, apart.

    陈芳 gives `chen fang`, which stands before 程安 (`cheng an`) and Chester.
    """
    words = (
        " ".join(_syllables(match[0])) if match[1] else match[0]
        for match in _WORDS.finditer(normalise(name))
    )
    return " ".join(words)


def search_vector_lexemes(*names: str | None, body: Iterable[str | None] = ()) -> list[str]:
    """The lexemes under which a record is found; store them as `array_to_tsvector($1::text[])`.

    `names` (names, numbers, mail addresses, phones) are found by any substring, Chinese ones also
    by pinyin and initials from any syllable on; `body` (long texts) by Chinese substring and by
    the beginnings of words. Texts are read up to 4,000 characters.
    """
    found: set[str] = set()
    for name in names:
        if name:
            found.update(_name_lexemes(normalise(name[:_LONGEST_TEXT])))
    for text in body:
        if text:
            found.update(_body_lexemes(normalise(text[:_LONGEST_TEXT])))
    return _without_beginnings(found)


def search_query(text: str) -> str:
    """A tsquery that requires every word of `text`, each as a substring; cast it `::tsquery`.

    Holds nothing but quoted letters and digits, whatever `text` is. Text without a letter or
    digit finds nothing. At most 16 terms are asked.
    """
    terms: list[str] = []
    for match in _WORDS.finditer(normalise(text)):
        pieces = _pieces(match[0]) if match[1] else [match[0][:_LONGEST_LATIN]]
        terms.extend(piece for piece in pieces if piece not in terms)
    return " & ".join(f"'{term}':*" for term in terms[:_MOST_TERMS]) or _UNMATCHED


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    table = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    return {ord(old): new.split(" ")[0] for old, new in pairs if len(old) == 1}


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in _WORDS.finditer(text))


def _pieces(word: str) -> Iterator[str]:
    if len(word) <= _LONGEST:
        yield word
        return
    for start in range(0, len(word) - _LONGEST, _LONGEST // 2):
        yield word[start : start + _LONGEST]
    yield word[-_LONGEST:]


def _without_beginnings(lexemes: set[str]) -> list[str]:
    """Without those that begin another, which finds the same; in order it stands right behind."""
    return [one for one, after in pairwise([*sorted(lexemes), ""]) if not after.startswith(one)]


def _suffixes(word: str, longest: int) -> list[str]:
    return [word[start : start + longest] for start in range(len(word))]


def _name_lexemes(text: str) -> set[str]:
    found: set[str] = set()
    for match in _WORDS.finditer(text):
        word = match[0]
        if match[1]:
            found.update(_suffixes(word, _LONGEST), _pinyin_lexemes(word))
        else:
            found.update(_suffixes(word, _LONGEST_LATIN))
    for match in _DIGITS_APART.finditer(text):
        digits = "".join(c for c in match[0] if c.isdigit())
        found.update(_suffixes(digits, _LONGEST_LATIN))
    return found


def _body_lexemes(text: str) -> Iterator[str]:
    for match in _WORDS.finditer(text):
        if match[1]:
            yield from _suffixes(match[0], _LONGEST)
        else:
            yield match[0][:_LONGEST_LATIN]


def _pinyin_lexemes(word: str) -> list[str]:
    found: list[str] = []
    for syllables in _readings(word):
        found += _suffixes("".join(syllable[0] for syllable in syllables), _LONGEST_LATIN)
        spoken = "".join(syllables)
        starts = accumulate(map(len, syllables[:-1]), initial=0)
        found += [spoken[start : start + _LONGEST_LATIN] for start in starts]
    return found


def _readings(word: str) -> Iterator[list[str]]:
    """The reading in context first, then others of its polyphones, a few in all."""
    context = [syllable for phrase in mmseg.seg.cut(word) for syllable in _syllables(phrase)]
    options = [
        _alternatives(character, reading) for character, reading in zip(word, context, strict=True)
    ]
    for count, syllables in enumerate(product(*options)):
        if count == _MOST_READINGS:
            return
        spoken = [syllable for syllable in syllables if syllable]
        if spoken:
            yield spoken


@lru_cache(maxsize=32_768)
def _syllables(phrase: str) -> tuple[str, ...]:
    """A phrase's reading; names are made of the same few thousand phrases."""
    return tuple(lazy_pinyin(phrase, errors=_silent))


def _silent(rest: str) -> Any:
    """Characters without a reading keep their places, so that the others keep theirs."""
    return [""] * len(rest)


@lru_cache(maxsize=4096)
def _alternatives(character: str, reading: str) -> tuple[str, ...]:
    others: list[str] = []
    if character in _POLYPHONES:
        others = pinyin(character, style=Style.NORMAL, heteronym=True)[0][:3]
    every = dict.fromkeys([reading, *others])
    # ü is typed as v or u
    return tuple(dict.fromkeys(s for r in every for s in ((r, r.replace("v", "u")))))
