import { networkConstantNames } from '../engine/network-constants.js';
import type { NetworkConstantName } from '../engine/network-constants.js';
import { unmixDefaults } from '../engine/options.js';
import type {
  AbundanceRule,
  Method,
  Preset,
  Scaling,
  UnmixRequest,
} from '../engine/options.js';
import { formatNumber, presetNames } from './format.js';

/** Short names of the ways to find endmembers. */
export const methodNames: Readonly<Record<Method, string>> = {
  auto: 'Auto',
  spa: 'SPA',
  vca: 'VCA',
  sivm: 'SiVM',
  nfindr: 'N-FINDR',
  'minimum-volume': 'Smallest simplex',
  archetypes: 'Archetypes',
  nmf: 'NMF',
  'mcr-als': 'MCR-ALS',
};

export const scalingNames: Readonly<Record<Scaling, string>> = {
  auto: 'Auto',
  raw: 'As measured',
  l2: 'L2',
};

export const ruleNames: Readonly<Record<AbundanceRule, string>> = {
  scaled: 'Scaled NNLS',
  nnls: 'NNLS',
  fcls: 'FCLS',
};

/** The presets that seek endmembers before anything is trained. */
export const seeks = (preset: Preset): boolean =>
  preset === 'auto' || preset === 'network';

export const trains = (preset: Preset): boolean => preset !== 'auto';

/** Constants of the network that are not the preset's, epochs aside: those have a row of their own. */
export const changedConstants = ({
  network,
}: UnmixRequest): readonly NetworkConstantName[] =>
  networkConstantNames.filter(
    (name) => name !== 'epochs' && network?.[name] !== undefined,
  );

/**
 * The request in one line.
 * @param long where nothing else tells what the first number is
 */
export function requestWords(request: UnmixRequest, long = false): string {
  const { endmembers, preset, seed, runs } = { ...unmixDefaults, ...request };
  const words = `${endmembers}${long ? ' endmembers' : ''}, ${presetNames[preset]}, seed ${formatNumber(seed)}`;
  return runs > 1 ? `${words}, ${runs} runs` : words;
}

/** What is not as usual among the options, in few words. */
export function optionWords(request: UnmixRequest): string {
  const { preset, method, scaling, abundances, fixed } = {
    ...unmixDefaults,
    ...request,
  };
  const constants = trains(preset) ? changedConstants(request).length : 0;
  return [
    seeks(preset) && method !== 'auto' ? methodNames[method] : '',
    seeks(preset) && scaling !== 'auto' ? scalingNames[scaling] : '',
    abundances === 'scaled' ? '' : ruleNames[abundances],
    fixed.length > 0 ? `${fixed.length} fixed` : '',
    constants > 0
      ? `${constants} ${constants === 1 ? 'constant' : 'constants'}`
      : '',
  ]
    .filter((words) => words !== '')
    .join(', ');
}

/** What stands in the way of the spectra that shall be held fixed; null when nothing does. */
export function fixedConflict(request: UnmixRequest): string | null {
  const { preset, method, fixed, endmembers } = {
    ...unmixDefaults,
    ...request,
  };
  if (fixed.length === 0) return null;
  if (preset !== 'auto')
    return 'Only the preset Auto holds spectra fixed: choose it, or remove them.';
  if (method !== 'auto' && method !== 'mcr-als')
    return `${methodNames[method]} holds no spectra fixed: choose Auto or MCR-ALS.`;
  return fixed.length >= endmembers
    ? `More endmembers than the ${fixed.length} that are fixed must be asked for.`
    : null;
}
