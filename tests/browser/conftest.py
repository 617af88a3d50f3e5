"""A phone and a desk screen in Debian's Chromium, with a log of everything that went wrong."""

import os
from pathlib import Path

import pytest

from procedures import demo

SCREENS = Path(__file__).resolve().parents[2] / "out" / "screens"
FLAGS = [
    "--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    """Playwright's sync API keeps an event loop in this thread, which Django would refuse."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


class Visit:
    """One person at one screen. Leaving it asserts that the browser had nothing to complain of."""

    def __init__(self, chromium, url, width, height, javascript, name):
        self.url, self.name, self.javascript = url, name, javascript
        self.size = {"width": width, "height": height}
        self.context = chromium.new_context(
            viewport=self.size, java_script_enabled=javascript, locale="vi-VN",
            has_touch=width < 500, base_url=url,
        )  # fmt: skip
        self.page = self.context.new_page()
        self.complaints, self.expected = [], []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._on_failed)
        self.page.on("response", self._on_response)

    def _on_console(self, message):
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _on_failed(self, request):
        # Leaving a page, or turning a navigation into a download, breaks requests off.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _on_response(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.url}")

    def enter(self, login):
        self.page.goto("/vao/")
        self.page.get_by_label("Tên đăng nhập").fill(login)
        self.page.get_by_label("Mật khẩu").fill(demo.PASSWORD)
        self.press("Vào")
        return self

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()

    def unfold(self, summary):
        self.page.locator("summary", has_text=summary).first.click()

    def expect(self, text):
        """Wait for the text: the page that says it may still be on its way."""
        shown = self.page.get_by_text(text).locator("visible=true")
        shown.first.wait_for(state="visible", timeout=10_000)

    def look(self, name):
        """Keep a picture; with JavaScript also measure the page and let axe judge it."""
        folder = SCREENS / f"{self.size['width']}{'' if self.javascript else '-no-js'}"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)
        if self.javascript:
            self._measure(name)
            self._axe(name)

    def _measure(self, name):
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.size["width"], f"{name}: {wide} px wide"
        small = self.page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), select,'
                + ' textarea, summary')].filter(e => e.checkVisibility()).map(e => {
                const box = (e.closest('label') || e).getBoundingClientRect();
                return [e.innerText || e.name, box.left + scrollX, Math.round(box.height)];
            }).filter(([_, left, height]) => left >= 0 && height < 44)"""
        )
        assert not small, f"{name}: too small to press: {small}"
        # Pictures below the fold load when scrolled to: ask for them now, and wait for each.
        unseen = self.page.evaluate(
            """async () => {
                const images = [...document.images];
                images.forEach(image => { image.loading = 'eager'; });
                await Promise.all(images.map(image => image.decode().catch(() => {})));
                return images.filter(image => !image.naturalWidth).map(image => image.src);
            }"""
        )
        assert not unseen, f"{name}: pictures missing: {unseen}"

    def _axe(self, name):
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        serious = [
            (v["id"], [node["html"] for node in v["nodes"]])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert not serious, f"{name}: {serious}"

    def leave(self):
        self.context.close()
        assert not self.complaints, self.complaints


@pytest.fixture
def visit(chromium, live_server, request):
    """Opens a :class:`Visit`; every one opened is closed and judged at the end."""
    opened = []

    def open_visit(width, height, javascript, name=""):
        opened.append(Visit(chromium, live_server.url, width, height, javascript, name))
        return opened[-1]

    yield open_visit
    for one in opened:
        one.leave()
