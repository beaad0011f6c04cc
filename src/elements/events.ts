import type { Backend, UnmixRequest } from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import type { Camera } from '../hosts/host.js';
import type { Pick as PlacePick } from '../hosts/host.js';
import type { LayerStyle } from '../imaging/layer.js';
import type { Step } from '../preprocess/steps.js';
import type { Window } from '../spectral/axis.js';
import type { IdentifyAction } from './identify/ask.js';
import type { EndmemberAction } from './endmembers/action.js';
import type { RegisterAction } from './register/action.js';
import type { RunsAction } from './runs/action.js';
import type { SessionAsk } from './sessions/ask.js';
import type {
  ComparisonState,
  CubeDisplay,
  SaveRequest,
  SessionState,
} from './state.js';

/** What a user asked of the elements. Each crosses shadow roots, so one listener on a common ancestor hears all of them. */
class UserEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }
}

/** The user chose files or a folder of their own, by the picker or by dropping them. */
export class UnmixingOpenEvent extends UserEvent {
  /** @param files those of a folder carry their path in their name; they may still be gathered */
  constructor(readonly files: readonly File[] | Promise<readonly File[]>) {
    super('unmixing-open');
  }
}

/** The user gave an address of the web to open. */
export class UnmixingOpenUrlEvent extends UserEvent {
  constructor(readonly url: string) {
    super('unmixing-open-url');
  }
}

/** The user chose one of several things that could be the cube, by its id. */
export class UnmixingChooseEvent extends UserEvent {
  constructor(readonly choice: string) {
    super('unmixing-choose');
  }
}

/** The user chose a volume that the viewer holds. */
export class UnmixingOpenVolumeEvent extends UserEvent {
  constructor(readonly volume: string) {
    super('unmixing-open-volume');
  }
}

/** The user chose one of the samples, by its place in the list. */
export class UnmixingOpenSampleEvent extends UserEvent {
  constructor(readonly sample: number) {
    super('unmixing-open-sample');
  }
}

/** The user wrote the caption of figures. */
export class UnmixingCaptionEvent extends UserEvent {
  /** @param caption null for one that is made from the result */
  constructor(readonly caption: string | null) {
    super('unmixing-caption');
  }
}

/** An element asks what the viewer shows: who hears it puts the viewer's camera on it, if it has one. */
export class UnmixingCameraEvent extends UserEvent {
  camera: Camera | null = null;

  constructor() {
    super('unmixing-camera');
  }
}

/** The user asked for something to be saved. */
export class UnmixingSaveEvent extends UserEvent {
  constructor(readonly request: SaveRequest) {
    super('unmixing-save');
  }
}

/** The user put a cube away: the one that the panel is about, unless another is named by its id. */
export class UnmixingCloseEvent extends UserEvent {
  constructor(readonly cube?: string) {
    super('unmixing-close');
  }
}

/** The user turned to another cube, by its id. */
export class UnmixingActivateEvent extends UserEvent {
  constructor(readonly cube: string) {
    super('unmixing-activate');
  }
}

/** The user has read what failed. */
export class UnmixingDismissEvent extends UserEvent {
  constructor() {
    super('unmixing-dismiss');
  }
}

/** The user said what a file had left out. */
export class UnmixingDescribeEvent extends UserEvent {
  constructor(readonly description: CubeDescription) {
    super('unmixing-describe');
  }
}

/** The user changed the chain of corrections: this is all of it. */
export class UnmixingCorrectEvent extends UserEvent {
  constructor(readonly steps: readonly Step[]) {
    super('unmixing-correct');
  }
}

/** The user chose how the cube itself is shown. */
export class UnmixingDisplayEvent extends UserEvent {
  constructor(readonly display: CubeDisplay) {
    super('unmixing-display');
  }
}

/** The user changed what shall be asked of the next run. */
export class UnmixingRequestEvent extends UserEvent {
  constructor(readonly patch: Partial<UnmixRequest>) {
    super('unmixing-request');
  }
}

/** The user chose files of spectra that the next run shall hold fixed. */
export class UnmixingFixEvent extends UserEvent {
  constructor(readonly files: readonly File[]) {
    super('unmixing-fix');
  }
}

/** The user asked that the next run hold an endmember of this result fixed, or no longer. */
export class UnmixingFixEndmemberEvent extends UserEvent {
  constructor(
    readonly endmember: number,
    readonly on: boolean,
  ) {
    super('unmixing-fix-endmember');
  }
}

