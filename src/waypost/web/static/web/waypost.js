// Starts the GOV.UK components of a page and keeps drafts. Every page works without it.
import { initAll } from "./govuk-frontend.min.js";
import { keepDrafts } from "./drafts.js";
import { lockWhenLeft } from "./lock.js";
import { lookAgain } from "./progress.js";

initAll();
keepDrafts();
lockWhenLeft();
lookAgain();
