import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number between two, both among them. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`angka dari ${least} sampai ${most} / a number from ${least} to ${most}`);
  };
}
