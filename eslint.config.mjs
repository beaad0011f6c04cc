import js from '@eslint/js';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const packages = {
  tfjs: ['@tensorflow'],
  vtk: ['@kitware'],
  itk: ['itk-wasm', '@itk-wasm'],
  lit: ['lit', 'lit-html', '@lit'],
  plot: ['uplot'],
};

// The import rule of the house: for each folder what it may use, of our folders and of packages.
// Everything not named is forbidden. A file in the root of src counts as a folder of its own.
const mayUse = {
  spectral: { folders: [], packages: [] },
  imaging: { folders: ['spectral'], packages: [] },
  // Beside what imaging may, elastix.
  'imaging/registration': {
    folders: ['imaging', 'spectral'],
    packages: ['itk'],
  },
  preprocess: { folders: ['algorithms', 'spectral'], packages: [] },
  algorithms: { folders: ['spectral'], packages: [] },
  formats: { folders: ['spectral'], packages: ['itk'] },
  hosts: { folders: ['imaging', 'spectral'], packages: ['vtk'] },
  engine: {
    folders: ['algorithms', 'preprocess', 'spectral'],
    packages: ['tfjs'],
  },
  session: {
    folders: [
      'engine',
      'algorithms',
      'preprocess',
      'formats',
      'imaging',
      'spectral',
    ],
    packages: [],
  },
  elements: {
    folders: [
      'session',
      'engine',
      'preprocess',
      'formats',
      'imaging',
      'hosts',
      'spectral',
    ],
    packages: ['lit', 'plot'],
  },
  cli: {
    folders: ['session', 'engine', 'preprocess', 'formats', 'spectral'],
    packages: [],
  },
  plugin: { folders: ['elements', 'hosts', 'spectral'], packages: [] },
  contributions: { folders: ['hosts', 'spectral'], packages: [] },
  index: {
    folders: [
      'elements',
      'hosts',
      'imaging',
      'engine',
      'preprocess',
      'spectral',
    ],
    packages: [],
  },
};
const roots = ['plugin', 'contributions', 'index', 'cli'];

/** Those that know no adapter, and what of hosts they may import: the port, and what finds a page's viewer. */
const portOnly = {
  elements: ['host'],
  plugin: ['host', 'find'],
  contributions: ['host'],
};

/** What a folder must not import, as patterns of module names with a sentence each. */
function forbidden(folder) {
  const { folders, packages: allowed } = mayUse[folder];
  const others = Object.keys(mayUse).filter(
    (other) =>
      other !== folder &&
      !folders.some((one) => other === one || other.startsWith(`${one}/`)),
  );
  const strangers = Object.entries(packages)
    .filter(([name]) => !allowed.includes(name))
    .flatMap(([, names]) => names);
  const patterns = [
    {
      regex: `^\\.\\.?/(\\.\\./)*(${others.join('|')})/`,
      message: `${folder} may import from: ${[folder, ...folders].join(', ')}.`,
    },
    {
      regex: `^\\.\\./(\\.\\./)*(${roots.join('|')})\\.js$`,
      message: 'Imports go down only.',
    },
    {
      regex: `^(${strangers.join('|')})(/|$)`,
      message: `${folder} may import these packages: ${allowed.join(', ') || 'none of the viewers, tfjs, itk-wasm or lit'}.`,
    },
  ];
  const ofHosts = portOnly[folder];
  return ofHosts
    ? [
        ...patterns,
        {
          regex: `/hosts/(?!(${ofHosts.join('|')})\\.js$)`,
          message: `${folder} may import of hosts: ${ofHosts.join(', ')}; no adapter.`,
        },
      ]
    : patterns;
}

const importRule = Object.keys(mayUse).map((folder) => ({
  files: [`src/${folder}/**/*.ts`, `src/${folder}.ts`],
  rules: {
    'no-restricted-imports': ['error', { patterns: forbidden(folder) }],
    // The same for import(…), which the rule above does not see.
    'no-restricted-syntax': [
      'error',
      ...forbidden(folder).map(({ regex, message }) => ({
        selector: `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002f')}/]`,
        message,
      })),
    ],
  },
}));

const pageGlobals = [
  'window',
  'document',
  'localStorage',
  'HTMLElement',
  'requestAnimationFrame',
  'alert',
];

export default tseslint.config(
  // wasm/ is AssemblyScript, whose numbers and loads TypeScript does not know.
  { ignores: ['dist/', 'build/', 'node_modules/', 'wasm/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowNullish: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['src/elements/**/*.ts'],
    ...lit.configs['flat/recommended'],
  },
  {
    files: ['src/elements/**/*.ts'],
    plugins: { wc, 'lit-a11y': litA11y },
    rules: {
      ...wc.configs['flat/recommended'].rules,
      ...litA11y.configs.recommended.rules,
    },
  },
  {
    // lit calls listeners of its templates with the element as `this`
    files: ['src/elements/**/*.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' },
  },
  ...importRule,
  {
    files: [
      'src/{spectral,preprocess,algorithms,formats,engine,session,cli}/**/*.ts',
      'src/cli.ts',
    ],
    rules: { 'no-restricted-globals': ['error', ...pageGlobals] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai's assertions are bare expressions, and the types of its plugins make each look like a promise
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.mjs', 'examples/**/*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        TextDecoder: 'readonly',
        TextEncoder: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        structuredClone: 'readonly',
        Blob: 'readonly',
        File: 'readonly',
        document: 'readonly',
        window: 'readonly',
        getComputedStyle: 'readonly',
        requestAnimationFrame: 'readonly',
        PerformanceObserver: 'readonly',
        Node: 'readonly',
      },
    },
  },
);
