import { initAll } from "./govuk-frontend.min.js";
import { searchAllRadios } from "./search-radios.js";

initAll();
searchAllRadios();