/** The user added, moved or removed windows to leave out. */
export class UnmixingExcludeEvent extends UserEvent {
  constructor(readonly windows: readonly Window[]) {
    super('unmixing-exclude');
  }
}

/** The user asked for a run, on another backend than asked before when `backend` is given. */
export class UnmixingRunEvent extends UserEvent {
  constructor(readonly backend?: Backend) {
    super('unmixing-run');
  }
}

/** The user asked the run to end with the best so far. */
export class UnmixingStopEvent extends UserEvent {
  constructor() {
    super('unmixing-stop');
  }
}

/** The user asked training to go on, for so many more epochs. */
export class UnmixingResumeEvent extends UserEvent {
  constructor(readonly epochs?: number) {
    super('unmixing-resume');
  }
}

/** The user asked something of a result that is kept. */
export class UnmixingRunsEvent extends UserEvent {
  constructor(readonly action: RunsAction) {
    super('unmixing-runs');
  }
}

/** The user asked that endmembers of the result on show be edited. */
export class UnmixingEndmemberEvent extends UserEvent {
  constructor(readonly action: EndmemberAction) {
    super('unmixing-endmember');
  }
}

/** The user changed how one layer is drawn. */
export class UnmixingStyleEvent extends UserEvent {
  constructor(
    readonly layer: string,
    readonly patch: Partial<LayerStyle>,
  ) {
    super('unmixing-style');
  }
}

/** The user chose which layers are visible, by their ids; all others are hidden. */
export class UnmixingShowLayersEvent extends UserEvent {
  constructor(readonly layers: readonly string[]) {
    super('unmixing-show-layers');
  }
}

/** The user gave a layer another name. */
export class UnmixingRenameLayerEvent extends UserEvent {
  constructor(
    readonly layer: string,
    readonly name: string,
  ) {
    super('unmixing-rename-layer');
  }
}

/** The user held a layer against changes, or let it go. */
export class UnmixingLockEvent extends UserEvent {
  constructor(
    readonly layer: string,
    readonly on: boolean,
  ) {
    super('unmixing-lock');
  }
}

/** The user said how large a pixel is, in µm, of a cube or picture whose file does not, by its id. */
export class UnmixingPixelSizeEvent extends UserEvent {
  constructor(
    readonly owner: string,
    readonly size: number,
  ) {
    super('unmixing-pixel-size');
  }
}

/** The user put the layers in another order: ids, top-most first. */
export class UnmixingOrderEvent extends UserEvent {
  constructor(readonly layers: readonly string[]) {
    super('unmixing-order');
  }
}

/** The user chose one blended layer for all abundances, or separate ones. */
export class UnmixingCompositeEvent extends UserEvent {
  constructor(readonly on: boolean) {
    super('unmixing-composite');
  }
}

/** The user chose the least share, 0 to 1, with which a material is the class of a pixel. */
export class UnmixingClassThresholdEvent extends UserEvent {
  constructor(readonly share: number) {
    super('unmixing-class-threshold');
  }
}

/** The pointer passed over a place of the world in a view of our own, or pressed it; null when it left. */
export class UnmixingPickEvent extends UserEvent {
  constructor(readonly pick: PlacePick | null) {
    super('unmixing-pick');
  }
}

/** The user asked for two things to be shown against each other, or to end that. */
export class UnmixingCompareEvent extends UserEvent {
  constructor(readonly comparison: ComparisonState | null) {
    super('unmixing-compare');
  }
}

/** The user gave an endmember another name. */
export class UnmixingRenameEvent extends UserEvent {
  constructor(
    readonly endmember: number,
    readonly name: string,
  ) {
    super('unmixing-rename');
  }
}

/** The user gave an endmember another colour, as #rrggbb. */
export class UnmixingRecolourEvent extends UserEvent {
  constructor(
    readonly endmember: number,
    readonly colour: string,
  ) {
    super('unmixing-recolour');
  }
}

/** The user turned to an endmember, or away from all. */
export class UnmixingSelectEvent extends UserEvent {
  constructor(readonly endmember: number | null) {
    super('unmixing-select');
  }
}

/** The user asked for a map that tells about the result, by its id. */
export class UnmixingAddMapEvent extends UserEvent {
  constructor(readonly map: string) {
    super('unmixing-add-map');
  }
}

/** The user threw a layer away. */
export class UnmixingRemoveLayerEvent extends UserEvent {
  constructor(readonly layer: string) {
    super('unmixing-remove-layer');
  }
}

