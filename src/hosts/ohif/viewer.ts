import { UnmixingError } from '../../spectral/errors.js';

/** What OHIF hands to an extension; of unknown shape until it is checked. */
export interface OhifManagers {
  readonly servicesManager: unknown;
  readonly extensionManager: unknown;
}

/** What of OHIF is used, checked. */
export interface Ohif {
  /** The module object of @cornerstonejs/core that OHIF draws with. */
  readonly cornerstone: unknown;
  /** Of the viewport that the user works in; the empty text when there is none. */
  activeViewport(): string;
  /** What this viewport draws in now; null when it is closed. Of another layout it is another one. */
  elementOf(viewport: string): Element | null;
}

const tested = '3.13.2';

/** Where OHIF's own extension for cornerstone gives its libraries to other extensions. */
const libraries = '@ohif/extension-cornerstone.utilityModule.common';

type Method = (...given: unknown[]) => unknown;

/** The object's method, bound; a chain of names leads to the object. */
function method(from: unknown, names: readonly string[]): Method {
  let owner: unknown;
  let value = from;
  for (const name of names) {
    owner = value;
    value =
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[name]
        : undefined;
  }
  if (typeof value !== 'function')
    throw new UnmixingError(
      'host',
      `This OHIF has no ${names.join('.')}: the adapter is tested with OHIF ${tested}.`,
    );
  return (...given) => (value as Method).apply(owner, given);
}

/**
 * Checks that OHIF is as tested, and touches nothing.
 * @throws UnmixingError `host` that names what is missing
 */
export function checkOhif({
  servicesManager,
  extensionManager,
}: OhifManagers): Ohif {
  const entry = method(extensionManager, ['getModuleEntry'])(libraries);
  const given = method(entry, ['exports', 'getCornerstoneLibraries'])();
  const active = method(servicesManager, [
    'services',
    'viewportGridService',
    'getActiveViewportId',
  ]);
  const viewport = method(servicesManager, [
    'services',
    'cornerstoneViewportService',
    'getCornerstoneViewport',
  ]);
  return {
    cornerstone: (given as { readonly cornerstone?: unknown } | null)
      ?.cornerstone,
    activeViewport: () => {
      const id = active();
      return typeof id === 'string' ? id : '';
    },
    elementOf(id) {
      const { element } = (viewport(id) ?? {}) as {
        readonly element?: unknown;
      };
      return element instanceof Element ? element : null;
    },
  };
}
