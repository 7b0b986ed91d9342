import type { PageChoice, PageReading, Reader } from '#agent/read/reading.ts';
import type { FigureId } from '#contract/form/definition.ts';
import type { Draft } from './state.ts';

/**
 * The flattened page and the cut-outs a person judges by. They are only a view of the photo, which is
 * safe on disk: what is not in memory (after a restart) is made again by reading the photo again. Of a
 * restricted page there never is one.
 */
export interface PagePictures {
  keep(photo: string, reading: PageReading): void;
  /** Holds exactly the pictures of this document: forgets others, makes the missing in the background. */
  holdOnly(draft: Draft | null): void;
  /** sha256 of the photos whose pictures are here. */
  held(): readonly string[];
  flattened(photo: string): Uint8Array | null;
  cutout(photo: string, figure: FigureId): Uint8Array | null;
}

export interface PagePicturesSetting {
  readonly reader: Reader;
  /** A photo of the store; null where it cannot be had. */
  pictureOf(photo: string): Promise<Uint8Array | null>;
  /** Called when pictures arrived. */
  onMade(): void;
}

export function pagePictures({ reader, pictureOf, onMade }: PagePicturesSetting): PagePictures {
  const readings = new Map<string, PageReading>();
  let wanted: ReadonlySet<string> = new Set();
  /** Photos that are being read again, or gave nothing when they were. */
  const tried = new Set<string>();

  async function make(photo: string, choice: PageChoice | null): Promise<void> {
    tried.add(photo);
    const kept = await pictureOf(photo);
    const reading = kept && (await reader.read(kept, choice));
    if (reading?.kind !== 'read' || !wanted.has(photo)) return;
    readings.set(photo, reading);
    onMade();
  }

  return {
    keep: (photo, reading) => readings.set(photo, reading),
    holdOnly(draft) {
      const open = draft?.pages.filter(({ photo }) => !photo.restricted) ?? [];
      wanted = new Set(open.map(({ photo }) => photo.sha256));
      for (const photo of readings.keys()) if (!wanted.has(photo)) readings.delete(photo);
      for (const { photo, page, byHand } of open) {
        if (readings.has(photo.sha256) || tried.has(photo.sha256)) continue;
        void make(photo.sha256, byHand && draft ? { form: draft.form, page } : null);
      }
    },
    held: () => [...readings.keys()],
    flattened: (photo) => readings.get(photo)?.flattened ?? null,
    cutout: (photo, figure) => readings.get(photo)?.cutouts[figure] ?? null,
  };
}
