// What improves pages without an account. They work without it.
import { Button, Checkboxes, ErrorSummary, ExitThisPage, Radios, SkipLink, createAll } from "govuk-frontend";
import { keepDrafts } from "./drafts.js";
import { offerPosition } from "./position.js";
import { offerPrinting } from "./printing.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [ErrorSummary, SkipLink, Button, Radios, Checkboxes, ExitThisPage]) {
  createAll(component);
}
keepDrafts();
offerPosition();
offerPrinting();
