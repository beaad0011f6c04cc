import {
  isNetworkConstant,
  networkConstantNames,
  networkConstants,
  wantedConstant,
} from '../engine/network-constants.js';
import type { NetworkOptions } from '../engine/options.js';
import { invalid } from './refuse.js';

/** A value as its constant takes it; what is no number stays a text, to be refused. */
function constantValue(kind: string, text: string): unknown {
  if (kind === 'choice') return text;
  if (kind === 'flag')
    return text === 'true' || (text === 'false' ? false : text);
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}

/**
 * Constants of the network, each given as NAME=VALUE.
 * @throws UnmixingError `input` naming the one that cannot be
 */
export function readConstants(
  given: readonly string[],
): Partial<NetworkOptions> {
  const constants: Record<string, unknown> = {};
  for (const one of given) {
    const [, name, text] = /^([^=]*)=(.*)$/s.exec(one) ?? ['', one, ''];
    if (!isNetworkConstant(name))
      return invalid(
        'constant',
        one,
        `NAME=VALUE, of ${networkConstantNames.join(', ')}`,
      );
    const value = constantValue(networkConstants[name].kind, text);
    const want = wantedConstant(name, value);
    if (want !== null) invalid('constant', one, want);
    constants[name] = value;
  }
  return constants;
}
