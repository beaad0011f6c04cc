export const isNode =
  typeof process !== 'undefined' &&
  'versions' in process &&
  typeof process.versions.node === 'string';

/**
 * Folder of the wasm files, ending in a slash: as given, or the folder of a module.
 * In Node a path, because the wasm backend reads it with `fs`.
 * @param module `import.meta.url` of the module beside which they lie
 */
export function assetFolder(given: string | undefined, module: string): string {
  const folder = given
    ? given.replace(/\/*$/, '/')
    : new URL('./', module).href;
  if (!isNode || !folder.startsWith('file:')) return folder;
  return decodeURIComponent(new URL(folder).pathname).replace(
    /^\/(?=[A-Za-z]:)/,
    '',
  );
}
