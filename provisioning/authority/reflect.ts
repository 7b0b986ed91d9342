/**
 * @peculiar/x509 is assembled by tsyringe, which will not load unless `Reflect` can keep metadata.
 * Nothing here ever decorates a class with types, so the three functions it calls are all it needs.
 */
const kept = new WeakMap<object, Map<unknown, unknown>>();

function read(key: unknown, target: object): unknown {
  return kept.get(target)?.get(key);
}

function write(key: unknown, value: unknown, target: object): void {
  kept.set(target, (kept.get(target) ?? new Map()).set(key, value));
}

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, { getMetadata: read, getOwnMetadata: read, defineMetadata: write });
}
