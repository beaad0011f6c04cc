// Compiles wasm/products.ts (AssemblyScript) and writes the module, as text, into src/algorithms/wasm-binary.ts; a test compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { root } from './root.mjs';

export const target = join(root, 'src/algorithms/wasm-binary.ts');

const pages = 256; // of 64 kB: fixed, so that views on the memory never become void

/** The module of TypeScript that carries the compiled products. */
export async function kernelsAnew() {
  const name = 'products.ts';
  const text = readFileSync(join(root, 'wasm', name), 'utf8');
  let bytes = null;
  const { error, stderr } = await asc.main(
    [
      name,
      ...['--outFile', 'products.wasm', '--runtime', 'stub', '-O3'],
      ...['--noAssert', '--enable', 'simd', '--use', 'abort='],
      ...['--initialMemory', `${pages}`, '--maximumMemory', `${pages}`],
    ],
    {
      readFile: (file) => (file === name ? text : null),
      writeFile: (file, contents) => {
        if (file.endsWith('.wasm')) bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`asc: ${stderr.toString()}`);
  const lines = Buffer.from(bytes)
    .toString('base64')
    .match(/.{1,76}/g)
    .map((line) => `  '${line}',`);
  return `// Made from wasm/products.ts by \`node scripts/kernels.mjs\`: change it there.
/** The module in base 64. */
export const binary = [
${lines.join('\n')}
].join('');
`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(target, await kernelsAnew());
