import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A printed page as a picture in gray. */
export interface PageRaster {
  readonly width: number;
  readonly height: number;
  /** Row by row, 255 is white. */
  readonly gray: Uint8Array;
  readonly pxPerMm: number;
}

/** Size of the sheet, mm. */
export interface SheetSize {
  readonly width: number;
  readonly height: number;
}

const MM_PER_INCH = 25.4;

/**
 * Rasters one page of a PDF with poppler's pdftoppm. The picture is kept in the system's temporary
 * folder under the digest of the PDF, so that each page and resolution is rendered once.
 */
export function rasterPage(pdf: Uint8Array, page: number, sheet: SheetSize, pxPerMm: number): PageRaster {
  const folder = join(tmpdir(), `tps-kit-print-${process.getuid?.() ?? 'user'}`);
  const digest = createHash('sha256').update(pdf).digest('hex').slice(0, 24);
  const picture = join(folder, `${digest}-${page}-${sheet.width}x${sheet.height}-${pxPerMm}.pgm`);
  if (!existsSync(picture)) {
    mkdirSync(folder, { recursive: true });
    // A name of its own until it is whole: several tests may render the same page at once.
    const own = join(folder, `${digest}-${process.pid}-${page}-${pxPerMm}`);
    render(pdf, page, sheet, pxPerMm, own);
    renameSync(`${own}.pgm`, picture);
  }
  return { ...parsePgm(readFileSync(picture)), pxPerMm };
}

function render(pdf: Uint8Array, page: number, sheet: SheetSize, pxPerMm: number, own: string): void {
  writeFileSync(`${own}.pdf`, pdf);
  const pixels = (millimetres: number): string => String(Math.round(millimetres * pxPerMm));
  // The size is given because poppler rounds a page of 600 mm up to one pixel more.
  const crop = ['-x', '0', '-y', '0', '-W', pixels(sheet.width), '-H', pixels(sheet.height)];
  const which = ['-f', String(page), '-l', String(page), '-singlefile', '-r', String(pxPerMm * MM_PER_INCH), '-gray'];
  try {
    execFileSync('pdftoppm', [...which, ...crop, `${own}.pdf`, own], { stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    unlinkSync(`${own}.pdf`);
  }
}

function parsePgm(file: Buffer): Omit<PageRaster, 'pxPerMm'> {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('pdftoppm wrote something that is not a gray picture');
  const [width, height] = [Number(header[1]), Number(header[2])];
  return { width, height, gray: file.subarray(header[0].length, header[0].length + width * height) };
}
