import type { Rgb } from './layer.js';

/**
 * `grey`, `heat`, `ice` and `moss`: from dark to bright, for what is never negative. `balance`: from blue over grey to orange, for
 * what has a sign.
 */
export const ramps = ['grey', 'heat', 'ice', 'moss', 'balance'] as const;

export type Ramp = (typeof ramps)[number];

/**
 * Lightness, chroma and hue (turns) of a place 0 to 1 on a ramp, in OKLCh: lightness rises evenly, so greys print alike and steps
 * are told apart by it alone, whichever hues an eye takes for one.
 */
const places: Readonly<
  Record<
    Exclude<Ramp, 'grey'>,
    (t: number) => readonly [number, number, number]
  >
> = {
  // From violet over red to yellow.
  heat: (t) => [
    0.24 + 0.7 * t,
    0.08 + 0.36 * t * (1 - t) + 0.06 * t,
    0.83 + 0.47 * t,
  ],
  // From navy over blue to a cold white.
  ice: (t) => [
    0.2 + 0.76 * t,
    0.03 + 0.34 * t * (1 - t) * (1 - 0.25 * t),
    0.75 - 0.2 * t,
  ],
  // From a dark green to a pale yellow.
  moss: (t) => [
    0.2 + 0.76 * t,
    0.03 + 0.34 * t * (1 - t) + 0.05 * t,
    0.48 - 0.18 * t,
  ],
  balance: (t) => {
    const away = Math.abs(2 * t - 1);
    return [0.9 - 0.28 * away, 0.15 * away, t < 0.5 ? 0.7 : 0.15];
  },
};

/** OKLab to sRGB (Ottosson 2020); what lies outside is held to the nearest that a screen can show. */
function toRgb([lightness, chroma, hue]: readonly [
  number,
  number,
  number,
]): Rgb {
  const a = chroma * Math.cos(2 * Math.PI * hue);
  const b = chroma * Math.sin(2 * Math.PI * hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const encode = (linear: number): number => {
    const c = Math.min(1, Math.max(0, linear));
    return Math.round(
      255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055),
    );
  };
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const steps = 256;
const tables = new Map<Ramp, readonly Rgb[]>();

/** Grey is even in the levels of the screen, as every viewer shows it. */
const colourOf = (ramp: Ramp, t: number): Rgb =>
  ramp === 'grey'
    ? [Math.round(255 * t), Math.round(255 * t), Math.round(255 * t)]
    : toRgb(places[ramp](t));

/** Colours of a ramp at 256 places, evenly from 0 to 1. */
export function rampColours(ramp: Ramp): readonly Rgb[] {
  let table = tables.get(ramp);
  if (!table) {
    table = Array.from({ length: steps }, (_, i) =>
      colourOf(ramp, i / (steps - 1)),
    );
    tables.set(ramp, table);
  }
  return table;
}

/** Colour at a place 0 to 1 on a ramp. */
export function rampColour(ramp: Ramp, t: number): Rgb {
  return rampColours(ramp)[
    Math.round((steps - 1) * Math.min(1, Math.max(0, t)))
  ];
}
