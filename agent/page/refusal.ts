import type { CornerName, FigureId } from '#contract/form/definition.ts';

/**
 * Why a photo is not read. The code is stable; the sentence a KPPS member reads is made from it in
 * the panel's words. Nothing of a refused photo is counted; the picture itself is kept.
 */
export type PageRefusal =
  | {
      readonly kind: 'refused';
      /** practice-sheet: a sheet to practise digits on, which is never a document. */
      readonly code: 'not-a-picture' | 'picture-too-small' | 'page-not-found' | 'reader-died' | 'practice-sheet';
    }
  | {
      readonly kind: 'refused';
      /**
       * Units of the two numbers: too-dark, gray levels of the paper; blurred, length of the print's
       * edges in shares of a box (of a tag's module where no tag could be read); bent, mm by which a
       * box may be missed.
       */
      readonly code: 'too-dark' | 'blurred' | 'bent';
      readonly measured: number;
      readonly limit: number;
    }
  | { readonly kind: 'refused'; readonly code: 'corner-hidden' | 'cut-off'; readonly corner: CornerName }
  | { readonly kind: 'refused'; readonly code: 'glare'; readonly figure: FigureId }
  | { readonly kind: 'refused'; readonly code: 'unknown-tag'; readonly tag: number };
