/** A page being drawn: a pdfkit document whose units are millimetres from the sheet's top-left corner, y down. */
export type Sheet = PDFKit.PDFDocument;

/** A page of A4 that stands upright, mm. */
export const A4 = { width: 210, height: 297 } as const;

export const BLACK = '#000000';
/** Guide dots and tally cells: seen by a hand that writes, faint to a camera. */
export const FAINT = '#c9c9c9';
