// The public names, one by one. Adapters of viewers are entries of their own: stratigraph/hosts/….
export { activate, commands, conditions, runCommand } from './plugin.js';
export type { Activated, ActivateOptions, Sample } from './plugin.js';

export { droppedFiles } from './elements/dropped-files.js';
export { UnmixingController } from './elements/controller.js';
export type { ControllerOptions } from './elements/controller.js';
export { cubeGeometry } from './elements/placements.js';
export { UnmixingLayers } from './elements/layers.js';
export { UnmixingLegend } from './elements/legend.js';
export { UnmixingPanel } from './elements/panel.js';
export { UnmixingPlot } from './elements/plot.js';
export type { PlotLine } from './elements/plot.js';
export { UnmixingSpectra } from './elements/spectra.js';
export type {
  ChainState,
  Choice,
  ComparisonState,
  CubeDisplay,
  CubeState,
  FixingState,
  LayerEntry,
  OwnMode,
  PointerState,
  RunState,
  SaveRequest,
  SavingState,
  SessionState,
  ViewerState,
} from './elements/state.js';
export {
  UnmixingActivateEvent,
  UnmixingAddMapEvent,
  UnmixingCameraEvent,
  UnmixingCaptionEvent,
  UnmixingChooseEvent,
  UnmixingClassThresholdEvent,
  UnmixingCloseEvent,
  UnmixingCompareEvent,
  UnmixingCompositeEvent,
  UnmixingCorrectEvent,
  UnmixingDescribeEvent,
  UnmixingDismissEvent,
  UnmixingDisplayEvent,
  UnmixingEndmemberEvent,
  UnmixingExcludeEvent,
  UnmixingFixEndmemberEvent,
  UnmixingFixEvent,
  UnmixingIdentifyEvent,
  UnmixingLockEvent,
  UnmixingOpenEvent,
  UnmixingOpenSampleEvent,
  UnmixingOpenUrlEvent,
  UnmixingOpenVolumeEvent,
  UnmixingOrderEvent,
  UnmixingPickEvent,
  UnmixingPinEvent,
  UnmixingPixelSizeEvent,
  UnmixingRecolourEvent,
  UnmixingRedoEvent,
  UnmixingRemoveLayerEvent,
  UnmixingRenameEvent,
  UnmixingRenameLayerEvent,
  UnmixingRequestEvent,
  UnmixingResumeEvent,
  UnmixingRunEvent,
  UnmixingRunsEvent,
  UnmixingSaveEvent,
  UnmixingSelectEvent,
  UnmixingShowLayersEvent,
  UnmixingStopEvent,
  UnmixingStyleEvent,
  UnmixingThemeEvent,
  UnmixingUndoEvent,
  UnmixingUnpinEvent,
} from './elements/events.js';
export type { UnmixingEventMap } from './elements/events.js';

export type {
  Capability,
  Comparison,
  Host,
  HostVolume,
  LayerHandle,
  LongTask,
  PanelPlace,
  Pick,
  Undo,
  VolumeRef,
} from './hosts/host.js';

export {
  endmemberFill,
  endmemberInk,
  formatHex,
  inkOf,
  parseHex,
} from './imaging/colour.js';
export {
  corners,
  indexToWorld,
  pixelAt,
  worldToIndex,
} from './imaging/geometry.js';
export type { Point } from './imaging/geometry.js';
export { layerStyleDefaults } from './imaging/layer.js';
export type {
  Blending,
  ColourMap,
  Layer,
  LayerImage,
  LayerStyle,
  Rgb,
} from './imaging/layer.js';
export { lengthLabel, scaleBar } from './imaging/scale-bar.js';
export type { ScaleBar } from './imaging/scale-bar.js';

export { resolveOptions, unmixDefaults } from './engine/options.js';
export type {
  Backend,
  NetworkOptions,
  Preset,
  UnmixOptions,
  UnmixRequest,
} from './engine/options.js';
export type {
  ChainMeans,
  CubeDescription,
  CubeSummary,
  EndmemberCount,
  Preview,
  Progress,
  Report,
  UnmixResult,
} from './engine/protocol.js';

export { newStep } from './preprocess/check-steps.js';
export { corrections } from './preprocess/corrections.js';
export type { Correction, Parameter } from './preprocess/corrections.js';
export type { Step, StepKind } from './preprocess/steps.js';

export type {
  AxisUnit,
  Quantity,
  SpectralAxis,
  Window,
} from './spectral/axis.js';
export type { Cube, Geometry, Picture, Spectra } from './spectral/cube.js';
export { UnmixingError, isUnmixingError } from './spectral/errors.js';
export type { ErrorTag } from './spectral/errors.js';
export { reconstruct } from './spectral/reconstruct.js';
export type { PixelModel } from './spectral/reconstruct.js';
export type { Nuisance, Residual, Unmixing } from './spectral/unmixing.js';
