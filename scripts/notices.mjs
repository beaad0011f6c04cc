// Plugins for rollup: write dist/THIRD-PARTY.txt, the licences of all packages whose code went into the bundles.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the package that a module comes from; null for our own. */
function packageOf(id) {
  const found = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id);
  return found && existsSync(join(found[1], 'package.json')) ? found[1] : null;
}

function noticeOf([folder, parts]) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  const where = [...parts].join(', ');
  return [`${name} ${version} (${license}), in: ${where}`, ...texts].join(
    '\n\n',
  );
}

/** Gives the plugin for one part of the bundles, by its name: each adds the packages that it holds. */
export function notices() {
  const folders = new Map();
  return (part) => ({
    name: 'notices',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle))
        for (const id of Object.keys(chunk.modules ?? {})) {
          const folder = packageOf(id.split('\\').join('/'));
          if (folder)
            folders.set(folder, (folders.get(folder) ?? new Set()).add(part));
        }
    },
    writeBundle({ dir }) {
      const all = [...folders].map(noticeOf).toSorted();
      writeFileSync(
        join(dir, 'THIRD-PARTY.txt'),
        `The files beside this one hold code of these packages.\n\n${all.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`,
      );
    },
  });
}
