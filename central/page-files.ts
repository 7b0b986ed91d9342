import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

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

/** Everything in `page/`, ready to be served; of the TypeScript only the types are taken out. */
export function loadPage(): readonly PageFile[] {
  return readdirSync(FOLDER).flatMap((name) => {
    const [ending, type] = TYPES.find(([known]) => name.endsWith(known)) ?? [null, null];
    if (ending === null) return [];
    const source = readFileSync(new URL(name, FOLDER), 'utf8');
    const content = ending === '.ts' ? stripTypeScriptTypes(source) : source;
    return [{ path: name === 'index.html' ? '/' : `/page/${name}`, type, content }];
  });
}
