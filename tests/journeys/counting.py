"""Counting what a journey takes: by the calls that tests make and by what the network answers, never by a page's
scripts, so that it counts alike with JavaScript off. What counts as what is told in docs/journeys.md.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Keyboard, Locator, Mouse, Page, Request, Response

from kith.config.commands.journeys_budgets import FREE_TEXT_ABOVE, PHONE_AT_MOST, Measured
from tests.journeys.questions import required_questions

CHOSEN_BY_CLICK = """element => {
    const met = element.closest("a, button, summary, label, option, input, select, [role=option]");
    const about = met && met.tagName === "LABEL" && met.control ? met.control : met;
    return !!about && (about.matches("a, option, [role=option], [type=radio], [type=checkbox]"));
}"""
MOMENTS = 200  # of 50 milliseconds: how long the last page is waited for
FRAGMENT = "hx-request"  # an answer to what somebody does on a page, which is no part of loading it


class Counting:
    """What one person does, from the page they stand at. `tells` adds figures that only the test knows."""

    def __init__(self, page: Page, context: BrowserContext) -> None:
        self.counts: Counter[str] = Counter()
        self.facts: dict[str, int] = {}
        self.responses: list[Response] = []
        self.awaited: set[Request] = set()
        self.required: set[tuple[str, str]] = set()
        self.page = page
        self.standing = page.url.startswith("http")
        self.phone = (page.viewport_size or {"width": 1280})["width"] <= PHONE_AT_MOST
        self.script = _has_script(page)
        self.box: Any = None
        self._listening: list[BrowserContext] = []
        self.watch(page, context)

    def tells(self, **facts: int) -> None:
        """Figures for the budget's `at_most` and `at_least`: `counting.tells(entries=1, records=4)`."""
        self.facts |= facts

    def watch(self, page: Page, context: BrowserContext) -> None:
        """Go on in this page. Its browser keeps nothing, so that every page weighs what it does the first time."""
        self.page = page
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if context not in self._listening:
            for event, hear in self._hearing():
                context.on(event, hear)  # type: ignore[call-overload]
            self._listening.append(context)

    def stop(self) -> None:
        """Let the last page come before the counting ends."""
        for _ in range(MOMENTS):
            self.page.wait_for_timeout(50)
            if not self.awaited:
                break
        self.page.wait_for_load_state()
        self.look()
        for context in self._listening:
            for event, hear in self._hearing():
                context.remove_listener(event, hear)

    def _hearing(self) -> list[tuple[str, Callable[[Any], None]]]:
        return [("request", self._asked), ("response", self._answered), ("requestfailed", self._failed)]

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self.awaited.add(request)

    def _failed(self, request: Request) -> None:
        self.awaited.discard(request)

    def _answered(self, response: Response) -> None:
        self.awaited.discard(response.request)
        self.responses.append(response)

    # What somebody does

    def look(self) -> None:
        """Note the questions of the page as it stands, before anything is answered there."""
        if self.page.url.startswith("http"):
            path = urlsplit(self.page.url).path
            self.page.wait_for_load_state("domcontentloaded")
            self.required |= {(path, name) for name in required_questions(self.page.content())}

    def clicked(self, target: Locator) -> None:
        self.counts["clicks"] += 1
        self.counts["decisions"] += _is_choice(target)
        self.box = None

    def chose(self) -> None:
        self.counts.update(clicks=1, decisions=1)
        self.box = None

    def chose_from_list(self) -> None:
        self.counts.update(clicks=2, decisions=1)
        self.box = None

    def typed(self, text: str, box: Any = None) -> None:
        """Text into a box, going to it with a click unless it was typed in just before."""
        if box is not None and repr(box) != self.box:
            self.counts["clicks"] += 1
            self.box = repr(box)
        self.counts["keystrokes"] += len(text)
        self.counts["free_text_keystrokes"] += len(text) if len(text) > FREE_TEXT_ABOVE else 0

    # What it came to

    def measured(self, journey: str, test: str) -> Measured:
        pages = _pages(self.responses)
        weights = [sum(_size(one) for one in page) for page in pages]
        return Measured(
            journey=journey,
            test=test,
            phone=self.phone,
            script=self.script,
            pages=len(pages) + self.standing,
            required_fields=len(self.required),
            clicks=self.counts["clicks"],
            keystrokes=self.counts["keystrokes"],
            free_text_keystrokes=self.counts["free_text_keystrokes"],
            decisions=self.counts["decisions"],
            largest_page=max(weights, default=0),
            bytes=sum({_once(one, number): _size(one) for number, one in enumerate(self.responses)}.values()),
            server_ms=round(sum(_waited(one) for one in self.responses if _is_page(one))),
            facts=self.facts,
        )


