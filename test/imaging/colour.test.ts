import { expect } from '@open-wc/testing';
import {
  endmemberFill,
  endmemberInk,
  formatHex,
  inkOf,
  parseHex,
  repeatsColour,
} from '../../src/imaging/colour.js';

/** Relative luminance and contrast ratio of WCAG 2.2. */
const luminance = (hex: string): number => {
  const [r, g, b] = parseHex(hex).map((c) =>
    c <= 10 ? c / 3294 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe('endmember colours', () => {
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];

  it('stand out from the dark and the light surface, and carry a dark numeral', () => {
    for (const i of eight) {
      expect(contrast(endmemberFill(i), '#181818')).to.be.at.least(4.5);
      expect(contrast(endmemberInk(i, 'light'), '#FCFCFC')).to.be.at.least(3.3);
      expect(contrast(endmemberFill(i), '#111111')).to.be.at.least(4.8);
    }
  });

  it('differ up to the eighth, then repeat and say so', () => {
    expect(new Set(eight.map(endmemberFill)).size).to.equal(8);
    expect(endmemberFill(9)).to.equal(endmemberFill(1));
    expect(eight.some(repeatsColour)).to.equal(false);
    expect(repeatsColour(8)).to.equal(true);
  });

  it('give the ink of a fill, and darken a colour of the user until it stands out on light', () => {
    expect(inkOf(endmemberFill(4).toLowerCase(), 'light')).to.equal(
      endmemberInk(4, 'light'),
    );
    expect(inkOf('#ffee99', 'dark')).to.equal('#ffee99');
    expect(contrast(inkOf('#FFEE99', 'light'), '#FFFFFF')).to.be.at.least(3.3);
    expect(inkOf('#202020', 'light')).to.equal('#202020');
  });
});

describe('hex colours', () => {
  it('come back as they went in', () => {
    expect(parseHex('#12B287')).to.deep.equal([18, 178, 135]);
    expect(formatHex([18, 178, 135])).to.equal('#12B287');
    expect(formatHex([-4, 300, 15.6])).to.equal('#00FF10');
  });

  it('are refused in any other form', () => {
    for (const wrong of ['#fff', '12B287', '#12B28G', 'red'])
      expect(() => parseHex(wrong)).to.throw(`invalid colour: ${wrong}`);
  });
});
