import { expect } from '@open-wc/testing';
import {
  networkConstantNames,
  networkConstants,
  wantedConstant,
} from '../../src/engine/network-constants.js';
import {
  networkDefaults,
  presets,
  resolveOptions,
} from '../../src/engine/options.js';

describe('network constants', () => {
  it('are those of every preset, each within what it may be', () => {
    for (const preset of presets) {
      const constants = networkDefaults[preset];
      expect(Object.keys(constants).toSorted()).to.deep.equal(
        networkConstantNames.toSorted(),
      );
      for (const name of networkConstantNames)
        expect(wantedConstant(name, constants[name]), name).to.equal(null);
    }
  });

  it('hold numbers to their range, whole and odd ones to theirs', () => {
    for (const name of networkConstantNames) {
      const constant = networkConstants[name];
      if (constant.kind !== 'whole' && constant.kind !== 'number') continue;
      const { least, most } = constant;
      for (const value of [least, most])
        expect(wantedConstant(name, value), name).to.equal(null);
      for (const value of [least - 1, most + 1, Number.NaN, '3', null])
        expect(wantedConstant(name, value), name).to.include(`${least} to`);
    }
    expect(wantedConstant('decoder', 4)).to.equal('an odd number of pixels');
    expect(wantedConstant('epochs', 2.5)).to.equal(
      'a whole number from 1 to 100000',
    );
  });

  it('give the training two dimensions an endmember, 24 or what was asked where that is more', () => {
    const taken = (endmembers: number, dimensions?: number) =>
      resolveOptions({
        endmembers,
        preset: 'pande2026',
        network: dimensions === undefined ? {} : { dimensions },
      }).network.dimensions;
    expect([2, 12, 13, 32].map((count) => taken(count))).to.eql([
      24, 24, 26, 64,
    ]);
    expect(taken(5, 64)).to.equal(64);
    expect(taken(5, 16)).to.equal(16);
    expect(taken(5, 2)).to.equal(10);
  });

  it('are refused by name with what is allowed', () => {
    const asked = (network: object) => () =>
      resolveOptions({ endmembers: 3, preset: 'network', network });
    expect(asked({ optimiser: 'sgd' })).to.throw(
      'invalid optimiser: "sgd" (want adam, rmsprop)',
    );
    expect(asked({ scaleBands: 1 })).to.throw(
      'invalid scaleBands: 1 (want true or false)',
    );
    expect(asked({ dropout: 0.96 })).to.throw(
      'invalid dropout: 0.96 (want a number from 0 to 0.95)',
    );
  });
});
