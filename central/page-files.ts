import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** Where anybody checks a receipt. */
export const CHECK_ADDRESS = '/periksa';

export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly content: string;
}

const FOLDER = new URL('./page/', import.meta.url);
const TYPES = [
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.ts', 'text/javascript; charset=utf-8'],
] as const;

/** By which a browser checks a proof with the very code that made it. */
const SHARED = ['contract/log/merkle-tree.ts', 'contract/log/hex.ts'];

/** Everything in `page/` and what it imports, ready to be served; of the TypeScript only the types are taken out. */
export function loadPage(): readonly PageFile[] {
  const own = readdirSync(FOLDER).map((name) => ({ path: `/page/${name}`, file: new URL(name, FOLDER) }));
  const shared = SHARED.map((path) => ({ path: `/${path}`, file: new URL(`../${path}`, import.meta.url) }));
  return [...own, ...shared].flatMap(({ path, file }) => {
    const [ending, type] = TYPES.find(([known]) => path.endsWith(known)) ?? [null, null];
    if (ending === null) return [];
    const source = readFileSync(file, 'utf8');
    const content = ending === '.ts' ? stripTypeScriptTypes(source) : source;
    return [{ path: ADDRESSES.get(path) ?? path, type, content }];
  });
}

/** Pages that people have the address of. */
const ADDRESSES = new Map([
  ['/page/index.html', '/'],
  ['/page/periksa.html', CHECK_ADDRESS],
]);
