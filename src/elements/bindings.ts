import type { Undo } from '../hosts/host.js';
import type { UnmixingController } from './controller.js';
import {
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
  UnmixingRegisterEvent,
  UnmixingRemoveLayerEvent,
  UnmixingRenameEvent,
  UnmixingRenameLayerEvent,
  UnmixingRequestEvent,
  UnmixingResumeEvent,
  UnmixingRunEvent,
  UnmixingRunsEvent,
  UnmixingSaveEvent,
  UnmixingSelectEvent,
  UnmixingSessionEvent,
  UnmixingShowLayersEvent,
  UnmixingStopEvent,
  UnmixingStyleEvent,
  UnmixingThemeEvent,
  UnmixingUndoEvent,
  UnmixingUnpinEvent,
} from './events.js';
import type { UnmixingEventType } from './events.js';

type Binding = (target: EventTarget, controller: UnmixingController) => Undo;

function on<Asked extends Event>(
  type: UnmixingEventType,
  kind: new (...given: never[]) => Asked,
  act: (controller: UnmixingController, event: Asked) => unknown,
): Binding {
  return (target, controller) => {
    const listener = (event: Event): void => {
      if (event instanceof kind) act(controller, event);
    };
    target.addEventListener(type, listener);
    return () => {
      target.removeEventListener(type, listener);
    };
  };
}

