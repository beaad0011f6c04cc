// The package as it would be published: packed by npm, unpacked into a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/root.mjs';

const shell = process.platform === 'win32';

/** @returns {{ folder: string, files: Set<string> }} files as "./dist/plugin.js" */
export function packedPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'stratigraph-'));
  const [{ filename, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell,
    }),
  );
  execFileSync('tar', ['-xzf', filename], { cwd: folder });
  return {
    folder: join(folder, 'package'),
    files: new Set(files.map(({ path }) => `./${path}`)),
  };
}

/** Names that an ES module exports, read from its last export statements without running it. */
export function exportedNames(file) {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/export\s*\{([^}]*)\}/g)].flatMap(([, list]) =>
    list
      .split(',')
      .map((item) =>
        item
          .trim()
          .split(/\s+as\s+/)
          .at(-1),
      )
      .filter(Boolean),
  );
}

/** Files that a module loads at once, itself included: its static imports, followed. */
export function staticImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  for (const [, from] of text.matchAll(
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*{][^"'();]*?from\s*)?["'](\.[^"']+)["']/g,
  ))
    staticImports(join(file, '..', from), seen);
  return seen;
}
