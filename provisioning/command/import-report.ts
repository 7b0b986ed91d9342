import { EMPTY_REGISTER, type RegisterChanges } from '#provisioning/register/changes.ts';
import { faultWords } from '#provisioning/register/fault.ts';
import type { ImportPlan } from '#provisioning/register/plan-import.ts';
import type { RegisterRead } from '#provisioning/register/read-register.ts';
import { placeWords, summaryOf } from '#provisioning/register/summary.ts';
import type { RegisteredTps, TpsRegister } from '#provisioning/register/tps-register.ts';

/** What came of importing a file. */
export interface ImportReport {
  readonly file: string;
  readonly dryRun: boolean;
  readonly read: RegisterRead;
  readonly plan: ImportPlan;
  /** The register as it was before. */
  readonly stored: TpsRegister | null;
  readonly issued: ReadonlySet<string>;
}

/** For programs. */
export function importJson({ file, dryRun, read, plan, issued }: ImportReport): object {
  const { faults, notices, lines } = read;
  const says = (list: RegisterRead['faults']) => list.map((fault) => ({ ...fault, says: faultWords(fault) }));
  const changes = 'changes' in plan ? plan.changes : null;
  return {
    schema: 1,
    outcome: plan.kind === 'import' && dryRun ? 'dry-run' : OUTCOMES[plan.kind],
    file,
    lines,
    registered: 'register' in plan ? plan.register.places.length : null,
    faults: says(faults),
    notices: says(notices),
    changes,
    reissue: changes === null ? [] : touched(changes).filter((tps) => issued.has(tps)),
  };
}

const OUTCOMES: Readonly<Record<ImportPlan['kind'], string>> = {
  import: 'imported',
  unchanged: 'unchanged',
  'bad-lines': 'refused-bad-lines',
  'nothing-good': 'refused-nothing-good',
  'kits-issued': 'refused-kits-issued',
};

export interface ImportWords {
  /** A line for each thing that is wrong or unusual in the file. */
  readonly faults: readonly string[];
  /** What changes, and last what came of it. */
  readonly says: readonly string[];
}

/** For a technician. */
export function importWords(report: ImportReport): ImportWords {
  const { file, read } = report;
  return {
    faults: [
      ...read.faults.map((fault) => `${file}: ${faultWords(fault)}`),
      ...read.notices.map((notice) => `${file}: periksa: ${faultWords(notice)}`),
    ],
    says: [...changeLines(report), outcomeLine(report)],
  };
}

function outcomeLine({ file, read, plan, dryRun, issued }: ImportReport): string {
  const wrong = `${read.faults.length} kesalahan di ${read.lines} baris TPS`;
  switch (plan.kind) {
    case 'nothing-good':
      return `Tidak ada yang masuk: ${wrong}, tidak ada baris yang benar. Perbaiki ${file}, lalu ulangi.`;
    case 'bad-lines':
      return `Tidak ada yang masuk: ${wrong}. Perbaiki lalu ulangi, atau masukkan yang benar saja: --accept-good.`;
    case 'kits-issued':
      return `Tidak ada yang masuk: alat untuk ${issued.size} TPS sudah terbit dari daftar lama. Jika memang harus: --replace.`;
    case 'unchanged':
      return `Tidak ada perubahan: ${plan.register.places.length} TPS sudah terdaftar. / Nothing to change.`;
    case 'import': {
      const { all, kecamatan } = summaryOf(plan.register);
      const sum = `${all.tps} TPS di ${kecamatan.length} kecamatan, ${all.dpt.j} pemilih`;
      const left = read.faults.length > 0 ? ` (${wrong}: baris itu tidak masuk)` : '';
      return dryRun ? `Akan masuk: ${sum}${left}. Belum ditulis (--dry-run).` : `Masuk: ${sum}${left}.`;
    }
  }
}

/** A first register is new as a whole, which needs no list. */
function changeLines({ plan, stored, issued }: ImportReport): readonly string[] {
  if (!('changes' in plan) || stored === null) return [];
  const { added, removed, changed, renamed } = plan.changes;
  const now = 'register' in plan ? plan.register : EMPTY_REGISTER;
  const known = { ...stored, regions: [...stored.regions, ...now.regions] };
  const mark = (tps: string) => (issued.has(tps) ? ' ! alat sudah terbit: terbitkan lagi' : '');
  return [
    ...added.map((tps) => `+ ${placeWords(tps, known)}${mark(tps)}`),
    ...removed.map((tps) => `- ${placeWords(tps, known)}${mark(tps)}`),
    ...changed.map(({ tps, was, is }) => `~ ${placeWords(tps, known)}: ${differences(was, is)}${mark(tps)}`),
    ...renamed.map(({ code, was, is }) => `~ ${code}: ${was} → ${is}`),
    `Perubahan: ${added.length} TPS baru, ${removed.length} dihapus, ${changed.length} berubah, ${renamed.length} nama wilayah.`,
  ];
}

function differences(was: RegisteredTps, is: RegisteredTps): string {
  const lists = [was, is].map(({ dpt }) => `L ${dpt.l} P ${dpt.p}`);
  const officers = [was, is].map((place) => place.officers.map(({ code, role }) => `${role} ${code}`));
  const [before = [], after = []] = officers;
  return [
    ...(lists[0] === lists[1] ? [] : [`DPT ${lists.join(' → ')}`]),
    ...before.filter((officer) => !after.includes(officer)).map((officer) => `tanpa ${officer}`),
    ...after.filter((officer) => !before.includes(officer)).map((officer) => `dengan ${officer}`),
  ].join(', ');
}

function touched({ added, removed, changed }: RegisterChanges): readonly string[] {
  return [...added, ...removed, ...changed.map(({ tps }) => tps)];
}
