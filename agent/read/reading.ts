import type { PageQuality } from '#agent/page/quality.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import type { FigureId, FormId } from '#contract/form/definition.ts';

/** What the machine saw on one page: evidence for every figure, and the pictures a person needs to judge it. */
export interface PageReading {
  readonly kind: 'read';
  readonly form: FormId;
  readonly page: number;
  /** The sheet carries no tag, and was taken for what a person said. */
  readonly byHand?: true;
  /** Null where nothing printed on the sheet is known to measure it by. */
  readonly quality: PageQuality | null;
  readonly evidence: Readonly<Record<FigureId, FigureEvidence>>;
  /** For each figure a JPEG of its row of boxes with a little paper around. */
  readonly cutouts: Readonly<Record<FigureId, Uint8Array>>;
  /** JPEG of the flattened page, 2 px a mm. */
  readonly flattened: Uint8Array;
  /** Milliseconds spent by stage. */
  readonly ms: Readonly<Record<'decode' | 'page' | 'boxes' | 'digits' | 'words' | 'pictures', number>>;
}

/** A page without a tag is known by choice: the form and page the KPPS member says it is. */
export interface PageChoice {
  readonly form: FormId;
  readonly page: number;
}

export interface Reader {
  /**
   * Reads a photo. Answers a refusal for everything that can go wrong with a picture, the death of the
   * seeing process included.
   */
  read(jpeg: Uint8Array, choice: PageChoice | null): Promise<PageReading | PageRefusal>;
  /** sha256 of the model file that reads the boxes. */
  readonly model: string;
  /** The same of the model file that reads the numbers in words. */
  readonly wordsModel: string;
  close(): Promise<void>;
}
