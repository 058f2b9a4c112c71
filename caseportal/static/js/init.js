// Every page works without this file. It brings the GOV.UK and MOJ components to life, and autosave where asked for.
import { initAll as initGovuk } from '../vendor/govuk-frontend.min.js';
import { initAll as initMoj } from '../vendor/moj-frontend.min.js';
import { initAutosave } from './autosave.js';

initGovuk();
initMoj();
initAutosave();
