import { expect } from '@open-wc/testing';
import { layOut } from '../../../src/session/figure/layout.js';
import { writeSvg } from '../../../src/session/figure/svg.js';
import { entry, figure, measure, panel, placed, raster } from './made.js';

const hostile = `</text><script>alert(1)</script>"'&<foreignObject>\u0000\u0008\ud800]]>`;
const png = (): string => 'data:image/png;base64,iVBORw0KGgo=';

const written = (name: string): Document => {
  const grey = raster(4, 2, () => [9, 9, 9, 255]);
  const drawing = layOut(
    figure({
      name,
      panels: [1, 2].map((number) =>
        panel([placed(grey)], { title: entry(number, name) }),
      ),
      legend: [{ ...entry(3, name, '#41C0F6'), detail: name }],
      scale: { length: 1, label: name },
      caption: name,
    }),
    measure,
  );
  return new DOMParser().parseFromString(
    writeSvg(drawing, png),
    'image/svg+xml',
  );
};

describe('a figure as SVG', () => {
  it('is well-formed whatever names hold, and keeps them as text', () => {
    const svg = written(hostile);
    expect(svg.querySelector('parsererror')).to.equal(null);
    expect(svg.querySelector('title')?.textContent).to.equal(
      `</text><script>alert(1)</script>"'&<foreignObject>]]>`,
    );
    expect(svg.querySelector('desc')?.textContent).to.contain('<script>');
    for (const never of ['script', 'foreignObject', 'a', 'style', 'iframe'])
      expect(svg.getElementsByTagName(never).length).to.equal(0);
  });

  it('asks for nothing: links lead to its own parts or to images that it holds, and no attribute runs anything', () => {
    const svg = written('Maps');
    const ids = Array.from(svg.querySelectorAll('[id]'), ({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const element of svg.querySelectorAll('*'))
      for (const { name, value } of element.attributes) {
        expect(name).not.to.match(/^on/i);
        if (name === 'href')
          expect(
            value.startsWith('data:image/png;base64,') ||
              ids.includes(value.slice(1)),
          ).to.equal(true);
        const link = /url\(#(.*)\)/.exec(value)?.[1];
        if (link) expect(ids).to.include(link);
      }
  });

  it('holds an image once, however often it is drawn', () => {
    const svg = written('Maps');
    expect(svg.querySelectorAll('image').length).to.equal(1);
    expect(svg.querySelectorAll('use').length).to.equal(2);
    expect(svg.querySelectorAll('text').length).to.be.greaterThan(5);
  });
});
