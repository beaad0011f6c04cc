import {
  networkConstantNames,
  wantedConstant,
} from '../engine/network-constants.js';
import {
  abundanceRules,
  backends,
  methods,
  presets,
  scalings,
} from '../engine/options.js';
import type { UnmixRequest } from '../engine/options.js';
import type { CubeDescription } from '../engine/protocol.js';
import type { Missing } from '../formats/opened.js';
import { checkSteps } from '../preprocess/check-steps.js';
import type { Step } from '../preprocess/steps.js';
import { defaultClassThreshold } from '../session/classes.js';
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

/** Keeps the choices that are not of one image. */
export function rememberRequest(request: UnmixRequest): void {
  const { preset, method, scaling, abundances, runs } = request;
  const { seed, backend, network } = request;
  remember('request', {
    ...{ preset, method, scaling, abundances, runs },
    ...{ seed, backend, network },
  });
}

const isWhole = (
  value: unknown,
  least: number,
  most: number,
): value is number =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= least &&
  value <= most;

/** The choices as they were kept; what another version kept and this one does not know is left out. */
export function recallRequest(): Partial<UnmixRequest> {
  const stored = recall('request');
  const oneOf = <T extends string>(name: string, known: readonly T[]) =>
    known.find((one) => one === part(stored, name));
  const seed = part(stored, 'seed');
  const runs = part(stored, 'runs');
  const preset = oneOf('preset', presets);
  const method = oneOf('method', methods);
  const scaling = oneOf('scaling', scalings);
  const abundances = oneOf('abundances', abundanceRules);
  const backend = oneOf('backend', backends);
  const network = Object.fromEntries(
    networkConstantNames
      .map((name) => [name, part(part(stored, 'network'), name)] as const)
      .filter(([name, value]) => wantedConstant(name, value) === null),
  );
  return {
    ...(preset && { preset }),
    ...(method && { method }),
    ...(scaling && { scaling }),
    ...(abundances && { abundances }),
    ...(backend && { backend }),
    ...(isWhole(seed, 0, 2 ** 32 - 1) && { seed }),
    ...(isWhole(runs, 1, 50) && { runs }),
    ...(Object.keys(network).length > 0 && { network }),
  };
}

export function recallClassThreshold(): number {
  const stored = recall('class threshold');
  return typeof stored === 'number' && stored >= 0 && stored <= 1
    ? stored
    : defaultClassThreshold;
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
