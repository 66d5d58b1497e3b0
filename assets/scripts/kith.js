// Improves pages that already work without it. No page needs this file.
import { ErrorSummary, ServiceNavigation, SkipLink, CharacterCount, Button, Radios, Checkboxes, PasswordInput,
  ExitThisPage, createAll } from "govuk-frontend";
import { watchForPartialPages } from "./partial-pages.js";
import { listenForKeys } from "./keyboard.js";
import { keepDrafts } from "./drafts.js";
import { watchTheBoard } from "./live-board.js";
import { watchNetworks } from "./networks.js";
import { offerPosition } from "./position.js";
import { offerMentions } from "./mentions.js";
import { offerPrinting } from "./printing.js";
import { warnBeforeSigningOut } from "./session-timer.js";
import { offerWording } from "./wording.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [ErrorSummary, ServiceNavigation, SkipLink, CharacterCount, Button, Radios, Checkboxes,
  PasswordInput, ExitThisPage]) {
  createAll(component);
}
watchForPartialPages();
listenForKeys();
offerPosition();
offerPrinting();
warnBeforeSigningOut();
offerWording();
offerMentions();
watchTheBoard();
watchNetworks();
keepDrafts();
