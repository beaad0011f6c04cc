import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { kernelsAnew, target } from '../../scripts/kernels.mjs';

describe('kernels', () => {
  it('src/algorithms/wasm-binary.ts is what wasm/products.ts compiles to', async () => {
    assert.equal(
      readFileSync(target, 'utf8'),
      await kernelsAnew(),
      'run node scripts/kernels.mjs',
    );
  });
});
