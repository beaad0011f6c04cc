import { backends, presets } from '../engine/options.js';
import type { UnmixRequest } from '../engine/options.js';
import type { Missing } from '../formats/opened.js';
import { axisUnits, quantities } from '../spectral/axis.js';
import type { AxisUnit, Quantity, SpectralAxis } from '../spectral/axis.js';
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
  const preset = presets.find((known) => known === part(stored, 'preset'));
  const backend = backends.find((known) => known === part(stored, 'backend'));
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

export function rememberDescription({ unit, quantity }: SpectralAxis): void {
  remember('description', { unit, quantity });
}

/** Bands without positions are numbered from 1. */
const isNumbered = ({ values }: SpectralAxis): boolean =>
  values.every((value, i) => value === i + 1);

/**
 * What the user last said of a file, for the parts that another leaves out. A unit is not taken for bands that are only
 * numbered: what was said of positions is not true of them.
 */
export function recallDescription(
  missing: readonly Missing[],
  axis: SpectralAxis,
): {
  readonly description: {
    readonly unit?: AxisUnit;
    readonly quantity?: Quantity;
  };
  readonly answered: readonly ('unit' | 'quantity')[];
} {
  const stored = recall('description');
  const unit =
    missing.includes('unit') && !isNumbered(axis)
      ? axisUnits.find((known) => known === part(stored, 'unit'))
      : undefined;
  const quantity = missing.includes('quantity')
    ? quantities.find((known) => known === part(stored, 'quantity'))
    : undefined;
  return {
    description: {
      ...(unit ? { unit } : {}),
      ...(quantity ? { quantity } : {}),
    },
    answered: [
      ...(unit ? (['unit'] as const) : []),
      ...(quantity ? (['quantity'] as const) : []),
    ],
  };
}
