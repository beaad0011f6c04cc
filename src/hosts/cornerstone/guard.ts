import { UnmixingError } from '../../spectral/errors.js';
import { isStack, type Cornerstone, type Viewport } from './viewer.js';

/** The version of @cornerstonejs/core that the tests run with. */
export const testedVersion = '5.14.0';

const moduleParts = [
  ...[
    'ACTORS_CHANGED',
    'ELEMENT_ENABLED',
    'IMAGE_VOLUME_LOADING_COMPLETED',
    'IMAGE_VOLUME_MODIFIED',
    'STACK_NEW_IMAGE',
    'VIEWPORT_NEW_IMAGE_SET',
    'VOLUME_CACHE_VOLUME_ADDED',
    'VOLUME_CACHE_VOLUME_REMOVED',
    'VOLUME_VIEWPORT_NEW_VOLUME',
  ].map((name) => `Enums.Events.${name}`),
  'eventTarget.addEventListener',
  'eventTarget.removeEventListener',
  'cache.getVolumes',
  'cache.getVolume',
  'cache.putVolumeSync',
  'cache.removeVolumeLoadObject',
  'cache.getImage',
  'cache.removeImageLoadObject',
  'ImageVolume',
  'imageLoader.createAndCacheLocalImage',
  'imageLoader.loadAndCacheImage',
  'metaData.get',
  'utilities.genericMetadataProvider.add',
  'createVolumeActor',
  'getRenderingEngines',
];

const viewportParts = [
  'element',
  'getCanvas',
  'getCamera',
  'setCamera',
  'canvasToWorld',
  'getActors',
  'addActors',
  'removeActors',
  'updateCameraClippingPlanesAndRange',
  'getFrameOfReferenceUID',
  'getRenderer',
  'render',
];

const stackParts = [
  'getImageIds',
  'getImageData',
  'getLoaderImageOptions',
  'addImages',
];

/** @throws UnmixingError `host` when what the page hands over is no such module, or one that lacks what is used here */
export function checkCornerstone(given: unknown): Cornerstone {
  refuseWithout(moduleParts, given, versionOf(given));
  return given as Cornerstone;
}

/** @throws UnmixingError `host` when it draws in another way than as a stack or as slices of volumes, on the GPU */
export function checkViewport(
  viewport: Viewport,
  { version }: Cornerstone,
): Viewport {
  if (!isDrawable(viewport))
    throw new UnmixingError(
      'host',
      `invalid viewport: ${viewport.id} is of type ${viewport.type} (want stack or orthographic)`,
    );
  if (viewport.useCPURendering)
    throw new UnmixingError(
      'host',
      `invalid viewport: ${viewport.id} is drawn without a GPU (want one that is drawn with WebGL)`,
    );
  const parts = isStack(viewport) ? stackParts : [];
  refuseWithout([...viewportParts, ...parts], viewport, version);
  return viewport;
}

/** Whether layers can be drawn in it, by its type. */
export const isDrawable = ({ type }: Viewport): boolean =>
  type === 'stack' || type === 'orthographic';

function refuseWithout(
  parts: readonly string[],
  whole: unknown,
  version: string,
): void {
  const missing = parts.find((part) => at(whole, part) === undefined);
  if (missing !== undefined)
    throw new UnmixingError(
      'host',
      `This is not Cornerstone3D as the plugin knows it: ${missing} is missing in version ${version} (tested with ${testedVersion}).`,
    );
}

const versionOf = (given: unknown): string => {
  const version = at(given, 'version');
  return typeof version === 'string' ? version : 'unknown';
};

/** What lies at a path of names, or undefined. */
const at = (whole: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        value === null || value === undefined
          ? undefined
          : (value as Record<string, unknown>)[name],
      whole,
    );
