import {
  matchEndmembers,
  sameMaterialAngle,
} from '../algorithms/match-endmembers.js';
import { endmemberFill, repeatsColour } from '../imaging/colour.js';
import { type EndmemberSet, endmemberName } from '../spectral/unmixing.js';

/** Endmembers with a colour (fill) each, as #rrggbb. */
export interface Coloured {
  readonly unmixing: EndmemberSet;
  readonly colours: readonly string[];
}

/** The palette in order, but for those that are given. */
export const usualColours = (
  { names }: EndmemberSet,
  given: readonly string[] = [],
): readonly string[] => names.map((_, r) => given[r] ?? endmemberFill(r));

/** Colours that nothing has yet, as long as there are any. */
function freeColours(taken: readonly string[]): string[] {
  const free: string[] = [];
  for (let r = 0; !repeatsColour(r); r++)
    if (!taken.includes(endmemberFill(r))) free.push(endmemberFill(r));
  return free;
}

/**
 * Names and colours of a result's endmembers after another. Those that the result before had keep the colour they had there and the name that the user
 * gave; the others get colours that neither has, as long as there are any.
 */
export function takenOver(
  found: EndmemberSet,
  before: Coloured,
  limit = sameMaterialAngle,
): { readonly names: readonly string[]; readonly colours: readonly string[] } {
  const usual = usualColours(found);
  const { pairs } = matchEndmembers(before.unmixing, found, limit);
  if (pairs.length === 0) return { names: found.names, colours: usual };
  const names = [...found.names];
  const colours: (string | null)[] = found.names.map(() => null);
  for (const { first, second } of pairs) {
    const given = before.unmixing.names[first];
    colours[second] = before.colours[first] ?? endmemberFill(first);
    if (
      given !== endmemberName(first) &&
      names[second] === endmemberName(second) &&
      !names.includes(given)
    )
      names[second] = given;
  }
  const own = colours.filter((colour) => colour !== null);
  const free = freeColours([...before.colours, ...own]);
  return {
    names,
    colours: colours.map((colour, r) => colour ?? free.shift() ?? usual[r]),
  };
}
