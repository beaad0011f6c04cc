import { hostConformance } from '../../conformance/suite.js';
import { ItkVtkViewerPage } from './itk-vtk-viewer-page.js';

hostConformance('itk-vtk-viewer', () => ItkVtkViewerPage.open());
