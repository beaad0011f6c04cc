import { backends, presets } from '../engine/options.js';
import type { UnmixRequest } from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import type { Missing } from '../formats/opened.js';
import { checkSteps } from '../preprocess/check-steps.js';
import type { Step } from '../preprocess/steps.js';
import { axisUnits, quantities } from '../spectral/axis.js';
import type { SpectralAxis } from '../spectral/axis.js';
import type { SessionState } from './state.js';

/** Choices kept in this browser. Where storage is refused, they last as long as the page. */
const prefix = 'stratigraph.';
const here = new Map<string, string>();

export function remember(key: string, value: unknown): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(prefix + key, text);
    here.delete(key);
  } catch {
    // Refused or full: it lasts as long as the page.
    here.set(key, text);
  }
}

/** What was remembered; undefined when nothing was, or nothing that can be read. */
export function recall(key: string): unknown {
  let text: string | null | undefined = here.get(key);
  try {
    text ??= localStorage.getItem(prefix + key);
  } catch {
    // Refused: there is only the copy of this page.
  }
  if (text === null || text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A field of something remembered, if it is there. */
function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

export function rememberRequest({ preset, seed, backend }: UnmixRequest): void {
  remember('request', { preset, seed, backend });
}

export function recallRequest(): Pick<
  UnmixRequest,
  'preset' | 'seed' | 'backend'
> {
  const stored = recall('request');
  const seed = part(stored, 'seed');
  const preset = presets.find((one) => one === part(stored, 'preset'));
  const backend = backends.find((one) => one === part(stored, 'backend'));
  return {
    ...(preset ? { preset } : {}),
    ...(backend ? { backend } : {}),
    ...(typeof seed === 'number' &&
    Number.isInteger(seed) &&
    seed >= 0 &&
    seed < 2 ** 32
      ? { seed }
      : {}),
  };
}

export function recallTheme(): SessionState['theme'] {
  const stored = recall('theme');
  return stored === 'dark' || stored === 'light' ? stored : 'auto';
}

/** Keeps what the user chose where a file of this kind did not say which array is meant. */
export function rememberChoice(type: string, id: string): void {
  remember(`choice ${type}`, id);
}

export function recallChoice(type: string): unknown {
  return recall(`choice ${type}`);
}

/** Keeps what the user said of a file of this kind; the ends of its axis count for as many bands. */
export function rememberDescription(
  type: string,
  said: CubeDescription,
  bands: number,
): void {
  const { unit, quantity, ends } = said;
  const before = recall(`description ${type}`);
  remember(`description ${type}`, {
    ...(typeof before === 'object' ? before : {}),
    ...(unit && { unit }),
    ...(quantity && { quantity }),
    ...(ends && { ends, bands }),
  });
}

/** Two different numbers. */
const isEnds = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) &&
  value.length === 2 &&
  value.every(Number.isFinite) &&
  value[0] !== value[1];

/** Bands without positions are numbered from 1. */
const isNumbered = ({ values }: SpectralAxis): boolean =>
  values.every((value, i) => value === i + 1);

/**
 * What the user last said of a file of this kind, for the parts that another leaves out. The ends of the axis are taken
 * for as many bands only, and no unit for bands that stay numbered: what was said of positions is not true of them.
 */
export function recallDescription(
  missing: readonly Missing[],
  axis: SpectralAxis,
  type: string,
): {
  readonly description: CubeDescription;
  /** The parts that it answers. */
  readonly known: readonly Missing[];
} {
  const stored = recall(`description ${type}`);
  const storedEnds = part(stored, 'ends');
  const ends =
    missing.includes('axis') &&
    isEnds(storedEnds) &&
    part(stored, 'bands') === axis.values.length
      ? storedEnds
      : undefined;
  const unit =
    missing.includes('unit') && (ends || !isNumbered(axis))
      ? axisUnits.find((one) => one === part(stored, 'unit'))
      : undefined;
  const quantity = missing.includes('quantity')
    ? quantities.find((one) => one === part(stored, 'quantity'))
    : undefined;
  return {
    description: {
      ...(ends && { ends }),
      ...(unit && { unit }),
      ...(quantity && { quantity }),
    },
    known: [
      ...(ends ? (['axis'] as const) : []),
      ...(unit ? (['unit'] as const) : []),
      ...(quantity ? (['quantity'] as const) : []),
    ],
  };
}

/** Keeps a chain for the next file of this kind, without pixels chosen by hand: those are of one image. */
export function rememberChain(type: string, steps: readonly Step[]): void {
  const others = steps.filter(({ kind }) => kind !== 'chosen-pixels');
  if (others.length > 0) remember(`chain ${type}`, others);
}

export function recallChain(type: string): readonly Step[] {
  try {
    return checkSteps(recall(`chain ${type}`) ?? []);
  } catch {
    // Stored by another version: none is offered.
    return [];
  }
}
