import '@kitware/vtk.js/Rendering/Profiles/Volume.js';
import vtkInteractorStyleImage from '@kitware/vtk.js/Interaction/Style/InteractorStyleImage.js';
import vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper.js';
import vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice.js';
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow.js';
import { activate } from 'stratigraph';
import { vtkHost } from 'stratigraph/hosts/vtk';
import { makeVolume } from './volume.js';

const container = document.querySelector<HTMLElement>('#view')!;
const panel = document.querySelector<HTMLElement>('#panel')!;
const slider = document.querySelector<HTMLInputElement>('#slice')!;
const shown = document.querySelector<HTMLOutputElement>('#shown')!;

// A page as vtk.js's guide makes one: a render window, and a slice of a volume in it.
const viewer = vtkGenericRenderWindow.newInstance({
  background: [0.05, 0.05, 0.05],
});
viewer.setContainer(container);
viewer
  .getInteractor()
  .setInteractorStyle(vtkInteractorStyleImage.newInstance());
const renderer = viewer.getRenderer();
const renderWindow = viewer.getRenderWindow();

const mapper = vtkImageMapper.newInstance();
mapper.setInputData(makeVolume());
mapper.setKSlice(slider.valueAsNumber);
const slice = vtkImageSlice.newInstance();
slice.setMapper(mapper);
slice.getProperty().setColorWindow(1);
slice.getProperty().setColorLevel(0.5);
renderer.addViewProp(slice);
renderer.getActiveCamera().setParallelProjection(true);
renderer.resetCamera();
new ResizeObserver(() => viewer.resize()).observe(container);

slider.addEventListener('input', () => {
  mapper.setSlice(slider.valueAsNumber);
  shown.value = slider.value;
  renderWindow.render();
});

// The plugin: from here …
const host = vtkHost({
  renderWindow,
  renderer,
  container,
  places: { right: panel },
});
await activate(host, {
  workerUrl: new URL('../stratigraph/worker.js', import.meta.url),
  assets: new URL('../stratigraph/', import.meta.url).href,
});
// … to here.
