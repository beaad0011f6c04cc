import { hostConformance } from '../../conformance/suite.js';
import { NiivuePage } from './niivue-page.js';

hostConformance('niivue', () => NiivuePage.open(), { precision: 1e-5 });
