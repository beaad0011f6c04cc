import { expect } from '@open-wc/testing';
import { plotInMemory } from '../../src/elements/plot-canvas.js';

const options = { width: 300, height: 200, series: [{}, {}] };
const data: [number[], number[]] = [
  [1, 2],
  [3, 4],
];

describe('plotInMemory', () => {
  it('holds the canvas in memory, where no GPU keeps the page waiting', () => {
    const plot = plotInMemory(options, data, document.createElement('div'));
    expect(plot.ctx.getContextAttributes().willReadFrequently).to.equal(true);
    plot.destroy();
  });

  it('leaves the document as it was, also where the plot fails or another made elements', () => {
    const box = document.createElement('div');
    plotInMemory(options, data, box).destroy();
    expect(Object.hasOwn(document, 'createElement')).to.equal(false);
    const failing = {
      ...options,
      get width(): number {
        throw new Error('no width');
      },
    };
    expect(() => plotInMemory(failing, data, box)).to.throw('no width');
    expect(Object.hasOwn(document, 'createElement')).to.equal(false);

    const maker: { createElement: (tag: string) => HTMLElement } = document;
    const others = maker.createElement.bind(document);
    maker.createElement = others;
    try {
      plotInMemory(options, data, box).destroy();
      expect(maker.createElement).to.equal(others);
    } finally {
      Reflect.deleteProperty(document, 'createElement');
    }
  });
});
