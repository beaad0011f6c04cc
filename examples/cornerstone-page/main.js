import * as cornerstone from '@cornerstonejs/core';
import { activate } from 'stratigraph';
import { cornerstoneHost } from 'stratigraph/hosts/cornerstone';
import { imageIds, registerImages } from './images.js';

const { Enums, RenderingEngine, volumeLoader } = cornerstone;
const element = document.querySelector('#view');
const panel = document.querySelector('#panel');
const slider = document.querySelector('#slice');
const shown = document.querySelector('#shown');

// A page as the documentation of Cornerstone3D makes one: an engine, a viewport, and a volume in it.
cornerstone.init();
// As OHIF does: scripts find the viewports by it, and so does the plugin where it is given no host.
window.cornerstone = cornerstone;
registerImages(cornerstone);
const engine = new RenderingEngine('page');
engine.enableElement({
  viewportId: 'grains',
  element,
  type: Enums.ViewportType.ORTHOGRAPHIC,
  defaultOptions: { orientation: Enums.OrientationAxis.ACQUISITION },
});
const viewport = engine.getViewport('grains');
const volume = await volumeLoader.createAndCacheVolume('page:grains', {
  imageIds,
});
volume.load();
await viewport.setVolumes([{ volumeId: volume.volumeId }]);
viewport.setProperties({
  voiRange: { lower: 0, upper: 1 },
  interpolationType: Enums.InterpolationType.NEAREST,
});

const show = () => {
  viewport.jumpToWorld([0, 0, slider.valueAsNumber]);
  shown.value = slider.value;
};
slider.addEventListener('input', show);
show();
new window.ResizeObserver(() => engine.resize(true, true)).observe(element);

// The plugin: from here …
const host = cornerstoneHost({
  cornerstone,
  viewportId: 'grains',
  places: { right: panel },
});
await activate(host, {
  workerUrl: new URL('../stratigraph/worker.js', import.meta.url),
  assets: new URL('../stratigraph/', import.meta.url).href,
});
// … to here.
