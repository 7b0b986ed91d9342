import { type Configuration, copyFolder, storeFolder } from './configuration.ts';
import type { StartFault } from './panel/words/start-fault.ts';
import { verifyKept } from './record/kept-chain.ts';
import type { FoundMemory } from './session/ports.ts';
import { firstState, photosIn, State } from './session/state.ts';
import { isMountPoint, nodeDisk } from './store/disk.ts';
import { lockFolder } from './store/folder-lock.ts';
import { followStore, restoreFromCopy, type SecondCopy } from './store/second-copy.ts';
import { type OpenedStore, openStore, type Store } from './store/store.ts';

export interface OpenedMemory extends Said {
  readonly ok: true;
  readonly store: Store<State>;
  readonly evening: Extract<OpenedStore<State>, { ok: true }>['evening'];
  readonly found: FoundMemory;
  /** Lets go of the folder. */
  close(): Promise<void>;
}

export type MemoryFault = {
  readonly ok: false;
  /** in-use: another process of this kit runs already. */
  readonly fault: StartFault | 'in-use';
  readonly reason: string;
} & Said;

interface Said {
  /** What the log should tell of it. */
  readonly says: readonly string[];
}

/** Whether a stick is in at that mount point. */
type IsMounted = (folder: string) => Promise<boolean>;

/** How often a stick that was pulled out or put in is noticed. */
const LOOK_FOR_STICK_MS = 5_000;

const FAULTS = {
  unreadable: 'store-unreadable',
  foreign: 'store-foreign',
  newer: 'store-newer',
  'disk-full': 'disk-full',
  'disk-fault': 'disk-fault',
} as const satisfies Record<string, StartFault>;

/**
 * What the kit remembers, at its start: its folder is this process' alone, what only the stick still
 * holds is brought back, and the records are its own chain. Nothing is signed where one of them fails.
 */
export async function openMemory(
  configuration: Configuration,
  isMounted: IsMounted = isMountPoint,
): Promise<OpenedMemory | MemoryFault> {
  const { kit, tps, mode } = configuration;
  const folder = storeFolder(configuration);
  const fail = (fault: MemoryFault['fault'], reason: string, says: readonly string[] = []): MemoryFault => {
    return { ok: false, fault, reason: `the store in ${folder}: ${reason}`, says };
  };
  const lock = await lockFolder(folder);
  if (!lock.ok) return fail(lock.code, lock.reason);
  const restored = await bringBack(configuration, folder, isMounted);
  if (restored.kind === 'fault')
    return fail('copy', `the copy on the stick cannot be brought back: ${restored.reason}`);
  const says =
    restored.kind === 'restored' ? [`brought back from the copy on the stick: ${restored.records} records`] : [];
  const opened = await openStore({ disk: nodeDisk, folder, kit, tps, mode, evening: State, fresh: firstState() });
  if (!opened.ok) return fail(FAULTS[opened.code], opened.reason, says);
  const chain = verifyKept(kit, opened.store.records());
  if (!chain.ok) return fail('chain', `record ${chain.at + 1} is no link of its chain (${chain.code})`, says);
  const { recovery, evening, store } = opened;
  const found = restored.kind === 'restored' ? 'restored' : recovery.kind;
  const lost = recovery.kind === 'damaged' ? [`what was kept last may be lost: ${recovery.reason}`] : [];
  const told = [...says, `store in ${folder}: ${found}, evening ${evening}`, ...lost];
  return { ok: true, store, evening, found, says: told, close: lock.release };
}

/** The second copy of that store, where the kit keeps one. */
export function copyOf(
  { copy, kit }: Configuration,
  store: Store<State>,
  isMounted: IsMounted = isMountPoint,
): SecondCopy | null {
  if (copy === undefined) return null;
  return followStore({
    ...{ disk: nodeDisk, store, folder: copyFolder(copy, kit, store.mode) },
    ...{ photosOf, isMounted: () => isMounted(copy), lookEveryMs: LOOK_FOR_STICK_MS },
  });
}

/** Where the card was exchanged or its store is lost, the stick may still hold it. */
async function bringBack({ copy, kit, tps, mode }: Configuration, folder: string, isMounted: IsMounted) {
  if (copy === undefined || !(await isMounted(copy))) return { kind: 'nothing' } as const;
  const owner = { kit, tps, mode };
  return restoreFromCopy({ disk: nodeDisk, main: folder, copy: copyFolder(copy, kit, mode), owner, photosOf });
}

/** A draft that is brought back without its pictures could not be shown nor confirmed. */
function photosOf(evening: unknown): readonly string[] {
  const state = State.safeParse(evening);
  return state.success ? photosIn(state.data).map(({ sha256 }) => sha256) : [];
}