/** The user held a pixel of the cube, by its place in it. */
export class UnmixingPinEvent extends UserEvent {
  constructor(
    readonly x: number,
    readonly y: number,
  ) {
    super('unmixing-pin');
  }
}

/** The user let go of the pixel that was pinned. */
export class UnmixingUnpinEvent extends UserEvent {
  constructor() {
    super('unmixing-unpin');
  }
}

/** The user asked something of the registration of two images. */
export class UnmixingRegisterEvent extends UserEvent {
  constructor(readonly action: RegisterAction) {
    super('unmixing-register');
  }
}

/** The user asked something of libraries of references. */
export class UnmixingIdentifyEvent extends UserEvent {
  constructor(readonly action: IdentifyAction) {
    super('unmixing-identify');
  }
}

/** The user asked for the session as a whole to be saved, opened or kept. */
export class UnmixingSessionEvent extends UserEvent {
  constructor(readonly ask: SessionAsk) {
    super('unmixing-session');
  }
}

export class UnmixingUndoEvent extends UserEvent {
  constructor() {
    super('unmixing-undo');
  }
}

export class UnmixingRedoEvent extends UserEvent {
  constructor() {
    super('unmixing-redo');
  }
}

/** The user chose dark, light, or what the system says. */
export class UnmixingThemeEvent extends UserEvent {
  constructor(readonly theme: SessionState['theme']) {
    super('unmixing-theme');
  }
}

declare global {
  interface HTMLElementEventMap {
    'unmixing-open': UnmixingOpenEvent;
    'unmixing-open-url': UnmixingOpenUrlEvent;
    'unmixing-choose': UnmixingChooseEvent;
    'unmixing-open-volume': UnmixingOpenVolumeEvent;
    'unmixing-open-sample': UnmixingOpenSampleEvent;
    'unmixing-save': UnmixingSaveEvent;
    'unmixing-caption': UnmixingCaptionEvent;
    'unmixing-camera': UnmixingCameraEvent;
    'unmixing-close': UnmixingCloseEvent;
    'unmixing-activate': UnmixingActivateEvent;
    'unmixing-dismiss': UnmixingDismissEvent;
    'unmixing-describe': UnmixingDescribeEvent;
    'unmixing-correct': UnmixingCorrectEvent;
    'unmixing-display': UnmixingDisplayEvent;
    'unmixing-request': UnmixingRequestEvent;
    'unmixing-fix': UnmixingFixEvent;
    'unmixing-fix-endmember': UnmixingFixEndmemberEvent;
    'unmixing-exclude': UnmixingExcludeEvent;
    'unmixing-run': UnmixingRunEvent;
    'unmixing-stop': UnmixingStopEvent;
    'unmixing-resume': UnmixingResumeEvent;
    'unmixing-runs': UnmixingRunsEvent;
    'unmixing-endmember': UnmixingEndmemberEvent;
    'unmixing-style': UnmixingStyleEvent;
    'unmixing-show-layers': UnmixingShowLayersEvent;
    'unmixing-rename-layer': UnmixingRenameLayerEvent;
    'unmixing-lock': UnmixingLockEvent;
    'unmixing-pixel-size': UnmixingPixelSizeEvent;
    'unmixing-order': UnmixingOrderEvent;
    'unmixing-composite': UnmixingCompositeEvent;
    'unmixing-class-threshold': UnmixingClassThresholdEvent;
    'unmixing-compare': UnmixingCompareEvent;
    'unmixing-rename': UnmixingRenameEvent;
    'unmixing-recolour': UnmixingRecolourEvent;
    'unmixing-select': UnmixingSelectEvent;
    'unmixing-add-map': UnmixingAddMapEvent;
    'unmixing-remove-layer': UnmixingRemoveLayerEvent;
    'unmixing-pick': UnmixingPickEvent;
    'unmixing-pin': UnmixingPinEvent;
    'unmixing-unpin': UnmixingUnpinEvent;
    'unmixing-register': UnmixingRegisterEvent;
    'unmixing-identify': UnmixingIdentifyEvent;
    'unmixing-session': UnmixingSessionEvent;
    'unmixing-undo': UnmixingUndoEvent;
    'unmixing-redo': UnmixingRedoEvent;
    'unmixing-theme': UnmixingThemeEvent;
  }
}

/** The events by their names, as on any element. */
export type UnmixingEventMap = Pick<HTMLElementEventMap, UnmixingEventType>;

export type UnmixingEventType = Extract<
  keyof HTMLElementEventMap,
  `unmixing-${string}`
>;
