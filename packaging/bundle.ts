import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { NATIVE_PACKAGES } from './native-packages.ts';

/**
 * Bundles the program into one module: `node packaging/bundle.ts OUT`. What a source file finds beside itself
 * (`import.meta.url`) is found beside the installed executable, where the package lays it in the same tree.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const [out] = process.argv.slice(2);
if (!out) throw new Error('usage: node packaging/bundle.ts OUT');

/** realpath: /usr/bin/tps-kit is a link. */
const BANNER = `
import { createRequire as createRequireAtHome } from 'node:module';
import { realpathSync as realPathOfHome } from 'node:fs';
import { dirname as folderOfHome, join as joinToHome } from 'node:path';
import { pathToFileURL as urlAtHome } from 'node:url';
const HOME_OF_KIT = folderOfHome(realPathOfHome(process.execPath));
const require = createRequireAtHome(joinToHome(HOME_OF_KIT, 'tps-kit'));
const __filename = joinToHome(HOME_OF_KIT, 'tps-kit');
const __dirname = HOME_OF_KIT;
const fileOfKit = (path) => urlAtHome(joinToHome(HOME_OF_KIT, path)).href;
`;

/** Our own sources find their files beside the executable; none of them is the program that was started. */
const besideTheExecutable: Plugin = {
  name: 'beside the executable',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source
        .replaceAll('import.meta.url', `fileOfKit(${JSON.stringify(relative(ROOT, path))})`)
        .replaceAll('import.meta.main', 'false');
      return { contents, loader: 'ts' };
    });
  },
};

/** Packages with native code are required from node_modules beside the executable. */
const nativePackages: Plugin = {
  name: 'native packages',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${NATIVE_PACKAGES.join('|')})$`);
    onResolve({ filter }, ({ path, namespace }) =>
      namespace === 'native' ? { path, external: true } : { path, namespace: 'native' },
    );
    onLoad({ filter: /.*/, namespace: 'native' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

await build({
  entryPoints: [fileURLToPath(new URL('./program.ts', import.meta.url))],
  outfile: out,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  banner: { js: BANNER },
  plugins: [nativePackages, besideTheExecutable],
  // Optional parts that these libraries try to load and do without.
  external: ['bufferutil', 'utf-8-validate', 'pg-native'],
  legalComments: 'eof',
  logLevel: 'warning',
});
