import { activate } from 'stratigraph';
import { itkVtkViewerHost } from 'stratigraph/hosts/itk-vtk-viewer';

const view = document.querySelector('#view');
const panel = document.querySelector('#panel');
const file = document.querySelector('#file');

// A page as the viewer's documentation makes one, with its interface folded away.
const { createViewer, utils, version } = window.itkVtkViewer;
const viewer = await createViewer(view, { use2D: true, rotate: false });
viewer.setUICollapsed(true);
window.viewer = viewer;

file.addEventListener('change', async () => {
  const { image } = await utils.readFiles({ files: [...file.files] });
  await host.showCube(image);
});

// The plugin: from here …
const host = itkVtkViewerHost({ viewer, version, places: { right: panel } });
await activate(host, {
  workerUrl: new URL('../stratigraph/worker.js', import.meta.url),
  assets: new URL('../stratigraph/', import.meta.url).href,
});
// … to here.
