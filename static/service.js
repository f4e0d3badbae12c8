import { initAll } from "./govuk-frontend.min.js";
import { keepChoice } from "./kept-choice.js";

initAll();
keepChoice();
