"""What a load takes in: files recognised and kept, deliveries received, and what an earlier load left unfinished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from kith.foundations.access.models import Viewer
from kith.linkage.feeds.catalogue import Catalogue
from kith.linkage.feeds.definition import Definition
from kith.linkage.feeds.keeping import Kept, keep
from kith.linkage.feeds.recognising import DELIVERED, Recognised, recognise
from kith.linkage.loading.account import Account, Line
from kith.linkage.loading.deliveries import LOADED, came_again, day_in_name, fail, left_unfinished, receive
from kith.linkage.models import Delivery

Progress = Callable[[str, str, int, int], None]  # stage, what, done, of


class TakingIn:
    """The files that were brought, and what becomes of each before it is read. Fills the account with the rest."""

    def __init__(
        self, catalogue: Catalogue, loader: Viewer, now: datetime, progress: Progress, feed: str, account: Account
    ) -> None:
        self.catalogue, self.loader, self.now, self.progress = catalogue, loader, now, progress
        self.only_feed, self.account = feed, account

    def deliveries(self, paths: list[Path]) -> list[tuple[Delivery, Definition, Kept]]:
        """What is to be loaded, what was left unfinished first."""
        return self._taken_in([*self._left_over(), *self._brought(paths)])

    def _left_over(self) -> Iterator[tuple[Kept, list[Definition]]]:
        """Deliveries that a killed load had taken in and not finished."""
        for delivery in left_unfinished():
            definition = self.catalogue.feed(delivery.feed)
            original = next((settings.DELIVERIES / delivery.sha256).glob("as-it-came*"), None)
            if definition and original:
                kept = keep(original, settings.DELIVERIES)
                yield Kept(delivery.file_name, kept.sha256, kept.bytes, kept.folder, kept.path, kept.text), [definition]

    def _brought(self, paths: list[Path]) -> Iterator[tuple[Kept, list[Definition]]]:
        """The files given, oldest day first, with the feeds that each is."""
        today = timezone.localdate(self.now)
        files = [file for path in paths for file in self._files(path)]
        for file in sorted(files, key=lambda one: (day_in_name(one.name, today=today) or today, str(one))):
            self.progress("recognising", file.name, 0, 0)
            found = self._recognise(file)
            if found.feeds:
                yield keep(file, settings.DELIVERIES), list(found.feeds)
            elif found.failed:
                self._refuse(file, found)
            else:
                self._unknown(file, found)

    def _files(self, path: Path) -> list[Path]:
        if not path.exists():
            self.account.lines.append(Line(str(path), "", "failed", words="There is no such file."))
            return []
        if path.is_file():
            return [path]
        inside = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
        for file in inside:
            if file.suffix.lower() not in DELIVERED:
                self.account.lines.append(
                    Line(file.name, "", "unknown", words="Not a kind of file that feeds come in.")
                )
        return [file for file in inside if file.suffix.lower() in DELIVERED]

    def _recognise(self, file: Path) -> Recognised:
        if self.only_feed:
            definition = self.catalogue.feed(self.only_feed)
            return (
                Recognised((definition,)) if definition else Recognised(problem=f"No feed is named {self.only_feed}.")
            )
        if file.suffix.lower() not in DELIVERED:
            return Recognised(problem="Not a kind of file that feeds come in.")
        return recognise(file, self.catalogue.feeds.values())

    def _refuse(self, file: Path, found: Recognised) -> None:
        """A delivery of a feed whose file cannot be read as it: kept, and failed in words."""
        kept = keep(file, settings.DELIVERIES)
        for definition, why in found.failed:
            delivery, _ = receive(kept=kept, feed=definition.feed, by=self.loader, now=self.now)
            if delivery.state != LOADED:
                fail(delivery, why, now=self.now)
            self.account.lines.append(Line(kept.name, definition.feed, "failed", words=why, delivery=delivery.pk))

    def _unknown(self, file: Path, found: Recognised) -> None:
        """Nobody's feed: kept as it came all the same, where it might be one."""
        if file.suffix.lower() in DELIVERED:
            kept = keep(file, settings.DELIVERIES)
            delivery, _ = receive(kept=kept, feed="", by=self.loader, now=self.now)
            delivery.problem = found.sentence
            delivery.save(update_fields=["problem"])
        self.account.lines.append(Line(file.name, "", "unknown", words=found.sentence))

    def _taken_in(self, brought: Iterable[tuple[Kept, list[Definition]]]) -> list[tuple[Delivery, Definition, Kept]]:
        """The deliveries that are to be loaded; those that were loaded before go into the account at once."""
        taken: dict[int, tuple[Delivery, Definition, Kept]] = {}
        for kept, definitions in brought:
            for definition in definitions:
                delivery, _ = receive(kept=kept, feed=definition.feed, by=self.loader, now=self.now)
                if delivery.pk in taken:
                    first = taken[delivery.pk]
                    came_again(first[0], kept.name, now=self.now)
                    words = f"The same file as {first[2].name}, byte for byte; read once."
                    self.account.lines.append(Line(kept.name, definition.feed, "nothing new", words=words))
                elif delivery.state == LOADED:
                    self.account.lines.append(_already(kept, delivery))
                    came_again(delivery, kept.name, now=self.now)
                else:
                    taken[delivery.pk] = delivery, definition, kept
        return list(taken.values())


def _already(kept: Kept, delivery: Delivery) -> Line:
    words = f"Already loaded on {timezone.localtime(delivery.received_at):%-d %B %Y}; nothing changed."
    return Line(kept.name, delivery.feed, "nothing new", words=words, delivery=delivery.pk)
