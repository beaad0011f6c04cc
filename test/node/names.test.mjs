import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { root } from '../../scripts/root.mjs';
import { exportedNames } from './package.mjs';

describe('public names', () => {
  const names = (entry) => exportedNames(join(root, 'dist', entry)).toSorted();

  it('of the package are these and no others', () => {
    assert.deepEqual(names('index.js'), [
      'UnmixingActivateEvent',
      'UnmixingAddMapEvent',
      'UnmixingCameraEvent',
      'UnmixingCaptionEvent',
      'UnmixingChooseEvent',
      'UnmixingClassThresholdEvent',
      'UnmixingCloseEvent',
      'UnmixingCompareEvent',
      'UnmixingCompositeEvent',
      'UnmixingController',
      'UnmixingCorrectEvent',
      'UnmixingDescribeEvent',
      'UnmixingDismissEvent',
      'UnmixingDisplayEvent',
      'UnmixingEndmemberEvent',
      'UnmixingError',
      'UnmixingExcludeEvent',
      'UnmixingFixEndmemberEvent',
      'UnmixingFixEvent',
      'UnmixingIdentifyEvent',
      'UnmixingLayers',
      'UnmixingLegend',
      'UnmixingLockEvent',
      'UnmixingOpenEvent',
      'UnmixingOpenSampleEvent',
      'UnmixingOpenUrlEvent',
      'UnmixingOpenVolumeEvent',
      'UnmixingOrderEvent',
      'UnmixingPanel',
      'UnmixingPickEvent',
      'UnmixingPinEvent',
      'UnmixingPixelSizeEvent',
      'UnmixingPlot',
      'UnmixingRecolourEvent',
      'UnmixingRedoEvent',
      'UnmixingRemoveLayerEvent',
      'UnmixingRenameEvent',
      'UnmixingRenameLayerEvent',
      'UnmixingRequestEvent',
      'UnmixingResumeEvent',
      'UnmixingRunEvent',
      'UnmixingRunsEvent',
      'UnmixingSaveEvent',
      'UnmixingSelectEvent',
      'UnmixingShowLayersEvent',
      'UnmixingSpectra',
      'UnmixingStopEvent',
      'UnmixingStyleEvent',
      'UnmixingThemeEvent',
      'UnmixingUndoEvent',
      'UnmixingUnpinEvent',
      'activate',
      'commands',
      'conditions',
      'corners',
      'corrections',
      'cubeGeometry',
      'droppedFiles',
      'endmemberFill',
      'endmemberInk',
      'formatHex',
      'indexToWorld',
      'inkOf',
      'isUnmixingError',
      'layerStyleDefaults',
      'lengthLabel',
      'newStep',
      'parseHex',
      'pixelAt',
      'reconstruct',
      'resolveOptions',
      'runCommand',
      'scaleBar',
      'unmixDefaults',
      'worldToIndex',
    ]);
  });

  it('of the plugin are these and no others', () => {
    assert.deepEqual(names('plugin.js'), [
      'activate',
      'commands',
      'conditions',
      'runCommand',
    ]);
  });

  it('of what reads the manifest are these and no others', () => {
    assert.deepEqual(names('contributions.js'), [
      'contributions',
      'listContributions',
    ]);
  });

  it('of the vtk.js adapter are these and no others', () => {
    assert.deepEqual(names('hosts/vtk.js'), ['vtkHost']);
  });
});
