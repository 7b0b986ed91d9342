import { type Command, Option } from 'commander';
import { REGION_CODE } from '#contract/region.ts';
import type { Selection } from '#provisioning/issue/plan-issue.ts';

/** Which TPS a command is about: all, those of one region, or one. */
export interface SelectionOptions {
  readonly all?: true;
  readonly kecamatan?: string;
  readonly kelurahan?: string;
  readonly tps?: string;
}

export function addSelection(command: Command): Command {
  return command
    .addOption(new Option('--all', 'semua TPS / all TPS').conflicts(['kecamatan', 'kelurahan', 'tps']))
    .addOption(new Option('--kecamatan <code>', 'satu kecamatan: 16.71.01').conflicts(['kelurahan', 'tps']))
    .addOption(new Option('--kelurahan <code>', 'satu kelurahan: 16.71.01.1001').conflicts('tps'))
    .option('--tps <code>', 'satu TPS: 13 angka / 13 digits');
}

/** The selection, or what is wrong with it. */
export function selectionOf({ all, kecamatan, kelurahan, tps }: SelectionOptions): Selection | string {
  if (all) return { of: 'all' };
  if (kecamatan !== undefined) {
    if (REGION_CODE.kecamatan.test(kecamatan)) return { of: 'kecamatan', code: kecamatan };
    return `kode kecamatan "${kecamatan}" salah, misalnya 16.71.01 / not the code of a kecamatan`;
  }
  if (kelurahan !== undefined) {
    if (REGION_CODE.kelurahan.test(kelurahan)) return { of: 'kelurahan', code: kelurahan };
    return `kode kelurahan "${kelurahan}" salah, misalnya 16.71.01.1001 / not the code of a kelurahan`;
  }
  if (tps !== undefined) {
    if (/^\d{13}$/.test(tps)) return { of: 'tps', code: tps };
    return `kode TPS "${tps}" salah: 13 angka / not a TPS code of 13 digits`;
  }
  return 'sebut --all, --kecamatan, --kelurahan atau --tps / say which TPS are meant';
}
