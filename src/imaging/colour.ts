import { UnmixingError } from '../spectral/errors.js';
import type { Rgb } from './layer.js';

/** Okabe and Ito's order of hues, tuned: 10.5, 10.5 and 7.2 apart (OKLab x 100) under protan, deutan and tritan vision. */
const fills = [
  '#41C0F6',
  '#E8A317',
  '#12B287',
  '#BA60B4',
  '#EFF052',
  '#5E7AFB',
  '#F04730',
  '#D6D3CC',
] as const;
const lightInks = [
  '#2F86DE',
  '#9F5E17',
  '#006C64',
  '#D43FA4',
  '#8C8F12',
  '#3A3CAE',
  '#931C00',
  '#303030',
] as const;

/** Colour of overlays, swatches and exports, the same in both themes. Beyond the eighth endmember colours repeat. */
export function endmemberFill(endmember: number): string {
  return fills[endmember % fills.length];
}

/** Colour of lines and bars: the fill on dark ground, a darker one on light ground. */
export function endmemberInk(
  endmember: number,
  theme: 'dark' | 'light',
): string {
  return (theme === 'dark' ? fills : lightInks)[endmember % fills.length];
}

/** The ink that goes with a fill; a colour the user chose is its own ink, darkened on light ground until it stands out. */
export function inkOf(fill: string, theme: 'dark' | 'light'): string {
  if (theme === 'dark') return fill;
  const known = fills.findIndex((f) => f === fill.toUpperCase());
  if (known >= 0) return lightInks[known];
  let colour = parseHex(fill);
  while (contrastOnWhite(colour) < 3.4)
    colour = [colour[0] * 0.9, colour[1] * 0.9, colour[2] * 0.9];
  return formatHex(colour);
}

/** Whether the colour was given before: such endmembers are told apart by dashes and hatching. */
export function repeatsColour(endmember: number): boolean {
  return endmember >= fills.length;
}

/** @throws UnmixingError `input` unless it reads #rrggbb */
export function parseHex(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex))
    throw new UnmixingError(
      'input',
      `invalid colour: ${hex} (want #rrggbb, as #41C0F6)`,
    );
  const at = (i: number): number => parseInt(hex.slice(i, i + 2), 16);
  return [at(1), at(3), at(5)];
}

/** #RRGGBB of a colour; components are rounded and held to 0…255. */
export function formatHex(colour: Rgb): string {
  return `#${Array.from(Uint8ClampedArray.from(colour), (c) =>
    c.toString(16).padStart(2, '0'),
  ).join('')}`.toUpperCase();
}

/** Contrast ratio to white (WCAG 2.2, relative luminance of sRGB). */
function contrastOnWhite(colour: Rgb): number {
  const [r, g, b] = colour.map((c) =>
    c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05);
}
