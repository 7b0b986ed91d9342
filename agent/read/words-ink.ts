import { AROUND, type RoomPatch } from './words-room.ts';

/** How dark the room is against its own paper, and where its writing is. */
export interface WordsInk {
  readonly width: number;
  readonly height: number;
  /** 0 paper to 1 the strongest strokes; the form's own lines along the edges are gone. */
  readonly dark: Float32Array;
  /** 1 where there is ink, else 0. */
  readonly mask: Uint8Array;
  readonly pxPerMm: number;
}

/** Tiles in which the paper's light is looked for, px. */
const TILE = 16;
/** Paper is what three quarters of a tile are darker than. */
const PAPER = 0.75;
/** Levels of brightness and darkness told apart. */
const LEVELS = 128;
/** Fainter than this is no writing, as share of black (as in a box: ink.ts). */
const FAINTEST = 0.2;
/** Strokes are at least as dark as the darkest of this share of the room: three small letters in a large one. */
const STROKES = 0.0006;
/** Ink reaches this share of the strongest strokes. */
const EDGE = 0.42;
/** Printed lines lie within this distance of the room's edges, inside it, mm. */
const RIM = 1.6;
/** Nothing that people write along the edges is as long and straight as this, mm. */
const RULE = 9;

/** Flattens the light, parts ink from paper, and takes away the table's lines along the room. */
export function findWordsInk(patch: RoomPatch): WordsInk {
  const { width, height, pxPerMm } = patch;
  const { dark, counts } = darkness(patch);
  const { paper, strength } = strengthOf(counts);
  const mask = new Uint8Array(dark.length);
  const full = 1 / strength;
  for (let i = 0; i < dark.length; i++) {
    const above = (dark[i] as number) - paper;
    const share = above > 0 ? Math.min(1, above * full) : 0;
    dark[i] = share;
    if (share > EDGE) mask[i] = 1;
  }
  eraseRules({ width, height, dark, mask, pxPerMm });
  return { width, height, dark, mask, pxPerMm };
}

/** 1 minus the light against the paper's, and how many pixels have each level of it. */
function darkness({ width, height, light }: RoomPatch): { readonly dark: Float32Array; readonly counts: Uint32Array } {
  const { columns, rows, paper } = paperOf(light, width, height);
  const dark = new Float32Array(light.length);
  const counts = new Uint32Array(LEVELS + 1);
  const across = betweenTiles(width, columns);
  const down = betweenTiles(height, rows);
  const line = new Float32Array(columns + 1);
  const brighter = new Float64Array(width);
  for (let y = 0, i = 0; y < height; y++) {
    const above = (down.before[y] as number) * columns;
    const below = Math.min(above + columns, (rows - 1) * columns);
    for (let tile = 0; tile < columns; tile++) {
      const upper = paper[above + tile] as number;
      line[tile] = upper + ((paper[below + tile] as number) - upper) * (down.share[y] as number);
    }
    line[columns] = line[columns - 1] as number;
    for (let x = 0; x < width; x++) {
      const tile = across.before[x] as number;
      const left = line[tile] as number;
      brighter[x] = 1 / Math.max(0.02, left + ((line[tile + 1] as number) - left) * (across.share[x] as number));
    }
    for (let x = 0; x < width; x++, i++) {
      const darker = 1 - (light[i] as number) * (brighter[x] as number);
      const value = Math.max(0, darker);
      dark[i] = value;
      const level = levelOf(value);
      counts[level] = (counts[level] as number) + 1;
    }
  }
  return { dark, counts };
}

function levelOf(value: number): number {
  return (value * LEVELS + 0.5) | 0;
}

/** For each of some pixels the tile whose middle lies before it, and its share of the way to the next one's. */
function betweenTiles(pixels: number, tiles: number): { readonly before: Int32Array; readonly share: Float32Array } {
  const before = new Int32Array(pixels);
  const share = new Float32Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const place = Math.max(0, Math.min(tiles - 1, (pixel + 0.5) / TILE - 0.5));
    before[pixel] = place;
    share[pixel] = place - (before[pixel] as number);
  }
  return { before, share };
}

interface Tiles {
  readonly columns: number;
  readonly rows: number;
  /** Row by row. */
  readonly paper: Float32Array;
}

/** The paper's light by tiles. A tile full of ink takes its neighbours' paper for its own. */
function paperOf(light: Float32Array, width: number, height: number): Tiles {
  const columns = Math.ceil(width / TILE);
  const rows = Math.ceil(height / TILE);
  const counts = new Uint16Array(columns * rows * (LEVELS + 1));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / TILE) * columns;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const index = (row + Math.floor(x / TILE)) * (LEVELS + 1) + levelOf(light[i] as number);
      counts[index] = (counts[index] as number) + 1;
    }
  }
  const own = Float32Array.from({ length: columns * rows }, (_, tile) =>
    quantile(counts.subarray(tile * (LEVELS + 1), (tile + 1) * (LEVELS + 1)), PAPER),
  );
  const around = (x: number, y: number): number => {
    let best = 0;
    for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++) {
        best = Math.max(best, own[v * columns + u] ?? 0);
      }
    }
    return best;
  };
  const paper = Float32Array.from(own, (_, tile) => around(tile % columns, Math.floor(tile / columns)));
  return { columns, rows, paper };
}

/** How dark paper is, and the strongest strokes beyond it: never less than paper and noise reach. */
function strengthOf(counts: Uint32Array): { readonly paper: number; readonly strength: number } {
  const paper = quantile(counts, 0.5);
  const noise = paper - quantile(counts, 0.05);
  return { paper, strength: Math.max(FAINTEST, Math.min(0.6, 4 * noise), quantile(counts, 1 - STROKES) - paper) };
}

/** The level, 0 to 1, below which this share of what was counted lies. */
function quantile(counts: Uint16Array | Uint32Array, share: number): number {
  let total = 0;
  for (let level = 0; level < counts.length; level++) total += counts[level] as number;
  let sum = 0;
  for (let level = 0; level < counts.length; level++) {
    sum += counts[level] as number;
    if (sum > share * total) return level / LEVELS;
  }
  return 1;
}

/** Erases long straight runs along the four edges; whatever else lies there may be writing. */
function eraseRules(ink: WordsInk): void {
  const { width, height, pxPerMm } = ink;
  const rim = Math.round((AROUND + RIM) * pxPerMm);
  const along: Run = { step: 1, across: width, length: width, shortest: RULE * pxPerMm };
  const down: Run = { step: width, across: 1, length: height, shortest: 0.7 * height };
  for (let i = 0; i < Math.min(rim, height / 2); i++) {
    eraseRuns(ink, i * width, along);
    eraseRuns(ink, (height - 1 - i) * width, along);
  }
  for (let i = 0; i < Math.min(rim, width / 2); i++) {
    eraseRuns(ink, i, down);
    eraseRuns(ink, width - 1 - i, down);
  }
}

/** A row or column of pixels: steps along it and across it, its length, and the shortest run that is a printed line, px. */
interface Run {
  readonly step: number;
  readonly across: number;
  readonly length: number;
  readonly shortest: number;
}

function eraseRuns({ dark, mask }: WordsInk, start: number, { step, across, length, shortest }: Run): void {
  for (let from = 0; from < length; from++) {
    let to = from;
    while (to < length && mask[start + to * step]) to++;
    if (to - from >= shortest) {
      for (let i = from; i < to; i++) {
        const at = start + i * step;
        mask[at] = 0;
        // The line's soft edge goes with it.
        for (const pixel of [at - across, at, at + across]) if (!mask[pixel]) dark[pixel] = 0;
      }
    }
    from = to;
  }
}
