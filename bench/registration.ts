// Errors of automatic registration on two phantoms whose true placement is known:
//   npm run bench:registration -- --kinds similarity,affine --pictures blend,Azurite --starts 10
// Starts are off by up to 10 degrees, 10 % of size (rigid: none) and 15 pixels of the cube; "nothing" is without a start.
import { parseArgs } from 'node:util';
import { runRegistration } from '../src/imaging/registration/auto-run.js';
import type { GreyImage } from '../src/imaging/registration/auto-types.js';
import { blendOf, greyOf } from '../src/imaging/registration/grey.js';
import type { RegistrationKind } from '../src/imaging/registration/kind.js';
import { makePhantom } from './phantoms.js';
import {
  type RegistrationCase,
  farthestOff,
  readCase,
  seededStart,
} from './registration-cases.js';

const { values } = parseArgs({
  options: {
    sets: { type: 'string', default: 'clean,contaminated' },
    kinds: { type: 'string', default: 'rigid,similarity,affine' },
    pictures: { type: 'string', default: 'all' },
    channel: { type: 'string', default: 'luminance' },
    starts: { type: 'string', default: '10' },
  },
});
/** Error that counts as found, in pixels of the cube. */
const found = 1.5;
const starts = Number(values.starts);

const isKind = (name: string): name is RegistrationKind =>
  ['rigid', 'similarity', 'affine'].includes(name);
const channel = (
  ['luminance', 'principal', 'red', 'green', 'blue'] as const
).find((one) => one === values.channel);
if (!channel) throw new Error(`invalid channel: ${values.channel}`);

async function errorsOf(
  one: RegistrationCase,
  moving: GreyImage,
  kind: RegistrationKind,
  seeds: readonly (number | null)[],
): Promise<{ errors: number[]; seconds: number }> {
  const fixed = greyOf(one.micrograph, channel ?? 'luminance');
  const errors: number[] = [];
  const began = performance.now();
  for (const seed of seeds) {
    const start =
      seed === null ? null : seededStart(one, seed, kind === 'rigid');
    const { map } = await runRegistration(moving, fixed, start, {
      kind,
      seed: seed ?? 1,
    });
    errors.push(farthestOff(one, map));
  }
  return {
    errors: errors.sort((a, b) => a - b),
    seconds: (performance.now() - began) / 1000 / seeds.length,
  };
}

function line(label: string, errors: readonly number[], seconds: number): void {
  const good = errors.filter((error) => error <= found).length;
  console.log(
    [
      label.padEnd(44),
      `${good}/${errors.length}`.padStart(6),
      errors[errors.length >> 1].toFixed(2).padStart(8),
      errors[errors.length - 1].toFixed(2).padStart(8),
      seconds.toFixed(1).padStart(8),
    ].join(' '),
  );
}

console.log(
  `${'set, picture of the cube, kind'.padEnd(44)}  found   median    worst  seconds`,
);
for (const name of values.sets.split(',')) {
  const made = makePhantom(name);
  if ('missing' in made) {
    console.log(`${name}: left out, there is no ${made.missing}`);
    continue;
  }
  const one = await readCase(made.folder);
  const pictures = new Map([
    ['blend', blendOf(one.maps)],
    ...one.names.map((material, k) => [material, one.maps[k]] as const),
  ]);
  const chosen =
    values.pictures === 'all'
      ? [...pictures.keys()]
      : values.pictures.split(',').filter((picture) => pictures.has(picture));
  for (const picture of chosen)
    for (const kind of values.kinds.split(',').filter(isKind)) {
      const moving = pictures.get(picture) ?? one.maps[0];
      const seeds = Array.from({ length: starts }, (_, i) => i + 1);
      const near = await errorsOf(one, moving, kind, seeds);
      line(`${name}, ${picture}, ${kind}`, near.errors, near.seconds);
      const far = await errorsOf(one, moving, kind, [null]);
      line(
        `${name}, ${picture}, ${kind}, from nothing`,
        far.errors,
        far.seconds,
      );
    }
}
