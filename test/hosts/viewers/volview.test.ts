import { hostConformance } from '../../conformance/suite.js';
import { VolViewPage } from './volview-page.js';

hostConformance('volview', () => VolViewPage.open(), {});
