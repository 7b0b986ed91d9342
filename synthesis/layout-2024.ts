import type { FormDefinition, Rect } from '#contract/form/definition.ts';

/** Where people write on a sheet besides figures. The definitions leave these out: the kit reads none of them. */
export interface FreeAreas {
  readonly signatures: readonly Rect[];
  /** Lines for the place, each with what stands on it. */
  readonly lines: readonly {
    readonly room: Rect;
    readonly says: 'provinsi' | 'kota' | 'kecamatan' | 'kelurahan' | 'tps';
  }[];
}

/** Measured on the official form of 2024, whose layout our own prints follow; other forms have none. */
export function freeAreas(form: FormDefinition, page: number): FreeAreas {
  if (form.marks.by !== 'saddles' || form.kind !== 'hasil') return { signatures: [], lines: [] };
  return {
    signatures: signatureRooms(page === 3 ? 424 : 756),
    lines: page === 1 ? placeLines(208, 130, 323) : placeLines(86, 162, 357),
  };
}

/** Seven officers in a row, and below them a witness of each pair. */
function signatureRooms(top: number): readonly Rect[] {
  const officers = Array.from({ length: 7 }, (_, i): Rect => [82 + i * 65.3, top, 52, 28]);
  const witnesses = Array.from({ length: 3 }, (_, i): Rect => [90 + i * 153, top + 72, 110, 26]);
  return [...officers, ...witnesses];
}

function placeLines(y: number, left: number, right: number): FreeAreas['lines'] {
  const room = (x: number, row: number, w: number): Rect => [x, y + row * 13 - 9, w, 10];
  return [
    { room: room(left, 0, 100), says: 'provinsi' },
    { room: room(left, 1, 100), says: 'kota' },
    { room: room(right, 0, 104), says: 'kecamatan' },
    { room: room(right, 1, 104), says: 'kelurahan' },
    { room: room(right, 2, 24), says: 'tps' },
  ];
}
