import { type Capability, capabilities } from '../hosts/host.js';

/** A viewer that lacks nothing. */
export const everyCapability: ReadonlySet<Capability> = new Set(capabilities);

/** What is done in place of one capability, each a whole sentence; those about layers also stand with the overlays. */
export const insteadOf = Object.freeze({
  volumes: 'This viewer hands out no volumes: open the cube here, from a file.',
  'ordered-layers':
    'This viewer cannot order translucent layers: all abundances are blended into one.',
  additive:
    'This viewer cannot add light: with an additive overlay all abundances are blended into one.',
  pick: 'This viewer does not tell the pixel under the pointer: choose one on the map in Spectra.',
} satisfies Partial<Record<Capability, string>>);

/** A, b and c. */
const listed = (words: readonly string[]): string =>
  words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;

/** Where that stands for which the viewer has no place. The legend goes with the layers, wherever those are. */
function placed(lacks: (one: Capability) => boolean): string[] {
  const besides = lacks('panel-left');
  const here = [
    ...(besides ? ['the layers'] : []),
    ...(lacks('panel-bottom') ? ['the spectra'] : []),
    ...(besides && lacks('view') ? ['the legend'] : []),
  ];
  return [
    ...(here.length > 0
      ? [`This viewer has no place for ${listed(here)}: this panel holds them.`]
      : []),
    ...(lacks('view') && !besides
      ? [
          'This viewer has no place over the image: the legend stands above the layers.',
        ]
      : []),
  ];
}

/** What the panel does in place of each capability that a viewer lacks and a user would miss. */
export function insteads(
  capabilities: ReadonlySet<Capability>,
): readonly string[] {
  const { volumes, pick, additive, 'ordered-layers': order } = insteadOf;
  const lacks = (one: Capability): boolean => !capabilities.has(one);
  return [
    ...(lacks('volumes') ? [volumes] : []),
    // Without an order nothing is drawn one by one, with light or without.
    ...(lacks('ordered-layers')
      ? [order]
      : lacks('additive')
        ? [additive]
        : []),
    ...(lacks('pick') ? [pick] : []),
    ...placed(lacks),
  ];
}
