"""What people would rather look at, saved as a picture."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page

from tests.e2e.pictures import SCREENS
from tests.e2e.visitors import VisitorFor

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180, func_only=True)]

PNG: Final = b"\x89PNG\r\n\x1a\n"
_COLOURS: Final = """async encoded => {
    const bytes = Uint8Array.from(atob(encoded), each => each.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }))
    const canvas = new OffscreenCanvas(image.width, image.height)
    const pen = canvas.getContext("2d")
    pen.drawImage(image, 0, 0)
    const seen = new Map()
    const { data } = pen.getImageData(0, 0, image.width, image.height)
    for (const each of new Uint32Array(data.buffer)) seen.set(each, (seen.get(each) ?? 0) + 1)
    const most = Math.max(...seen.values())
    return { count: seen.size, white: seen.get(0xffffffff) === most, width: image.width }
}"""
"""How many colours a picture has, whether most of it is white, and its width in pixels."""


def saved(page: Page, path: Path) -> tuple[str, dict[str, Any]]:
    """What the file of a page's picture is called, and what is in it."""
    with page.expect_download() as download:
        page.get_by_role("button", name="保存为图片（PNG）").click()
    download.value.save_as(path)
    content = path.read_bytes()
    assert content.startswith(PNG)
    return download.value.suggested_filename, page.evaluate(
        _COLOURS, base64.b64encode(content).decode()
    )


def test_a_picture_is_saved_in_light_colours_and_named_after_its_engagement(
    visit: VisitorFor,
) -> None:
    manager = visit("manager@firm.example", "zh", dark=True)
    item = manager.call("GET", "/engagements?status=active&q=华信装备流程")["items"][0]
    page = manager.page()
    for part, name in {
        "": "项目计划甘特图",
        "/team": "联合项目组团队图",
        "/stakeholders": "影响力与关注度",
    }.items():
        manager.open(page, f"/engagements/{item['id']}{part}")
        file, picture = saved(page, SCREENS / f"picture-{part.strip('/') or 'plan'}.png")
        assert file == f"{item['number']} {item['title']} - {name}.png"
        assert picture["count"] > 8 and picture["white"], picture
        assert picture["width"] > manager.width, "twice as sharp as the page"
    assert not manager.errors
