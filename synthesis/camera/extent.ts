/** Sizes of what is drawn, mm; the origin is the sheet's top-left corner. */
export interface Extent {
  readonly width: number;
  readonly height: number;
  readonly border: number;
}
