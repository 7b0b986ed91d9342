import type { PageReading, Reader } from '#agent/read/reading.ts';
import type { FigureId } from '#contract/form/definition.ts';

/**
 * The flattened page and the cut-outs a person judges by. They are only a view of the photo, which is
 * safe on disk: what is not in memory (after a restart) is made again by reading the photo again.
 */
export interface PagePictures {
  keep(photo: string, reading: PageReading): void;
  /** Holds exactly these photos' pictures: forgets others, makes the missing in the background. */
  holdOnly(photos: readonly string[]): void;
  /** sha256 of the photos whose pictures are here. */
  held(): readonly string[];
  flattened(photo: string): Uint8Array | null;
  cutout(photo: string, figure: FigureId): Uint8Array | null;
}

export interface PagePicturesSetting {
  readonly reader: Reader;
  fileOf(photo: string): string;
  /** Called when pictures arrived. */
  onMade(): void;
}

export function pagePictures({ reader, fileOf, onMade }: PagePicturesSetting): PagePictures {
  const readings = new Map<string, PageReading>();
  let wanted: readonly string[] = [];
  /** Photos that are being read again, or gave nothing when they were. */
  const tried = new Set<string>();

  async function make(photo: string): Promise<void> {
    tried.add(photo);
    const reading = await reader.read(fileOf(photo), null);
    if (reading.kind !== 'read' || !wanted.includes(photo)) return;
    readings.set(photo, reading);
    onMade();
  }

  return {
    keep: (photo, reading) => readings.set(photo, reading),
    holdOnly(photos) {
      wanted = photos;
      for (const photo of readings.keys()) if (!photos.includes(photo)) readings.delete(photo);
      for (const photo of photos) if (!readings.has(photo) && !tried.has(photo)) void make(photo);
    },
    held: () => [...readings.keys()],
    flattened: (photo) => readings.get(photo)?.flattened ?? null,
    cutout: (photo, figure) => readings.get(photo)?.cutouts[figure] ?? null,
  };
}
