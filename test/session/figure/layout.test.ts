import { expect } from '@open-wc/testing';
import { gridOf } from '../../../src/session/figure/grid.js';
import { layOut } from '../../../src/session/figure/layout.js';
import type { Mark } from '../../../src/session/figure/marks.js';
import { wrap } from '../../../src/session/figure/wrap.js';
import {
  entry,
  figure,
  measure,
  panel,
  placed,
  raster,
  whole,
} from './made.js';

const type = { size: 11, bold: false };
const grey = raster(40, 20, () => [90, 90, 90, 255]);

/** All marks, those in clips, too. */
const flatten = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) =>
    mark.kind === 'clip' ? [mark, ...flatten(mark.marks)] : [mark],
  );
const textsOf = (marks: readonly Mark[]) =>
  flatten(marks).flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
const linesOf = (marks: readonly Mark[]) =>
  flatten(marks).flatMap((mark) => (mark.kind === 'line' ? [mark] : []));

describe('lines of text', () => {
  it('break between words, and fit', () => {
    const lines = wrap('one two  three\nfour', 6 * 9, type, measure);
    expect(lines).to.deep.equal(['one two', 'three', 'four']);
  });

  it('break inside a word that alone is too wide, and never at a space that holds', () => {
    expect(wrap('abcdefgh', 6 * 3, type, measure)).to.deep.equal([
      'abc',
      'def',
      'gh',
    ]);
    expect(wrap('a 10\u00a0%', 6 * 4, type, measure)).to.deep.equal([
      'a',
      '10\u00a0%',
    ]);
    expect(wrap('', 60, type, measure)).to.deep.equal([]);
  });
});

describe('the grid of panels', () => {
  it('gives one panel all the width, and a tall one as much height as is left to it', () => {
    expect(gridOf(1, { width: 2, height: 1 }, 424)).to.include({
      columns: 1,
      width: 400,
      height: 200,
    });
    const tall = gridOf(1, { width: 1, height: 4 }, 424);
    expect(tall.height).to.equal(440);
    expect(tall.width).to.equal(110);
  });

  it('puts several in columns that leave a sheet about as wide as a page, none narrower than 150', () => {
    const seven = gridOf(7, { width: 2, height: 1 }, 692);
    expect(seven.columns).to.be.within(2, 4);
    for (let panels = 1; panels <= 32; panels++)
      for (const width of [336, 692, 1280]) {
        const grid = gridOf(panels, { width: 3, height: 2 }, width);
        expect(grid.width).to.be.at.least(150);
        const across = grid.columns * (grid.width + grid.gap) - grid.gap;
        expect(across).to.be.at.most(grid.room + 1e-9);
      }
  });
});

describe('a figure, laid out', () => {
  it('draws a scale bar as long as its length on the image', () => {
    const { marks } = layOut(
      figure({
        panels: [panel([placed(grey)])],
        scale: { length: 10, label: '10 µm' },
      }),
      measure,
    );
    const [bar] = linesOf(marks);
    // 40 units of the world take the 400 pixels between the margins.
    expect(bar.to[0] - bar.from[0]).to.be.closeTo(100, 1e-9);
    expect(bar.to[0]).to.be.below(412);
    expect(textsOf(marks)[0].text).to.equal('10 µm');
  });

  it('puts images where their map of the plane does, from the corner of the extent', () => {
    const at = [2, 0.5, 3, -0.25, 1, 7] as const;
    const extent = { x: 10, y: -5, width: 100, height: 50 };
    const { marks } = layOut(
      figure({ panels: [panel([placed(grey, { at })], { extent })] }),
      measure,
    );
    const [image] = flatten(marks).flatMap((mark) =>
      mark.kind === 'image' ? [mark] : [],
    );
    // Four pixels to the unit, and the margin of 12 before the panel.
    const wanted = [8, 2, 12 + 4 * (3 - 10), -1, 4, 12 + 4 * (7 + 5)];
    image.at.forEach((value, i) =>
      expect(value).to.be.closeTo(wanted[i], 1e-9),
    );
  });

  it('keeps the order of the legend, numbers in dark on their colour, and no text beyond the margins', () => {
    const long =
      'a name that nobody would give but that somebody pastes '.repeat(9);
    const legend = [
      entry(1, 'Calcite'),
      entry(2, long),
      entry(3, 'x'.repeat(200)),
    ];
    const caption = 'Said of it. '.repeat(40);
    const { marks, width, height } = layOut(
      figure({ panels: [panel([placed(grey)])], legend, caption }),
      measure,
    );
    const texts = textsOf(marks);
    const numbers = texts.filter(({ text }) => /^\d$/.test(text));
    expect(numbers.map(({ text }) => text)).to.deep.equal(['1', '2', '3']);
    expect(numbers.every(({ paint }) => paint.colour === '#111111')).to.equal(
      true,
    );
    for (const text of texts) {
      const wide = measure(text.text, text);
      const left = text.anchor === 'middle' ? text.x - wide / 2 : text.x;
      expect(left).to.be.at.least(12);
      expect(left + wide).to.be.at.most(width - 12 + 1e-6);
      expect(text.y).to.be.within(12, height - 12);
    }
    const said = texts
      .slice(-20)
      .map(({ text }) => text)
      .join(' ');
    expect(said).to.contain(caption.trim().slice(-100));
  });

  it('puts the legend beside a tall panel', () => {
    const tall = raster(10, 60, () => [0, 0, 0, 255]);
    const { marks } = layOut(
      figure({
        panels: [panel([placed(tall)])],
        legend: [entry(1, 'Calcite')],
      }),
      measure,
    );
    const name = textsOf(marks).find(({ text }) => text === 'Calcite');
    expect(name?.y).to.be.below(40);
    expect(name?.x).to.be.above(85);
  });

  it('cuts the stacks of a comparison to their parts, marks where they meet, and names each', () => {
    const stack = (x: number, width: number, tag: string) => ({
      images: [placed(grey)],
      part: { ...whole, x, width },
      opacity: 1,
      tag,
    });
    const { marks } = layOut(
      figure({
        panels: [
          panel([placed(grey)], {
            stacks: [stack(0, 0.25, 'Micrograph'), stack(0.25, 0.75, 'Maps')],
          }),
        ],
      }),
      measure,
    );
    const clips = flatten(marks).flatMap((mark) =>
      mark.kind === 'clip' ? [[mark.x, mark.width]] : [],
    );
    expect(clips).to.deep.equal([
      [12, 400],
      [12, 100],
      [112, 300],
    ]);
    expect(linesOf(marks).every(({ from }) => from[0] === 112)).to.equal(true);
    expect(textsOf(marks).map(({ text }) => text)).to.deep.equal([
      'Micrograph',
      'Maps',
    ]);
  });

  it('draws no page when it shall be transparent, and dark letters', () => {
    const theme = 'transparent' as const;
    const { marks } = layOut(
      figure({ panels: [panel([placed(grey)])], theme, caption: 'Words' }),
      measure,
    );
    expect(marks.some(({ kind }) => kind === 'rectangle')).to.equal(false);
    expect(textsOf(marks)[0].paint.colour).to.equal('#505050');
  });
});
