import family from '../april-tag-36h10.json' with { type: 'json' };

/**
 * The AprilTag family 36h10 as the forms print it: six by six bits in a black border one module wide.
 * Every two of its codes, at any of the four turns, differ in at least ten bits.
 */

export type Module = 'black' | 'white';
/** 1 is white. */
export type Bit = 0 | 1;

/** Modules along one side of a tag, its black border included. */
export const TAG_SIDE = 8;
/** Bits along one side, inside the border. */
export const TAG_BITS_SIDE = 6;
/** Tags are numbered from 0 to one below this. */
export const TAG_COUNT = family.codes.length;

/** The 36 bits of a tag that stands upright, row by row from its top-left corner. Throws where the family has no such tag. */
export function tagBits(id: number): readonly Bit[] {
  const code = family.codes[id];
  if (code === undefined) throw new RangeError(`family 36h10 has the tags 0 to ${TAG_COUNT - 1}, not ${id}`);
  return [...code].flatMap(bitsOfNibble);
}

/** The tag as printed upright: TAG_SIDE rows of TAG_SIDE modules, border included. */
export function tagModules(id: number): readonly (readonly Module[])[] {
  const bits = tagBits(id);
  return Array.from({ length: TAG_SIDE }, (_, row) =>
    Array.from({ length: TAG_SIDE }, (_, column) => moduleAt(bits, row - 1, column - 1)),
  );
}

/** Row and column inside the border, so that −1 and 6 are the border itself. */
function moduleAt(bits: readonly Bit[], row: number, column: number): Module {
  const inside = row >= 0 && row < TAG_BITS_SIDE && column >= 0 && column < TAG_BITS_SIDE;
  return inside && bits[row * TAG_BITS_SIDE + column] === 1 ? 'white' : 'black';
}

function bitsOfNibble(digit: string): readonly Bit[] {
  const value = Number.parseInt(digit, 16);
  return [8, 4, 2, 1].map((weight) => ((value & weight) === 0 ? 0 : 1));
}