/** What the controller does for each event of the elements. */
const bindings: readonly Binding[] = [
  on('unmixing-open', UnmixingOpenEvent, (controller, { files }) =>
    controller.open(files),
  ),
  on('unmixing-open-url', UnmixingOpenUrlEvent, (controller, { url }) =>
    controller.openUrl(url),
  ),
  on('unmixing-choose', UnmixingChooseEvent, (controller, { choice }) =>
    controller.choose(choice),
  ),
  on(
    'unmixing-open-volume',
    UnmixingOpenVolumeEvent,
    (controller, { volume }) => controller.openVolume(volume),
  ),
  on(
    'unmixing-open-sample',
    UnmixingOpenSampleEvent,
    (controller, { sample }) => controller.openSample(sample),
  ),
  on('unmixing-save', UnmixingSaveEvent, (controller, { request }) =>
    controller.save(request),
  ),
  on('unmixing-dismiss', UnmixingDismissEvent, (controller) =>
    controller.dismiss(),
  ),
  on('unmixing-close', UnmixingCloseEvent, (controller, { cube }) =>
    controller.closeCube(cube),
  ),
  on('unmixing-activate', UnmixingActivateEvent, (controller, { cube }) =>
    controller.activate(cube),
  ),
  on(
    'unmixing-describe',
    UnmixingDescribeEvent,
    (controller, { description }) => controller.describe(description),
  ),
  on('unmixing-correct', UnmixingCorrectEvent, (controller, { steps }) =>
    controller.correct(steps),
  ),
  on('unmixing-display', UnmixingDisplayEvent, (controller, { display }) =>
    controller.setDisplay(display),
  ),
  on('unmixing-request', UnmixingRequestEvent, (controller, { patch }) =>
    controller.setRequest(patch),
  ),
  on('unmixing-fix', UnmixingFixEvent, (controller, { files }) =>
    controller.fix(files),
  ),
  on(
    'unmixing-fix-endmember',
    UnmixingFixEndmemberEvent,
    (controller, { endmember, on }) => controller.fixEndmember(endmember, on),
  ),
  on('unmixing-exclude', UnmixingExcludeEvent, (controller, { windows }) =>
    controller.exclude(windows),
  ),
  on('unmixing-run', UnmixingRunEvent, (controller, { backend }) =>
    controller.unmix(backend),
  ),
  on('unmixing-stop', UnmixingStopEvent, (controller) => controller.stop()),
  on('unmixing-resume', UnmixingResumeEvent, (controller, { epochs }) =>
    controller.resume(epochs),
  ),
  on('unmixing-runs', UnmixingRunsEvent, async (controller, { action }) =>
    (await controller.runs())?.act(action),
  ),
  on(
    'unmixing-endmember',
    UnmixingEndmemberEvent,
    async (controller, { action }) =>
      (await controller.endmembers())?.act(action),
  ),
  on('unmixing-style', UnmixingStyleEvent, (controller, { layer, patch }) =>
    controller.setStyle(layer, patch),
  ),
  on(
    'unmixing-show-layers',
    UnmixingShowLayersEvent,
    (controller, { layers }) => controller.showLayers(layers),
  ),
  on(
    'unmixing-rename-layer',
    UnmixingRenameLayerEvent,
    (controller, { layer, name }) => controller.renameLayer(layer, name),
  ),
  on('unmixing-lock', UnmixingLockEvent, (controller, { layer, on }) =>
    controller.lock(layer, on),
  ),
  on(
    'unmixing-pixel-size',
    UnmixingPixelSizeEvent,
    (controller, { owner, size }) => controller.setPixelSize(owner, size),
  ),
  on('unmixing-order', UnmixingOrderEvent, (controller, { layers }) =>
    controller.setOrder(layers),
  ),
  on('unmixing-composite', UnmixingCompositeEvent, (controller, { on }) =>
    controller.setComposite(on),
  ),
  on(
    'unmixing-class-threshold',
    UnmixingClassThresholdEvent,
    (controller, { share }) => controller.setClassThreshold(share),
  ),
  on('unmixing-compare', UnmixingCompareEvent, (controller, { comparison }) =>
    controller.compare(comparison),
  ),
  on(
    'unmixing-rename',
    UnmixingRenameEvent,
    (controller, { endmember, name }) => controller.rename(endmember, name),
  ),
  on(
    'unmixing-recolour',
    UnmixingRecolourEvent,
    (controller, { endmember, colour }) =>
      controller.recolour(endmember, colour),
  ),
  on('unmixing-select', UnmixingSelectEvent, (controller, { endmember }) =>
    controller.select(endmember),
  ),
  on('unmixing-add-map', UnmixingAddMapEvent, (controller, { map }) =>
    controller.addMap(map),
  ),
  on(
    'unmixing-remove-layer',
    UnmixingRemoveLayerEvent,
    (controller, { layer }) => controller.removeLayer(layer),
  ),
  on('unmixing-pick', UnmixingPickEvent, (controller, { pick }) =>
    controller.pick(pick),
  ),
  on('unmixing-pin', UnmixingPinEvent, (controller, { x, y }) =>
    controller.pinPixel(x, y),
  ),
  on('unmixing-unpin', UnmixingUnpinEvent, (controller) => controller.unpin()),
  on('unmixing-caption', UnmixingCaptionEvent, ({ parts }, { caption }) => {
    parts.before('caption');
    parts.store.set({ caption });
  }),
  on('unmixing-camera', UnmixingCameraEvent, ({ parts }, event) => {
    event.camera = parts.host.camera ?? null;
  }),
  on(
    'unmixing-register',
    UnmixingRegisterEvent,
    async (controller, { action }) =>
      (await controller.registering()).act(action),
  ),
  on(
    'unmixing-identify',
    UnmixingIdentifyEvent,
    async (controller, { action }) =>
      (await controller.identifying()).act(action),
  ),
  on('unmixing-session', UnmixingSessionEvent, async (controller, { ask }) =>
    (await controller.sessions()).asked(ask),
  ),
  on('unmixing-undo', UnmixingUndoEvent, (controller) => controller.undo()),
  on('unmixing-redo', UnmixingRedoEvent, (controller) => controller.redo()),
  on('unmixing-theme', UnmixingThemeEvent, (controller, { theme }) =>
    controller.setTheme(theme),
  ),
];

export function listenTo(
  target: EventTarget,
  controller: UnmixingController,
): Undo {
  const undos = bindings.map((bind) => bind(target, controller));
  return () => {
    for (const undo of undos) undo();
  };
}
