import { faultWords } from '#provisioning/register/fault.ts';
import { type KnownRegions, NOTHING_KNOWN, readCountList, readRegionList } from '#provisioning/register/region-list.ts';
import { readText } from './read-text.ts';

/** Files that say which regions there are; each may be left out. */
export interface RegionFiles {
  readonly kelurahanFile?: string;
  readonly kecamatanFile?: string;
}

export type RegionsRead =
  | { readonly ok: true; readonly known: KnownRegions }
  | { readonly ok: false; readonly says: readonly string[] };

export const KELURAHAN_FILE_WORDS =
  'wilayah: kode Kemendagri dan nama, tanpa judul / codes and names of regions, without a header';
export const KECAMATAN_FILE_WORDS = 'banyaknya TPS: kecamatan_code,kecamatan,tps / how many TPS each kecamatan has';

export async function readRegionFiles({ kelurahanFile, kecamatanFile }: RegionFiles): Promise<RegionsRead> {
  let { regions, counts } = NOTHING_KNOWN;
  if (kelurahanFile !== undefined) {
    const text = await readText(kelurahanFile);
    if (!text.ok) return { ok: false, says: [text.says] };
    const list = readRegionList(text.text);
    if (!list.ok) return { ok: false, says: list.faults.map((fault) => `${kelurahanFile}: ${faultWords(fault)}`) };
    regions = list.regions;
  }
  if (kecamatanFile !== undefined) {
    const text = await readText(kecamatanFile);
    if (!text.ok) return { ok: false, says: [text.says] };
    const list = readCountList(text.text);
    if (!list.ok) return { ok: false, says: list.faults.map((fault) => `${kecamatanFile}: ${faultWords(fault)}`) };
    counts = list.counts;
  }
  return { ok: true, known: { regions, counts } };
}
