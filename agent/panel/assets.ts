import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';

/** What the browser loads, by path. Types are stripped once, when the kit starts. */
export type Assets = ReadonlyMap<string, Asset>;
export interface Asset {
  readonly type: string;
  readonly body: string;
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
} as const;

/** The page, the words on it, and for a simulated kit the page it stands on: files that import nothing but types from the rest of the kit. */
export function loadAssets(withStand: boolean): Assets {
  const folders = ['page', 'words', ...(withStand ? ['stand'] : [])];
  const files = folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, import.meta.url)).map((name) => `${folder}/${name}`),
  );
  const assets = files
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path): [string, Asset] => [`/${path}`, loadAsset(path)]);
  const stand: [string, Asset][] = withStand ? [['/stand/', loadAsset('stand/index.html')]] : [];
  return new Map([...assets, ['/', loadAsset('page/index.html')], ...stand]);
}

/** One of its files, by its path from here. */
export function loadAsset(path: string): Asset {
  const extension = extname(path);
  const source = readFileSync(new URL(path, import.meta.url), 'utf8');
  switch (extension) {
    case '.ts':
      return { type: TYPES[extension], body: stripTypeScriptTypes(source) };
    case '.html':
    case '.css':
    case '.svg':
      return { type: TYPES[extension], body: source };
    default:
      throw new Error(`${path} is nothing a browser loads`);
  }
}
