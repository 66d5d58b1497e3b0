"""What a giver is told, in words."""

from __future__ import annotations

from collections.abc import Sequence

from kith.intelligence.rules.codes import News

SAID = {
    News.RECEIVED: "We have received it.",
    News.GRADED: "The team that grades intelligence has read and graded it.",
    News.JOINED: "It tells of the same as another report, and goes on together with it.",
    News.PASSED_ON: "What can be acted on was passed to those who can act.",
    News.USED: "It was used in a plan.",
    News.NOT_USED: "It was not used. Why: {}",
}
FOR_STRANGERS = {News.RECEIVED, News.USED, News.NOT_USED}
FOR_STAFF = {News.USED, News.NOT_USED}


def said(news: News, text: str) -> str:
    """One piece of news as a sentence."""
    return SAID[news].format(text) if "{}" in SAID[news] else SAID[news]


def worth_a_letter(news: News, *, signed_in: bool) -> bool:
    """Staff read the rest on their own page; others hear when it has come, and when there is an answer."""
    return news in (FOR_STAFF if signed_in else FOR_STRANGERS)


def letter_body(number: str, told: Sequence[tuple[News, str]], partnership: str, *, signs_in: bool) -> str:
    """The letter. To staff it says only that there is news: their page has it, behind their sign-in."""
    opening = f"You passed something on to us. Its number is {number}."
    if signs_in:
        return f"{opening}\n\nThere is news of it. Sign in and open “What I passed on”.\n\n{partnership}\n"
    lines = "\n".join(f"- {said(news, text)}" for news, text in told)
    closing = "If a child is in danger now, ring 999. To tell us more, use the same way as before."
    return f"{opening}\n\n{lines}\n\n{closing}\n\n{partnership}\n"


def used_in(told: Sequence[News]) -> int:
    """In how many plans it was used."""
    return sum(news == News.USED for news in told)
