"""Text of the other language on a page: the interface's own, and where only it speaks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

ROOT: Final = Path(__file__).parents[2]
LOCALES: Final = ROOT / "web" / "src" / "locales"
SPEAKERS: Final = ("services", "gateway", "shared")
OTHER: Final = {"zh": "en", "en": "zh-CN"}
HAN: Final = re.compile(r"[\u4e00-\u9fff]")
LATIN: Final = re.compile(r"[A-Za-z]{3,}")
NAMES: Final = re.compile(
    r"Rapport|English|中文|Ctrl|CSV|XLSX|Excel|API|NPS|CSAT|ERP|Esc|Enter|PDF|UTF|GB18030|Chrome"
    r"|[\w.]+@[\w.]+|K-\d|C-\d"
)
"""Names that are the same in both languages, and the switch to the other one."""
_LITERAL: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_HOLE: Final = re.compile(r"\{\{?[^}]*\}?\}|<[^>]*>|\\.")
_LONG: Final = {"zh-CN": 8, "en": 18}
"""Characters from which on a piece of a sentence is looked for inside other text."""
_SHORT: Final = {"zh-CN": 3, "en": 7}
"""Characters from which on a text is looked for where it stands alone."""
_LINES: Final = """() => {
    const own = (each, said) => [...each.closest('tr')?.querySelectorAll('[data-record]') ?? []]
        .reduce((rest, record) => rest.replace(record.textContent.trim(), ''), said);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const place = node.parentElement;
        if (place.closest('script, style, pre, code, [data-record], [lang]:not(html)')) continue;
        const said = node.textContent.trim();
        if (said && place.checkVisibility()) found.push(said);
    }
    const named = document.querySelectorAll('[placeholder], [aria-label], [title]');
    for (const each of named) {
        if (each.closest('[data-record], [lang]:not(html)') || !each.checkVisibility()) continue;
        for (const name of ['placeholder', 'aria-label', 'title'])
            if (each.hasAttribute(name)) found.push(own(each, each.getAttribute(name)).trim());
    }
    return found.filter(Boolean);
}"""
"""What a page says: its texts, and what fields and buttons say of themselves.

Where these repeat what the record of their row is called, that is not the page's word.
"""
_SPOKEN: Final = """() => [...document.querySelectorAll(
        'nav a, button, label, th, h1.title, legend, dt')]
    .filter(e => !e.closest('[data-record]') && !e.querySelector('[data-record]'))
    .filter(e => e.offsetParent !== null).map(e => e.innerText.trim()).filter(Boolean)"""


@cache
def told_by_services() -> tuple[tuple[str, str], ...]:
    """Every text that the services say in both languages, as they are written in the sources."""
    files = [path for folder in SPEAKERS for path in (ROOT / folder).rglob("*.py")]
    sources = (path.read_text(encoding="utf-8") for path in files)
    trees = (ast.parse(source) for source in sources if HAN.search(source))
    return tuple(pair for tree in trees for node in ast.walk(tree) for pair in _pairs(node))


def _pairs(node: ast.AST) -> Iterator[tuple[str, str]]:
    """English and Chinese beside each other: in a table by language, or as neighbours in a call."""
    if isinstance(node, ast.Dict):
        texts = {
            _text(key): _text(value) for key, value in zip(node.keys, node.values, strict=True)
        }
        en, zh = texts.get("en"), texts.get("zh")
        if en and zh:
            yield en, zh
    elif isinstance(node, ast.Call):
        for first, second in pairwise(map(_text, node.args)):
            if first and second and HAN.search(second) and not HAN.search(first):
                yield first, second


def _text(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def _own(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The interface's texts in a language: what stands alone, and pieces of longer sentences."""
    written = [
        text
        for path in (LOCALES / language).glob("*.ts")
        for text in _LITERAL.findall(path.read_text(encoding="utf-8"))
        if not text.startswith((".", "@"))
    ]
    told = [en if language == "en" else zh for en, zh in told_by_services()]
    of_language = [text for text in written + told if bool(HAN.search(text)) == (language != "en")]
    alone = {text for text in of_language if len(text) >= _SHORT[language]}
    pieces = {
        piece.strip()
        for text in of_language
        for piece in _HOLE.split(text)
        if len(piece.strip()) >= _LONG[language]
    }
    return frozenset(alone), tuple(pieces)


def stray(page: Page, language: str) -> list[str]:
    """Texts in the other language that the page itself says."""
    lines: list[str] = page.evaluate(_LINES)
    alone, pieces = _own(OTHER[language])
    wrong = [line for line in lines if line in alone or any(piece in line for piece in pieces)]
    spoken: list[str] = page.evaluate(_SPOKEN)
    return wrong + [text for text in spoken if foreign(text, language)]


def foreign(text: str, language: str) -> bool:
    """Whether a short text is in the other language alone."""
    bare = NAMES.sub("", text)
    if language == "zh":
        return bool(LATIN.search(bare)) and not HAN.search(bare)
    return bool(HAN.search(bare))
