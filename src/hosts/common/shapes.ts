/**
 * Objects that scripts left on a page's window under a name. Getters are never called, so that looking changes nothing; and
 * nothing is thrown, whatever lies there.
 */
export function objectsOn(page: Window): readonly object[] {
  const names = quietly(() => Object.getOwnPropertyNames(page)) ?? [];
  const found = names.map((name): unknown => ownValue(page, name));
  return [...new Set(found.filter(isObject))];
}

/**
 * Whether an object, or a class it is of, has all these methods. Getters are not called, and objects that refuse to be
 * looked at, as the windows of frames from elsewhere do, have none.
 */
export const hasMethods = (
  value: object,
  ...names: readonly string[]
): boolean => names.every((name) => typeof valueOf(value, name) === 'function');

/** The value of a property that is no getter, of the object itself or a class it is of; undefined where there is none. */
export function valueOf(value: object, name: string): unknown {
  for (
    let at: object | null = value;
    at !== null;
    at = quietly(prototypeOf, at) ?? null
  ) {
    const own = quietly(Object.getOwnPropertyDescriptor, at, name);
    if (own) return own.value;
  }
  return undefined;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const ownValue = (of: object, name: string): unknown =>
  quietly(Object.getOwnPropertyDescriptor, of, name)?.value;

const prototypeOf = (of: object): object | null =>
  Object.getPrototypeOf(of) as object | null;

/** What a function gives; undefined where it throws. */
export function quietly<Given extends readonly unknown[], Result>(
  look: (...given: Given) => Result,
  ...given: Given
): Result | undefined {
  try {
    return look(...given);
  } catch {
    return undefined;
  }
}
