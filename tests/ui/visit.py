"""One person at the page."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page

PATIENCE_MS = 60_000
"""How long a busy machine may take; a test that passes never waits that long."""


@dataclass
class Visit:
    """One person's browser at the page, with what it asked of the world."""

    page: Page
    context: BrowserContext
    address: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def load(self) -> None:
        self.page.goto(self.address, wait_until="domcontentloaded")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("button.go", timeout=PATIENCE_MS)
        self.page.wait_for_function("() => window.atelier.awake()")

    def reload(self) -> None:
        self.page.reload(wait_until="domcontentloaded")
        self.ready()

    def open_tab(self, name: str) -> None:
        self.page.locator(f"#tab-{name}-button").click()
        self.page.wait_for_selector(f"#tab-{name} >> visible=true")

    def idea(self, craft: str, text: str) -> None:
        self.page.locator(f"#tab-{craft} .idea textarea").first.fill(text)

    def example(self, craft: str, lang: str = "en", number: int = 0) -> str:
        chip = self.page.locator(f"#tab-{craft} button.chip.{lang}").nth(number)
        chip.click()
        area = self.page.locator(f"#tab-{craft} .idea textarea").first
        self.page.wait_for_function("(area) => area.value !== ''", arg=area.element_handle())
        return area.input_value()

    def generate(self, craft: str) -> None:
        self.page.locator(f"#go-{craft}").click()
        self.done(craft)

    def done(self, craft: str) -> None:
        self.page.wait_for_selector(f"#status-{craft} .status.done", timeout=PATIENCE_MS)

    @property
    def outside(self) -> list[str]:
        inside = (self.address, "data:", "blob:")
        return [url for url in self.requests if not url.startswith(inside)]
