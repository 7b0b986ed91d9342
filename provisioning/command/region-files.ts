import { faultWords } from '#provisioning/register/fault.ts';
import {
  type KnownRegions,
  type ListRead,
  NOTHING_KNOWN,
  readCountList,
  readRegionList,
} from '#provisioning/register/region-list.ts';
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
  const regions = await readList(kelurahanFile, readRegionList, NOTHING_KNOWN.regions);
  if (!regions.ok) return regions;
  const counts = await readList(kecamatanFile, readCountList, NOTHING_KNOWN.counts);
  return counts.ok ? { ok: true, known: { regions: regions.list, counts: counts.list } } : counts;
}

async function readList<List>(
  file: string | undefined,
  listIn: (text: string) => ListRead<List>,
  none: List,
): Promise<{ readonly ok: true; readonly list: List } | { readonly ok: false; readonly says: readonly string[] }> {
  if (file === undefined) return { ok: true, list: none };
  const text = await readText(file);
  if (!text.ok) return { ok: false, says: [text.says] };
  const read = listIn(text.text);
  return read.ok ? read : { ok: false, says: read.faults.map((fault) => `${file}: ${faultWords(fault)}`) };
}
