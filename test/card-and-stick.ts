import type { Disk } from '#agent/store/disk.ts';
import { type PowerCutDisk, powerCutDisk } from './power-cut-disk.ts';

/** Folders under this one lie on the stick, all others on the card. */
export const STICK = '/stick';

/** A card and a stick that lose power in the same moment. */
export interface CardAndStick extends Disk {
  /** Operations of both still done before the power goes. */
  cutAfter(operations: number): void;
  restart(chance: () => number): CardAndStick;
  /** The same stick in a kit with an empty card. */
  withNewCard(): CardAndStick;
}

export function cardAndStick(card: PowerCutDisk = powerCutDisk(), stick: PowerCutDisk = powerCutDisk()): CardAndStick {
  let untilCut = Number.POSITIVE_INFINITY;

  function of(path: string): PowerCutDisk {
    if (untilCut <= 0) for (const disk of [card, stick]) disk.cutAfter(0);
    untilCut -= 1;
    return path.startsWith(STICK) ? stick : card;
  }

  return {
    cutAfter(operations) {
      untilCut = operations;
    },
    restart: (chance) => cardAndStick(card.restart(chance), stick.restart(chance)),
    withNewCard: () => cardAndStick(powerCutDisk(), stick),
    makeFolder: (folder) => of(folder).makeFolder(folder),
    read: (file) => of(file).read(file),
    async create(file) {
      const created = await of(file).create(file);
      return {
        write: (bytes) => of(file) && created.write(bytes),
        sync: () => of(file) && created.sync(),
        close: () => created.close(),
      };
    },
    rename: (from, to) => of(from).rename(from, to),
    remove: (file) => of(file).remove(file),
    syncFolder: (folder) => of(folder).syncFolder(folder),
    free: (folder) => of(folder).free(folder),
  };
}
