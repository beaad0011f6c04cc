import { expect } from '@open-wc/testing';
import { UnmixingController } from '../../src/elements/controller.js';
import {
  UnmixingLockEvent,
  UnmixingPixelSizeEvent,
  UnmixingRenameLayerEvent,
  UnmixingShowLayersEvent,
  UnmixingStyleEvent,
} from '../../src/elements/events.js';
import { MemoryHost } from '../fixtures/memory-host.js';
import { tinyCubeFiles } from '../fixtures/tiny-cube.js';
import { itkAssets } from '../formats/files.js';

async function pictureFile(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(6, 4);
  canvas.getContext('2d')?.fillRect(1, 1, 2, 2);
  return new File([await canvas.convertToBlob()], name);
}

describe('edits of layers', () => {
  const host = new MemoryHost();
  const controller = new UnmixingController({ host, assets: itkAssets });
  const page = document.createElement('div');
  const ids = () => controller.state.layers.map(({ id }) => id);
  const layer = (id: string) => {
    const found = controller.state.layers.find((one) => one.id === id);
    if (!found) throw new Error(`no layer ${id}`);
    return found;
  };
  let cube = '';
  let picture = '';

  before(async () => {
    localStorage.clear();
    controller.listen(page);
    await controller.open([...tinyCubeFiles(), await pictureFile('light.png')]);
    [cube, picture] = ids();
  });
  after(() => controller.dispose());

  it('show some and hide all others, in one step that is taken back at once', () => {
    page.dispatchEvent(new UnmixingShowLayersEvent([picture]));
    const visible = () => ids().filter((id) => layer(id).style.visible);
    expect(visible()).to.deep.equal([picture]);
    controller.undo();
    expect(visible()).to.deep.equal([cube, picture]);
  });

  it('name a picture', () => {
    page.dispatchEvent(new UnmixingRenameLayerEvent(picture, 'Visible light'));
    expect(layer(picture).name).to.equal('Visible light');
    controller.undo();
    expect(layer(picture).name).to.equal('light');
  });

  it('are refused of a layer that is locked, but for hiding it', () => {
    page.dispatchEvent(new UnmixingLockEvent(picture, true));
    page.dispatchEvent(new UnmixingStyleEvent(picture, { gamma: 2 }));
    page.dispatchEvent(new UnmixingRenameLayerEvent(picture, 'Other'));
    page.dispatchEvent(new UnmixingPixelSizeEvent(picture, 3));
    controller.removeLayer(picture);
    const { name, style, source } = layer(picture);
    expect([name, style.gamma, source.unit]).to.deep.equal(['light', 1, null]);
    page.dispatchEvent(new UnmixingStyleEvent(picture, { visible: false }));
    expect(layer(picture).style.visible).to.equal(false);
    page.dispatchEvent(new UnmixingStyleEvent(picture, { visible: true }));
    page.dispatchEvent(new UnmixingLockEvent(picture, false));
    expect(layer(picture).locked).to.equal(false);
  });

  it('take gamma, limits and colours to the viewer, and back', async () => {
    await controller.setDisplay({ mode: 'band', band: 1 });
    const drawn = () => host.layers.find(({ id }) => id === cube)?.style;
    expect(drawn()?.colourMap).to.equal('grey');
    for (const patch of [
      { gamma: 0.5 },
      { colourMap: 'ice' },
      { limits: [0, 0.25] },
    ] as const)
      controller.setStyle(cube, patch);
    const { gamma, colourMap, limits } = layer(cube).style;
    expect([gamma, colourMap, limits]).to.deep.equal([0.5, 'ice', [0, 0.25]]);
    for (let step = 0; step < 3; step++) controller.undo();
    expect(layer(cube).style.gamma).to.equal(1);
    expect(layer(cube).style.colourMap).to.equal('grey');
  });

  it('keep the colours of a band for the next, with limits of its own', async () => {
    await controller.setDisplay({ mode: 'band', band: 1 });
    controller.setStyle(cube, { colourMap: 'moss', gamma: 2 });
    controller.setStyle(cube, { limits: [-5, 50] });
    await controller.setDisplay({ mode: 'band', band: 2 });
    const { colourMap, gamma, limits } = layer(cube).style;
    expect([colourMap, gamma]).to.deep.equal(['moss', 2]);
    expect(limits).not.to.deep.equal([-5, 50]);
  });

  it('give a picture without a unit pixels of so many µm', () => {
    page.dispatchEvent(new UnmixingPixelSizeEvent(picture, 0.5));
    const { source, geometry } = layer(picture);
    expect([source.spacing[0], source.spacing[1], source.unit]).to.deep.equal([
      0.5,
      0.5,
      'µm',
    ]);
    expect(geometry).to.deep.equal(source);
    controller.undo();
    expect(layer(picture).source.unit).to.equal(null);
  });
});
