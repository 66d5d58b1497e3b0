"""A journey told as Given, When, Then. Steps find things as people do: by their words, labels and headings.

story.given_signed_in_as(cast.asha)
story.when_i_search_for("amara")
story.then_i_see("Amara Osei")
story.then_the_page_is_accessible()
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from kith.config.commands.journeys_budgets import keep_measured
from kith.foundations.access.models import Viewer
from tests.journeys.counting import Counting, counting

MEASURED = Path(__file__).parents[2] / "build" / "journeys"
WIDTHS = (320, 1280)
AXE = Axe().axe_script
ON_THE_PAGE, VIOLATIONS = "'axe' in window", "how => axe.run(document, how).then(found => found.violations)"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TABS_AT_MOST = 150
EVERY_PICTURE = os.environ.get("KITH_PICTURES", "yes") != "no"  # otherwise those of pages with a fault alone
Role = Literal["button", "link", "textbox", "searchbox", "radio", "checkbox", "combobox", "tab"]


def _is_revealing(rule: str, html: str) -> bool:
    """GOV.UK Frontend tells screen readers that a choice reveals a question by aria-expanded, which ARIA does not list
    for radios and tick boxes and which readers handle well: https://github.com/alphagov/govuk-frontend/issues/979.
    """
    return rule == "aria-allowed-attr" and 'aria-controls="conditional-' in html and "aria-expanded" in html


class Story:
    """One person at one browser. `page` is Playwright's, for what the steps do not say."""

    def __init__(self, *, context: BrowserContext, site: str, pictures: Path, test: str = "") -> None:
        self.context, self.site, self.pictures, self.test = context, site, pictures, test
        self.counting: Counting | None = None
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.taken = 0
        self.failures: list[str] = []
        self.expected_statuses: set[int] = set()
        self._watch()

    # Given

    def given_signed_in_as(self, viewer: Viewer) -> None:
        """Already signed in; the sign-in page has a journey of its own."""
        store = import_module(settings.SESSION_ENGINE).SessionStore()
        store[SESSION_KEY] = str(viewer.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        store[HASH_SESSION_KEY] = viewer.get_session_auth_hash()
        store.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": store.session_key, "url": self.site}
        self.context.clear_cookies()
        self.context.add_cookies([cookie])  # type: ignore[list-item]

    def given_no_script(self, context: BrowserContext) -> None:
        """Go on in a context made with `java_script_enabled=False`, signed in as before."""
        context.add_cookies(self.context.cookies())  # type: ignore[arg-type]
        self.context, self.page = context, context.new_page()
        self._watch()
        if self.counting:
            self.counting.watch(self.page, context)

    @contextmanager
    def journey(self, name: str) -> Iterator[Counting]:
        """Measure what is done here as this journey (J1 … J15) for `kith journeys`, and keep the figures.

        Open the journey's first page inside, so that its weight counts; set the window's width before, since the width
        says whether it is a phone. Only what the person does belongs inside: looking is free, going somewhere is not.
        """
        with counting(self.page, self.context) as counts:
            self.counting = counts
            try:
                yield counts
            finally:
                self.counting = None
        keep_measured(counts.measured(name, self.test), MEASURED)

    # When

    def when_i_open(self, address: str, status: int = 200) -> None:
        """Open a page of the site and expect this answer."""
        self.expected_statuses.add(status)
        answer = self.page.goto(self.site + address)
        assert answer is not None, address
        assert answer.status == status, f"{address} answered {answer.status}, not {status}"

    def when_i_search_for(self, words: str) -> None:
        box = self.page.get_by_role("searchbox", name="Find a person")
        box.fill(words)
        box.press("Enter")

    def when_i_press(self, words: str) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def when_i_follow(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def when_i_fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).and_(self.page.locator("input, textarea")).first.fill(text)

    def when_i_choose(self, answer: str, question: str = "") -> None:
        """Choose a radio or tick a box, within the group of the question where it is given."""
        where: Page | Locator = self.page.get_by_role("group", name=question) if question else self.page
        where.get_by_label(answer).first.check()

    def when_i_reach(self, words: str, role: Role = "link") -> None:
        """With the Tab key alone; what has the focus must be visible and not covered (WCAG 2.4.7, 2.4.11)."""
        wanted = self.page.get_by_role(role, name=words).first
        expect(wanted).to_be_attached()
        for _ in range(TABS_AT_MOST):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("element => element === document.activeElement"):
                self._the_focus_can_be_seen()
                return
        raise AssertionError(f"The Tab key does not reach the {role} “{words}”")

    def when_i_press_the_keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    # Then

    def then_i_see(self, *words: str) -> None:
        for text in words:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def then_i_do_not_see(self, *words: str) -> None:
        """Neither on the page nor hidden in it."""
        source = self.page.content().lower()
        for text in words:
            assert text.lower() not in source, f"“{text}” is on the page"

    def then_the_heading_is(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def then_i_am_at(self, path: str) -> None:
        self.page.wait_for_url(lambda address: urlsplit(address).path == path)

    def then_there_is_a_problem(self, words: str) -> None:
        """The summary says so, has the focus, links to the box, and the same words stand at the box."""
        summary = self.page.locator(".govuk-error-summary")
        expect(summary).to_contain_text(words)
        expect(summary).to_be_focused()
        summary.get_by_role("link", name=words).first.click()
        focused = self.page.evaluate("document.activeElement.matches('input, select, textarea')")
        assert focused, "The summary's link does not lead to a box"
        expect(self.page.locator(".govuk-error-message").filter(has_text=words).first).to_be_visible()
        assert self.page.title().startswith("Error: ")

    def then_the_page_is_accessible(self, called: str = "") -> None:
        """axe finds nothing at 320 and 1280 pixels, light and dark, nothing needs sideways scrolling; pictures kept."""
        self.taken += 1
        found: list[str] = []
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.wait_for_timeout(60)  # for the layout to settle at the new width
            here = [f"{width} px: {fault}" for fault in self._axe()] + self._sideways(width)
            self._picture(called, str(width), wanted=bool(here))
            found += here
        self.page.emulate_media(color_scheme="dark")
        dark = [f"dark: {fault}" for fault in self._axe(only=["color-contrast"])]
        self._picture(called, "dark", wanted=bool(dark))
        found += dark
        self.page.emulate_media(color_scheme="light")
        if before:
            self.page.set_viewport_size(before)
        assert not found, "\n".join([self.page.url, *found])

    def then_nothing_went_wrong_unseen(self) -> None:
        """No script failed, no policy was broken, nothing was asked of another site."""
        assert not self.failures, "\n".join(self.failures)

    # How

    def _watch(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.failures.append(f"script: {error}"))
        self.context.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        expected = any(f"status of {status}" in message.text for status in self.expected_statuses)
        if message.type == "error" and not expected:
            self.failures.append(f"console: {message.text} ({message.location.get('url')} on {self.page.url})")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.failures.append(f"asked of another site: {request.url}")

    def _axe(self, only: Iterable[str] = ()) -> list[str]:
        rules: dict[str, Any] = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": AXE_RULES}
        if not self.page.evaluate(ON_THE_PAGE):  # half a megabyte, once for each page
            self.page.evaluate(AXE)
        violations = self.page.evaluate(VIOLATIONS, {"runOnly": rules, "resultTypes": ["violations"]})
        return [
            f"{one['id']}: {one['help']}: {node['html'][:160]} {' '.join(node['failureSummary'].split())}"
            for one in violations
            for node in one["nodes"]
            if not _is_revealing(one["id"], node["html"])
        ]

    def _sideways(self, width: int) -> list[str]:
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        return [f"{width} px: the page is {wide} px wide"] if wide > width else []

    def _picture(self, called: str, kind: str, *, wanted: bool = True) -> None:
        if not (wanted or EVERY_PICTURE):
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        name = "-".join(part for part in (f"{self.taken:02d}", called.replace(" ", "-"), kind) if part)
        self.page.screenshot(path=self.pictures / f"{name}.png", full_page=True, caret="initial")

    def _the_focus_can_be_seen(self) -> None:
        seen = self.page.evaluate(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                const at = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return box.width > 0 && !!at && (at === document.activeElement || document.activeElement.contains(at)
                    || at.contains(document.activeElement) || at.matches("label"));
            }"""
        )
        held = self.page.evaluate("document.activeElement.outerHTML")[:160]
        assert seen, f"What has the focus is covered or out of sight: {held}"
