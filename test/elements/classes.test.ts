import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { classesEntry, followClasses } from '../../src/elements/class-entry.js';
import '../../src/elements/layers.js';
import type { UnmixingLayers } from '../../src/elements/layers.js';
import type { UnmixingLegend } from '../../src/elements/legend.js';
import type { UnmixingMaps } from '../../src/elements/maps-list.js';
import '../../src/elements/maps-list.js';
import type { LayerEntry, SessionState } from '../../src/elements/state.js';
import { renderLayer } from '../../src/imaging/render.js';
import { heard } from '../fixtures/heard.js';
import { sessions } from '../fixtures/sessions.js';

const { done } = sessions();
const { unmixing, cube } = done;
if (!unmixing || cube.state !== 'ready') throw new Error('not done');
const entry = classesEntry('cube-1', unmixing, done, cube.summary);
const imageOf = ({ image }: LayerEntry) => {
  if (image.kind !== 'classes') throw new Error(`a ${image.kind}`);
  return image;
};

describe('the layer of classes', () => {
  it('has names and colours of the endmembers, and is drawn in them', () => {
    const { names, colours, classes } = imageOf(entry);
    expect(names).to.deep.equal(unmixing.names);
    expect(colours[0]).to.deep.equal([0x41, 0xc0, 0xf6]);
    const { data } = renderLayer(entry);
    const first = classes.indexOf(1);
    expect(Array.from(data.slice(4 * first, 4 * first + 4))).to.deep.equal([
      ...colours[0],
      255,
    ]);
    const none = classes.indexOf(0);
    if (none >= 0) expect(data[4 * none + 3]).to.equal(0);
  });

  it('follows names, colours and threshold, and is the same where nothing changed', () => {
    const [same] = followClasses([entry], () => done);
    expect(same).to.equal(entry);
    const renamed = followClasses([entry], () => ({
      ...done,
      unmixing: { ...unmixing, names: unmixing.names.with(1, 'Gypsum') },
    }))[0];
    expect(imageOf(renamed).names[1]).to.equal('Gypsum');
    expect(imageOf(renamed).classes).to.equal(imageOf(entry).classes);
    const recoloured = followClasses([entry], () => ({
      ...done,
      colours: done.colours.with(0, '#010203'),
    }))[0];
    expect(imageOf(recoloured).colours[0]).to.deep.equal([1, 2, 3]);
    const strict = followClasses([entry], () => ({
      ...done,
      classThreshold: 1,
    }))[0];
    expect(Math.max(...imageOf(strict).classes)).to.equal(0);
  });

  it('leaves other layers alone', () => {
    const { layers } = done;
    expect(followClasses(layers, () => done)).to.deep.equal(layers);
  });
});

describe('classes on screen', () => {
  const session: SessionState = { ...done, layers: [entry, ...done.layers] };

  it('are added from the menu of maps, and their least share is set beside them', async () => {
    const maps = await fixture<UnmixingMaps>(
      html`<unmixing-maps
        .unmixing=${unmixing}
        .layers=${session.layers}
        .threshold=${0.5}
      ></unmixing-maps>`,
    );
    await expect(maps).to.be.accessible();
    const menu = maps.shadowRoot?.querySelector('unmixing-menu');
    const item = Array.from(
      menu?.shadowRoot?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [],
    ).find(({ textContent }) => textContent.trim() === 'Classes');
    const added = heard(maps, 'unmixing-add-map');
    item?.click();
    expect((await added).map).to.equal('classes');
    const range =
      maps.shadowRoot?.querySelector<HTMLInputElement>('input[type=range]');
    if (!range) throw new Error('no slider');
    const asked = heard(maps, 'unmixing-class-threshold');
    range.value = '70';
    range.dispatchEvent(new Event('input'));
    expect((await asked).share).to.equal(0.7);
  });

  it('stand in the legend with all materials, also those whose maps are hidden', async () => {
    const legend = await fixture<UnmixingLegend>(
      html`<unmixing-legend
        .session=${{ ...session, layers: [entry] }}
      ></unmixing-legend>`,
    );
    const items = Array.from(
      legend.shadowRoot?.querySelectorAll('li') ?? [],
      ({ textContent }) => textContent.replace(/\s+/g, ' ').trim(),
    );
    expect(items).to.deep.equal([
      '1 Endmember 1',
      '2 Endmember 2',
      '3 Endmember 3',
      'Classes at least 50 %',
    ]);
  });

  it('have no sampling and no contrast among their properties', async () => {
    const layers = await fixture<UnmixingLayers>(
      html`<unmixing-layers .session=${session}></unmixing-layers>`,
    );
    const line = () =>
      layers.shadowRoot?.querySelector<HTMLElement>(
        "li[data-layer$='classes'] .name",
      );
    await waitUntil(line, 'lines are there');
    line()?.click();
    await layers.updateComplete;
    await customElements.whenDefined('unmixing-layer-properties');
    const element = layers.shadowRoot?.querySelector(
      'unmixing-layer-properties',
    );
    await element?.updateComplete;
    const properties = element?.shadowRoot;
    expect(properties?.textContent).to.include('classes');
    expect(properties?.querySelector('#sampling')).to.equal(null);
    expect(properties?.querySelector('unmixing-contrast')).to.equal(null);
    await expect(layers).to.be.accessible();
  });
});
