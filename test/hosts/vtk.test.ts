import { hostConformance } from '../conformance/suite.js';
import { VtkPage } from './vtk-page.js';

hostConformance('vtk.js', async () => new VtkPage());