@contextmanager
def counting(page: Page, context: BrowserContext) -> Iterator[Counting]:
    """Count everything that is done in Playwright's words while this lasts."""
    counts = Counting(page, context)
    before = [(owner, name, getattr(owner, name)) for owner, name in _WORDS]
    for owner, name, act in before:
        setattr(owner, name, _counted(act, _WORDS[owner, name], counts))
    try:
        yield counts
    finally:
        for owner, name, act in before:
            setattr(owner, name, act)
    counts.stop()


Note = Callable[..., None]


def _counted(act: Callable[..., Any], note: Note, counts: Counting) -> Callable[..., Any]:
    @functools.wraps(act)
    def counted(self: Any, *given: Any, **named: Any) -> Any:
        counts.look()
        note(counts, self, *given, **named)
        return act(self, *given, **named)

    return counted


def _opened(counts: Counting, *_: Any, **__: Any) -> None:
    """An address that a test goes to was followed from somewhere."""
    counts.chose()


def _clicked(counts: Counting, target: Locator, *_: Any, **__: Any) -> None:
    counts.clicked(target)


def _clicked_at(counts: Counting, page: Page, selector: str, *_: Any, **__: Any) -> None:
    counts.clicked(page.locator(selector).first)


def _chose(counts: Counting, *_: Any, **__: Any) -> None:
    counts.chose()


def _chose_from_list(counts: Counting, *_: Any, **__: Any) -> None:
    counts.chose_from_list()


def _filled(counts: Counting, box: Locator, value: str, *_: Any, **__: Any) -> None:
    counts.typed(value, box)


def _filled_at(counts: Counting, page: Page, selector: str, value: str, *_: Any, **__: Any) -> None:
    counts.typed(value, page.locator(selector))


def _wrote(counts: Counting, _: Keyboard, text: str, *__: Any, **___: Any) -> None:
    counts.typed(text)


def _pressed(counts: Counting, *_: Any, **__: Any) -> None:
    counts.typed(" ")  # one key


_WORDS: dict[tuple[type, str], Note] = {
    (Page, "goto"): _opened,
    (Page, "go_back"): _opened,
    (Page, "reload"): _opened,
    (Page, "click"): _clicked_at,
    (Page, "fill"): _filled_at,
    (Page, "type"): _filled_at,
    (Page, "press"): _pressed,
    (Page, "check"): _chose,
    (Page, "uncheck"): _chose,
    (Page, "set_checked"): _chose,
    (Page, "select_option"): _chose_from_list,
    (Page, "set_input_files"): _chose_from_list,
    (Locator, "click"): _clicked,
    (Locator, "dblclick"): _clicked,
    (Locator, "tap"): _clicked,
    (Locator, "fill"): _filled,
    (Locator, "type"): _filled,
    (Locator, "press_sequentially"): _filled,
    (Locator, "press"): _pressed,
    (Locator, "check"): _chose,
    (Locator, "uncheck"): _chose,
    (Locator, "set_checked"): _chose,
    (Locator, "select_option"): _chose_from_list,
    (Locator, "set_input_files"): _chose_from_list,
    (Locator, "drag_to"): _chose_from_list,
    (Keyboard, "press"): _pressed,
    (Keyboard, "type"): _wrote,
    (Keyboard, "insert_text"): _wrote,
    (Mouse, "click"): _chose,
}


def _is_choice(target: Locator) -> bool:
    try:
        return bool(target.evaluate(CHOSEN_BY_CLICK))
    except Error:  # it goes away as it is pressed, or is not there: the press itself says so
        return False


def _has_script(page: Page) -> bool:
    return bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))


def _pages(responses: list[Response]) -> list[list[Response]]:
    """Each page's document with what it loads after it."""
    pages: list[list[Response]] = []
    for one in responses:
        if _is_page(one):
            pages.append([])
        if pages and FRAGMENT not in one.request.headers:
            pages[-1].append(one)
    return pages


def _is_page(one: Response) -> bool:
    """A document for a person, in the window itself; redirects, refusals and downloads are none."""
    request = one.request
    whole = request.is_navigation_request() and one.frame.parent_frame is None
    return whole and one.status == 200 and one.headers.get("content-type", "").startswith("text/html")


def _size(one: Response) -> int:
    """Bytes over the wire: headers and body as it was packed."""
    try:
        sizes = one.request.sizes()
    except Error:  # the browser gave it up, because the person went on
        return int(one.headers.get("content-length", 0))
    return int(sizes["responseBodySize"]) + int(sizes["responseHeadersSize"])


def _once(one: Response, number: int) -> str:
    """In the total, what a browser would keep counts once."""
    return one.url if "immutable" in one.headers.get("cache-control", "") else f"{number} {one.url}"


def _waited(one: Response) -> float:
    """Milliseconds from asking to the first byte."""
    timing = one.request.timing
    return max(0.0, float(timing["responseStart"]) - max(0.0, float(timing["requestStart"])))
