// Installs the viewers of package.json when they are missing or older: dependencies with npm ci; applications alone, into
// build/viewers, for their packages hold them built, and what they were built from would be a gigabyte.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/root.mjs';

export const here = import.meta.dirname;
export const applicationsFolder = join(root, 'build/viewers');

const { applications } = JSON.parse(
  readFileSync(join(here, 'package.json'), 'utf8'),
);
/** Packages that hold a built application in dist. */
export const applicationNames = Object.keys(applications);
const shell = process.platform === 'win32';

export function installViewers() {
  const done = join(here, 'node_modules', '.package-lock.json');
  const lock = join(here, 'package-lock.json');
  if (!existsSync(done) || statSync(done).mtimeMs < statSync(lock).mtimeMs) {
    console.log('Installing viewers …');
    execFileSync(
      'npm',
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      { cwd: here, stdio: 'inherit', shell },
    );
  }
  for (const [name, wanted] of Object.entries(applications))
    installApplication(name, wanted);
}

function installApplication(name, { version, integrity }) {
  const folder = join(applicationsFolder, name);
  const about = join(folder, 'package.json');
  if (
    existsSync(about) &&
    JSON.parse(readFileSync(about, 'utf8')).version === version
  )
    return;
  console.log(`Fetching ${name} ${version} …`);
  mkdirSync(applicationsFolder, { recursive: true });
  const fresh = mkdtempSync(join(applicationsFolder, 'fresh-'));
  try {
    const [packed] = JSON.parse(
      execFileSync(
        'npm',
        ['pack', `${name}@${version}`, '--json', '--pack-destination', fresh],
        {
          cwd: fresh,
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          shell,
        },
      ),
    );
    if (packed.integrity !== integrity)
      throw new Error(
        `${name} ${version} is not the package that was tested: its integrity is ${packed.integrity}, not ${integrity}.`,
      );
    execFileSync('tar', ['-xzf', packed.filename], { cwd: fresh });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    renameSync(join(fresh, 'package'), folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}
