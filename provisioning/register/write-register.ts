import { ROLES } from '#contract/officers/officer-register.ts';
import { LEVELS, numberOf, regionOf } from '#contract/region.ts';
import { COLUMNS, type Column } from './columns.ts';
import type { RegisteredTps, TpsRegister } from './tps-register.ts';

/** What Excel opens without being asked, by where it is set up: commas, or semicolons as in Indonesia. */
export type Delimiter = ',' | ';';

/** A register as the file that `readRegister` reads. */
export function writeRegister({ regions, places }: TpsRegister, delimiter: Delimiter): string {
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  const rows = places.map((place) => {
    const cells = cellsOf(place, names);
    return COLUMNS.map((column) => quoted(cells[column], delimiter)).join(delimiter);
  });
  return `${[COLUMNS.join(delimiter), ...rows].join('\r\n')}\r\n`;
}

function cellsOf(
  { tps, dpt, officers }: RegisteredTps,
  names: ReadonlyMap<string, string>,
): Readonly<Record<Column, string>> {
  const places = LEVELS.flatMap((level) => {
    const code = regionOf(tps, level);
    return [
      [level, names.get(code) ?? ''],
      [`kode_${level}`, code],
    ];
  });
  const roles = ROLES.map((role) => {
    const codes = officers.filter((officer) => officer.role === role).map(({ code }) => code);
    return [role, codes.join(' ')];
  });
  const numbers = { tps: numberOf(tps), dpt_l: dpt.l, dpt_p: dpt.p, dpt_j: dpt.l + dpt.p };
  const figures = Object.entries(numbers).map(([column, figure]) => [column, String(figure)]);
  return Object.fromEntries([...places, ...figures, ...roles]);
}

function quoted(cell: string, delimiter: Delimiter): string {
  return cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}
