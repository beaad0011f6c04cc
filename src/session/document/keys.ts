const digits = 'abcdefghijklmnopqrstuvwxyz234567';

/** Forty bits by chance, as eight letters: two sessions never share a key. */
const chance = (): string =>
  Array.from(
    crypto.getRandomValues(new Uint8Array(8)),
    (byte) => digits[byte & 31],
  ).join('');

/** What of a name may stand in a path. */
const plain = (name: string): string =>
  name
    .replace(/^.*[\\/]/, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^\.+/, '')
    .slice(-80) || 'file';

/** Names of pieces: the same object has the same key for as long as it lives, so that nothing is written twice. */
export class Keys {
  readonly #known = new WeakMap<object, string>();

  /** The key of an array: a path that tells what it is. */
  ofArray(array: object, folder: string, name: string): string {
    return this.#of(array, () => `${folder}/${plain(name)}-${chance()}.npy`);
  }

  ofFile(file: File): string {
    return this.#of(file, () => `files/${chance()}/${plain(file.name)}`);
  }

  /** Takes over the key under which an object is kept already. */
  know(object: object, key: string): void {
    this.#known.set(object, key);
  }

  #of(object: object, make: () => string): string {
    const known = this.#known.get(object);
    if (known !== undefined) return known;
    const key = make();
    this.#known.set(object, key);
    return key;
  }
}
