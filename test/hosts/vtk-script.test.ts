import { expect } from '@open-wc/testing';
import type vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow.js';
import { findHost } from '../../src/hosts/find.js';
import type { Host } from '../../src/hosts/host.js';
import { failure } from '../fixtures/failure.js';
import { mapLayer } from '../imaging/layers.js';
import { anotherCopy, type VtkCopy } from './vtk-copy.js';

const width = 4;
const height = 3;

/** Paths of vtk.js's modules that the page has loaded besides. */
const ownCopy = (): string[] =>
  performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.includes('/@kitware/vtk.js/'));

describe('a page that loads vtk.js as a script', () => {
  let vtk: VtkCopy;
  let host: Host | null = null;
  const container = document.createElement('div');
  let viewer: ReturnType<typeof vtkGenericRenderWindow.newInstance>;

  before(async () => {
    vtk = await anotherCopy();
  });
  beforeEach(() => {
    const { Rendering, Common } = vtk;
    Object.assign(container.style, { width: '80px', height: '60px' });
    document.body.append(container);
    viewer = Rendering.Misc.vtkGenericRenderWindow.newInstance({
      background: [0, 0, 0],
    });
    viewer.setContainer(container);
    viewer.resize();
    const image = Common.DataModel.vtkImageData.newInstance();
    image.setDimensions(width, height, 6);
    image.getPointData().setScalars(
      Common.Core.vtkDataArray.newInstance({
        name: 'Scalars',
        numberOfComponents: 1,
        values: new Uint8Array(6 * width * height),
      }),
    );
    const mapper = Rendering.Core.vtkImageMapper.newInstance();
    mapper.setInputData(image);
    const slice = Rendering.Core.vtkImageSlice.newInstance();
    slice.setMapper(mapper);
    viewer.getRenderer().addViewProp(slice);
    viewer.getRenderer().getActiveCamera().setParallelProjection(true);
    viewer.getRenderer().resetCamera();
    Object.assign(window, { vtk, renderWindow: viewer.getRenderWindow() });
  });
  afterEach(() => {
    host?.dispose();
    host = null;
    viewer.delete();
    container.remove();
    for (const name of ['vtk', 'renderWindow'])
      Reflect.deleteProperty(window, name);
  });

  /** The colour in the middle of the view. */
  const middle = (): number[] => {
    viewer.getRenderWindow().render();
    const gl = container.querySelector('canvas')!.getContext('webgl2')!;
    const pixel = new Uint8Array(4);
    gl.readPixels(
      gl.drawingBufferWidth >> 1,
      gl.drawingBufferHeight >> 1,
      1,
      1,
      gl.RGBA,
      gl.UNSIGNED_BYTE,
      pixel,
    );
    return [...pixel.subarray(0, 3)];
  };

  /** A layer is drawn, changes, hides and goes. */
  const expectFollowed = async (drawing: Host): Promise<void> => {
    const values = Array<number>(width * height).fill(1);
    const layer = mapLayer(values, { colour: [255, 0, 0], opacity: 1 }, width);
    const drawn = await drawing.addLayer(layer);
    expect(middle()).to.deep.equal([255, 0, 0]);
    const style = { ...layer.style, colour: [0, 0, 255] as const };
    await drawn.update({ ...layer, style });
    expect(middle()).to.deep.equal([0, 0, 255]);
    await drawn.update({ ...layer, style: { ...style, visible: false } });
    expect(middle()).to.deep.equal([0, 0, 0]);
    await drawn.update({ ...layer, style });
    expect(middle()).to.deep.equal([0, 0, 255]);
    await drawn.remove();
    expect(middle()).to.deep.equal([0, 0, 0]);
  };

  it('is found, drawn in by its own copy, follows changes, and loads no second one', async () => {
    host = await findHost();
    expect(await host.volumes()).to.have.length(1);
    await expectFollowed(host);
    expect(ownCopy()).to.deep.equal([]);
  });

  it('is drawn in by the copy of the plugin when its own is not on window, and follows changes, too', async () => {
    Reflect.deleteProperty(window, 'vtk');
    host = await findHost();
    await expectFollowed(host);
    expect(ownCopy()).not.to.deep.equal([]);
  });

  it('is refused untouched when a class is missing that layers are drawn with', async () => {
    const Core = { ...vtk.Rendering.Core, vtkImageSlice: undefined };
    Object.assign(window, {
      vtk: { ...vtk, Rendering: { ...vtk.Rendering, Core } },
    });
    const renderers = viewer.getRenderWindow().getRenderers().length;
    const error = await failure(findHost());
    expect(error).to.have.property('tag', 'host');
    expect(error.message).to.include('Rendering.Core.vtkImageSlice is missing');
    expect(viewer.getRenderWindow().getRenderers().length).to.equal(renderers);
  });
});
