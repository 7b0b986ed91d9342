import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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

const MM_PER_INCH = 25.4;

/**
 * Rasters one page of a PDF with poppler's pdftoppm. The picture is kept in the system's temporary
 * folder under the digest of the PDF, so that each page and resolution is rendered once.
 */
export function rasterPage(pdf: Uint8Array, page: number, pxPerMm: number): PageRaster {
  const folder = join(tmpdir(), 'tps-kit-print');
  const digest = createHash('sha256').update(pdf).digest('hex').slice(0, 24);
  const picture = join(folder, `${digest}-${page}-${pxPerMm}.pgm`);
  if (!existsSync(picture)) render(pdf, page, pxPerMm, folder, digest, picture);
  return { ...parsePgm(readFileSync(picture)), pxPerMm };
}

function render(pdf: Uint8Array, page: number, pxPerMm: number, folder: string, digest: string, picture: string): void {
  mkdirSync(folder, { recursive: true });
  // A name of its own until it is whole: several tests may render the same page at once.
  const own = join(folder, `${digest}-${process.pid}-${page}-${pxPerMm}`);
  writeFileSync(`${own}.pdf`, pdf);
  const dpi = String(pxPerMm * MM_PER_INCH);
  const options = ['-gray', '-r', dpi, '-f', String(page), '-l', String(page), '-singlefile'];
  execFileSync('pdftoppm', [...options, `${own}.pdf`, own], { stdio: ['ignore', 'ignore', 'pipe'] });
  renameSync(`${own}.pgm`, picture);
}

function parsePgm(file: Buffer): Omit<PageRaster, 'pxPerMm'> {
  const header = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(file.subarray(0, 40).toString('latin1'));
  if (!header) throw new Error('pdftoppm wrote something that is not a gray picture');
  const [width, height] = [Number(header[1]), Number(header[2])];
  return { width, height, gray: file.subarray(header[0].length, header[0].length + width * height) };
}
