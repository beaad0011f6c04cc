// The section itself, at any point in µm: which material lies there. x runs right, y down; (0, 0) is the corner of the cube.
import { grainField, randomSource, smoothField } from './chance.mjs';
import { materials } from './materials.mjs';

const index = Object.fromEntries(
  materials.map(({ name }, i) => [name.toLowerCase(), i]),
);
const [gypsum, glue, leadWhite, leadSoap, azurite, oil] = [
  'gypsum',
  'protein glue',
  'lead white',
  'lead soap',
  'azurite',
  'drying oil',
].map((name) => index[name]);

// Depth of each boundary as a share of the cube's height, and how much it waves, µm.
const boundaries = [
  { depth: -0.13, wave: 3.2, seed: 11 }, // surface
  { depth: 0.15, wave: 3.4, seed: 12 }, // glaze over paint
  { depth: 0.44, wave: 4.2, seed: 13 }, // paint over priming
  { depth: 0.68, wave: 3.6, seed: 14 }, // priming over glue
  { depth: 0.81, wave: 3.4, seed: 15 }, // glue over ground
  { depth: 1.15, wave: 6, seed: 16 }, // broken lower edge of the ground
];

/** Grains scattered between two depths: place, radius, and how flat it is. */
function scatter(random, count, from, to, radius, [left, right]) {
  return Array.from({ length: count }, (_, i) => ({
    x: left + (right - left) * ((i + random.uniform()) / count),
    along: from + (to - from) * random.uniform(),
    radius: radius[0] + (radius[1] - radius[0]) * random.uniform() ** 2,
    squeeze: 0.75 + 0.5 * random.uniform(),
  }));
}

/**
 * Lays out one section.
 * @param height of the cube's field of view, µm
 * @param width likewise
 * @param margin how far the section is looked at around the cube, µm
 */
export function makeSection({ width, height, margin, seed }) {
  const random = randomSource(seed);
  const lines = boundaries.map(({ depth, wave, seed: own }) => {
    const slow = smoothField(seed + own, 46);
    const fast = grainField(seed + 7 * own, 9, 3);
    return (x) =>
      depth * height -
      0.045 * (x - width / 2) + // the layers dip gently
      wave * slow(x, 0) +
      0.9 * fast(x, 40);
  });
  const span = [-margin, width + margin];
  const density = (span[1] - span[0]) / 100; // grains are counted for each 100 µm
  const count = (n) => Math.round(n * density);
  const grains = [
    {
      of: azurite,
      layer: 1,
      grains: scatter(random, count(44), 0.08, 0.92, [1.6, 5], span),
    },
    {
      of: leadSoap,
      layer: 2,
      grains: scatter(random, count(9), 0.2, 0.8, [2.6, 5.6], span),
    },
    {
      of: leadWhite,
      layer: 1,
      grains: scatter(random, count(7), 0.3, 0.95, [0.7, 1.6], span),
    },
    {
      of: azurite,
      layer: 2,
      grains: scatter(random, count(4), 0.05, 0.5, [0.6, 1.3], span),
    },
    {
      of: gypsum,
      layer: 4,
      grains: scatter(random, count(60), 0, 1, [1.2, 4.6], span),
    },
  ];
  for (const kind of grains)
    for (const grain of kind.grains) {
      const top = lines[kind.layer](grain.x);
      grain.y = top + grain.along * (lines[kind.layer + 1](grain.x) - top);
    }
  const outline = grainField(seed + 71, 3.2, 3);
  const rich = grainField(seed + 72, 8, 3); // where the medium is richer
  const edge = grainField(seed + 73, 2.4, 3);

  const grainAt = (x, y, layer) => {
    for (const kind of grains) {
      if (kind.layer !== layer) continue;
      for (const grain of kind.grains) {
        const dx = x - grain.x;
        const dy = (y - grain.y) * grain.squeeze;
        const distance = dx * dx + dy * dy;
        if (distance > (1.5 * grain.radius) ** 2) continue;
        const reach = grain.radius * (1 + 0.5 * outline(x, y));
        if (distance < reach * reach) return kind.of;
      }
    }
    return null;
  };

  /** Shares of the matrix of each layer, as pairs of material and share; they sum to one. */
  const matrixAt = (x, y, layer) => {
    const r = Math.max(0, Math.min(1, 0.5 + rich(x, y)));
    if (layer === 0) return [[oil, 1]];
    if (layer === 1)
      return [
        [oil, 0.42 + 0.3 * r],
        [azurite, 0.58 - 0.3 * r],
      ];
    if (layer === 2) {
      const medium = Math.max(0, 0.42 * r - 0.1);
      return [
        [leadWhite, 1 - medium],
        [oil, medium],
      ];
    }
    if (layer === 3) return [[glue, 1]];
    const size = Math.max(0, 0.5 * r - 0.08);
    return [
      [gypsum, 1 - size],
      [glue, size],
    ];
  };

  return {
    /** Where the layers begin at x, from the top, and where the last one ends; µm. */
    depthsAt: (x) => lines.map((line) => line(x)),

    /** Shares of the materials at a point, into `shares`; false outside the section, in the resin. */
    sharesAt(x, y, depths, shares) {
      shares.fill(0);
      const depth = y + 0.5 * edge(x, y);
      const layer = depths.findLastIndex((top) => depth >= top);
      if (layer < 0 || layer === depths.length - 1) return false;
      const grain = grainAt(x, y, layer);
      if (grain !== null) shares[grain] = 1;
      else
        for (const [material, share] of matrixAt(x, y, layer))
          shares[material] += share;
      return true;
    },
  };
}
