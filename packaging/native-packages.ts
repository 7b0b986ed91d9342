import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that hold native code, or load it from their own folder: they lie beside the executable as they are. */
export const NATIVE_PACKAGES = ['@u4/opencv4nodejs', 'onnxruntime-node', 'epoll', '@serialport/bindings-cpp'] as const;

/** Needed to compile or to fetch, not to run. */
const ONLY_TO_INSTALL = new Set(['nan', 'node-gyp', 'node-addon-api', 'adm-zip', 'global-agent']);
/** Nor what opencv-build writes down of the machine that it was used on. */
const NOT_SHIPPED =
  /^\/script\/(latest|opencv-[^/]+)$|^\/(cc|esm|dist\/esm|types|typings|build|prebuilds|bin|node_modules|examples?|test)$|\/\.[^/]+$|\.(map|[cm]?ts|cc?|cpp|h|hpp|gyp|md|log|musl\.node)$/i;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ARCHITECTURES = { arm64: 'arm64', amd64: 'x64' } as const;

/** Node's name of the architecture that Debian calls so. */
export type DebianArchitecture = keyof typeof ARCHITECTURES;

/** Lays the packages and what they need at run time into a node_modules folder; compiled addons come from `compiled`. */
export async function layNativePackages(to: string, architecture: DebianArchitecture, compiled: string): Promise<void> {
  const node = ARCHITECTURES[architecture];
  await rm(to, { recursive: true, force: true });
  const laid = new Set<string>();
  for (const name of NATIVE_PACKAGES) await layPackage(name, ROOT, to, laid);
  const binaries: readonly (readonly [from: string, to: string])[] = [
    [join(compiled, 'opencv4nodejs.node'), '@u4/opencv4nodejs/build/Release/opencv4nodejs.node'],
    [join(compiled, 'epoll.node'), 'epoll/build/Release/epoll.node'],
    [modules(`onnxruntime-node/bin/napi-v6/linux/${node}`), `onnxruntime-node/bin/napi-v6/linux/${node}`],
    [modules(`@serialport/bindings-cpp/prebuilds/linux-${node}`), `@serialport/bindings-cpp/prebuilds/linux-${node}`],
  ];
  for (const [from, at] of binaries) {
    await mkdir(dirname(join(to, at)), { recursive: true });
    await cp(from, join(to, at), { recursive: true, filter: isShippedOf(from) });
  }
}

function isShippedOf(folder: string): (path: string) => boolean {
  return (path) => !NOT_SHIPPED.test(path.slice(folder.length));
}

function modules(path: string): string {
  return join(ROOT, 'node_modules', path);
}

async function layPackage(name: string, neededBy: string, to: string, laid: Set<string>): Promise<void> {
  if (laid.has(name) || ONLY_TO_INSTALL.has(name)) return;
  laid.add(name);
  const from = folderOf(name, neededBy);
  await cp(from, join(to, name), { recursive: true, filter: isShippedOf(from) });
  const { dependencies = {} } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) await layPackage(dependency, from, to, laid);
}

/** Where Node would find a package that a file of `neededBy` asks for. */
function folderOf(name: string, neededBy: string): string {
  const places = createRequire(join(neededBy, 'package.json')).resolve.paths(name) ?? [];
  const place = places.find((folder) => existsSync(join(folder, name, 'package.json')));
  if (!place) throw new Error(`${name} is not installed: run make setup`);
  return join(place, name);
}

if (import.meta.main) {
  const [to, architecture, compiled] = process.argv.slice(2);
  if (!to || !compiled || (architecture !== 'arm64' && architecture !== 'amd64'))
    throw new Error('usage: node packaging/native-packages.ts TO arm64|amd64 COMPILED');
  await layNativePackages(to, architecture, compiled);
}
