import { expect } from '@open-wc/testing';
import { unblosc, unpackLz4 } from '../../src/formats/zarr/blosc.js';
import { unzstd } from '../../src/formats/zarr/zstd.js';

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** 600 unsigned 16-bit integers, ⌊n / 7⌋ mod 5 + 50 ⌊n / 100⌋, packed by numcodecs 0.11 in blocks of 512 bytes: Blosc's packing and shuffling, and the bytes. */
const packed: readonly [string, string][] = [
  [
    'BloscLZ, bytes shuffled',
    'AgEBArAEAACwBAAAEQEAABQAAADnAAAAJwAAAAAAAAABgAAAAoAAAAOAAAAEgADgOCIFNjY2NjYygAAAM4AAADSAAAA1gAAANoAAgCEAMoAhADOAIQA0gCEANYAh4BFFA2dnZ2iAAABkgAAAZYAAAGaAAABngACAIQBogCEAZIAhAGWAIQBmgCHgE0UBmJmAAACagAAAloAAAJeAAACYgACAIQCZgCEAmoAhAJaAIQCXgCHgFUUAymAAAMuAAADMgAAAyIAAAMmAAGAg4DQiBPv7+/v8gAAA/YAAAP6AAAD6gAAA+4AAgCEA/IAhAP2AIQD+gCEA+oAh4BBFAfr6DgAAACMAAAAA4P//SgMCAAAA',
  ],
  [
    'LZ4, bytes shuffled',
    'AgEhArAEAACwBAAABQEAABQAAADcAAAAEgABABIBAQASAgEAEgMBABIEAQACIgASACIAEgEiABICIgASAyIADyMADBA2AQASMgEAEjMBABI0AQASNQEAACAADyMALEJnZ2doAQASZAEAEmUBABJmAQASZwEAAiIAEmgiABJkIgASZSIAEmYiAA9GAAkimJkBABKaAQASlgEAEpcBABKYAQACIgASmSIAEpoiABKWIgASlyIAD0YACxHKAQASywEAEswBABLIAQASyQEAASEADyMAKlL7+/v7/AEAEv0BABL+AQAS+gEAACAADyMAKFD6+vr6+g0AAAAfAAEA//9BUAAAAAAA',
  ],
  [
    'LZ4, not shuffled',
    'AgEgArAEAACwBAAAxQAAABQAAABVAAAAGQABABkBAgAZAgIAGQMCABkEAgAPRgBvFTYCABkyAgAZMwIAGTQCABk1AgAGQgAPRgBpEWcCABloAgAZZAIAGWUCABlmAgAZZwIAD0YAZFAAZgBmAFQAAAA5mACZAgAZmgIAGZYCABmXAgAZmAIAD0YAbRfKAgAZywIAGcwCABnIAgAZyQIAH8pGAHAT+wIAGfwCABn9AgAZ/gIAGfoCAARAAA9GAGhQAPoA+gA=',
  ],
  [
    'zlib, bits shuffled',
    'AgFkArAEAACwBAAAzgAAABQAAACjAAAAeNq1j70NAyEUg42uoGQERmE0GI1RboQnpaFAOIb86FIgXRMXgOB7tinpDOgu4wztQK4R7Rio0TxGSTDfXbmJoFLLyIDxQeHkATLCA0xAo0MNRrpCkZ1Zb9og0sM0rm2INF3JFpC7gC8+uU4mGdPNu+X4Dp0FoGyVW6GNfDnuJE6f0GHMwp/kVW6j67T96eGqsKu+tfrR1urWB3ErfKsnCLIgAA8AAAB42mNgGAWjgPoAAAJYAAE=',
  ],
  [
    'Zstandard, bits shuffled',
    'AgGUArAEAAAAAgAAKgEAABwAAACCAAAA8wAAAGIAAAAotS/9YAABxQIAwgYREtBnDKT4BhRRAGcPcIrI3SBKUu7nJ0EalqfyTJw0M8cfwNRyVJxlFZI3fNKsPjVNx8iznKY4gmxhSZAxrJE0gDlSOQEJEAAcSrADmde8MDBnBPcrFG0AAAAotS/9YAABHQMAIgcREuBpDDJofEIHAGZBDR0e3G1kCtvj/4vmVfz8Dsx/v5Uv37q11I5Xy/d86PVs7aAWjUw1Iy8M5ATmQG5grHx0tiIGnQoKAHyXAuhgDDgMdYNXxjw5XHMud0AUPH+oS5kBMwAAACi1L/0gsFUBADLCBw7gbRKGryAAFLiCsGmwU3785j89P5q+jt8sRwUaaAoCAAQmoZ3gCQ==',
  ],
];
const frame =
  'KLUv/WCwA90DAFQEAAABAgMEAQIDBAABAgM2MjM0NTYyMzQ1NjIzNGdoZGVmZ2hkZWZnaGRlmACZmpaXmJmalpeYmZqWysvMyMnK+/z9/vr7SqhAugPQwzkSYFAIGAKKgCHZr///HTfQVHxWlCM3kvx0HPq6yiZWfZdn2Fba8VxThW6WAQ==';

const values = Uint16Array.from(
  { length: 600 },
  (_, n) => (Math.floor(n / 7) % 5) + 50 * Math.floor(n / 100),
);
const bytes = new Uint8Array(values.buffer);

describe('Blosc', () => {
  for (const [title, text] of packed)
    it(`unpacks what numcodecs packed: ${title}`, () => {
      expect(unblosc(fromBase64(text), 1200)).to.deep.equal(bytes);
    });

  it('gives stored bytes as they are', () => {
    const header = [2, 1, 2, 1, 3, 0, 0, 0, 3, 0, 0, 0, 19, 0, 0, 0];
    expect(unblosc(Uint8Array.of(...header, 7, 8, 9), 3)).to.deep.equal(
      Uint8Array.of(7, 8, 9),
    );
  });

  it('unpacks no more than is allowed, and nothing that is cut short', () => {
    for (const [, text] of packed) {
      const all = fromBase64(text);
      expect(() => unblosc(all, 1199)).to.throw();
      expect(() => unblosc(all.slice(0, -1), 1200)).to.throw();
      expect(() => unblosc(all.slice(0, 10), 1200)).to.throw();
    }
  });

  it('an LZ4 block that reaches before its beginning is refused', () => {
    const reaching = Uint8Array.of(0x10, 65, 2, 0, 0x10, 66);
    expect(() => unpackLz4(reaching, new Uint8Array(20))).to.throw();
    const repeating = Uint8Array.of(0x10, 65, 1, 0, 0x10, 66);
    const out = new Uint8Array(6);
    expect(unpackLz4(repeating, out)).to.equal(6);
    expect(new TextDecoder().decode(out)).to.equal('AAAAAB');
  });
});

describe('Zstandard', () => {
  it('unpacks what numcodecs packed, and no more than is allowed', () => {
    expect(unzstd(fromBase64(frame), 1200)).to.deep.equal(bytes);
    const lying = fromBase64(frame);
    // The size of the content, two bytes after the descriptor, becomes four of 4 GB.
    lying.set([0xa0, 255, 255, 255, 255], 4);
    expect(() => unzstd(lying, 1200)).to.throw();
  });
});
