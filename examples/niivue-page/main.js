import { Niivue } from '@niivue/niivue';
import { activate } from 'stratigraph';
import { niivueHost } from 'stratigraph/hosts/niivue';

const canvas = document.querySelector('#canvas');
const panel = document.querySelector('#panel');
const file = document.querySelector('#file');
const frame = document.querySelector('#frame');
const shown = document.querySelector('#shown');

// A page as niivue's documentation makes one: an instance on a canvas. Volumes are dropped on it, or opened with the button.
const nv = new Niivue({
  crosshairWidth: 0.2,
  crosshairWidthUnit: 'percent',
  isNearestInterpolation: true,
  loadingText: 'Drop a volume here',
  logLevel: 'error',
});
await nv.attachToCanvas(canvas);
nv.setSliceType(nv.sliceTypeAxial);
window.nv = nv;

nv.addEventListener('imageLoaded', () => {
  const [{ nFrame4D }] = nv.volumes;
  frame.max = String(nFrame4D - 1);
  frame.disabled = nFrame4D < 2;
  shown.value = frame.value = '0';
});
frame.addEventListener('input', () => {
  nv.setFrame4D(nv.volumes[0].id, frame.valueAsNumber);
  shown.value = frame.value;
});
file.addEventListener('change', () => {
  if (file.files?.[0]) void nv.loadFromFile(file.files[0]);
});

// The plugin: from here …
const host = niivueHost({ nv, places: { right: panel } });
await activate(host, {
  workerUrl: new URL('../stratigraph/worker.js', import.meta.url),
  assets: new URL('../stratigraph/', import.meta.url).href,
});
// … to here.
