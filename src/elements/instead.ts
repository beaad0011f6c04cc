import type { Capability } from '../hosts/host.js';

/** A viewer that lacks nothing. */
export const everyCapability: ReadonlySet<Capability> = new Set([
  'volumes',
  'ordered-layers',
  'additive',
  'pick',
  'classes',
  'compare',
  'panel-left',
  'panel-right',
  'panel-bottom',
  'view',
]);

/** What is done in place of one capability, each a whole sentence; those about layers also stand with the overlays. */
export const insteadOf = Object.freeze({
  volumes: 'This viewer hands out no volumes: open the cube here, from a file.',
  'ordered-layers':
    'This viewer cannot order translucent layers: all abundances are blended into one.',
  additive:
    'This viewer cannot add light: with an additive overlay all abundances are blended into one.',
  pick: 'This viewer does not tell the pixel under the pointer: choose one on the map in Spectra.',
} satisfies Partial<Record<Capability, string>>);

/** What the panel takes in where the viewer has no place for it. */
const guests = [
  ['panel-left', 'the layers'],
  ['panel-bottom', 'the spectra'],
  ['view', 'the legend'],
] as const satisfies readonly (readonly [Capability, string])[];

const listed = (words: readonly string[]): string =>
  words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

/** What the panel does in place of each capability that a viewer lacks and a user would miss. */
export function insteads(
  capabilities: ReadonlySet<Capability>,
): readonly string[] {
  const { volumes, pick, additive, 'ordered-layers': order } = insteadOf;
  const lacks = (one: Capability): boolean => !capabilities.has(one);
  const here = guests.flatMap(([place, what]) => (lacks(place) ? [what] : []));
  return [
    ...(lacks('volumes') ? [volumes] : []),
    // Without an order nothing is drawn one by one, with light or without.
    ...(lacks('ordered-layers')
      ? [order]
      : lacks('additive')
        ? [additive]
        : []),
    ...(lacks('pick') ? [pick] : []),
    ...(here.length > 0
      ? [
          `This viewer has no place for ${listed(here)}: they are part of this panel.`,
        ]
      : []),
  ];
}
