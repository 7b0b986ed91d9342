import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import { shippedForms } from '#contract/forms.ts';
import type { Strip } from '#drivers/printer/printer.ts';
import { sampleRecord } from '#test/sample-record.ts';
import { composeSlip, type SlipOrder } from './compose-slip.ts';

const GOVERNOR = shippedForms().byId('c-hasil-kwk-gubernur') as FormDefinition;
const LIST = shippedForms().byId('daftar-hadir-dpt-kwk') as FormDefinition;
const DIGEST = 'd1e2'.repeat(16);

const figures = allFigures(GOVERNOR).map(({ id }, n) => {
  return { id, value: n * 7, read: n * 7, probability: 1, by: 'machine', officer: null } as const;
});
const record = sampleRecord({
  ...{ form: GOVERNOR.id, figures, clockSynchronised: true, wallClock: '2024-11-27T13:05:00.000Z', mode: 'resmi' },
  pages: [1, 2, 3].map((page) => ({ page, sha256: String(page).repeat(64), bytes: 9 })),
});
const order: SlipOrder = {
  ...{ record, digest: DIGEST, form: GOVERNOR, received: false, copy: 1 },
  ...{ checkAt: 'https://contoh.test/periksa/', columns: 32 },
};

function linesOf(strip: Strip): readonly string[] {
  return strip.flatMap((piece) => (piece.kind === 'line' ? [piece.text] : []));
}
const textOf = (changes: Partial<SlipOrder>) => linesOf(composeSlip({ ...order, ...changes })).join('\n');

describe('the slip of a confirmed document', () => {
  it('says every figure, the time, the kit and the digest, and codes where to check it', () => {
    const strip = composeSlip(order);
    const text = linesOf(strip).join(' ');
    for (const { label } of allFigures(GOVERNOR)) expect(text).toContain(label.split(' ')[0]);
    expect(text.match(/\.+ \d+/g)).toHaveLength(allFigures(GOVERNOR).length);
    expect(text).toContain('27-11-2024 20:05 WIB');
    expect(text).toContain(`Kit ${record.kit}, nomor ${record.sequence}`);
    expect(linesOf(strip).join('').replaceAll(' ', '')).toContain(DIGEST);
    expect(strip).toContainEqual({ kind: 'qr', text: `https://contoh.test/periksa/${DIGEST}` });
    expect(strip.at(-1)).toEqual({ kind: 'cut' });
  });

  it('fits the paper, whatever its width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 32, max: 64 }), (columns) => {
        for (const line of linesOf(composeSlip({ ...order, columns })))
          expect(line.length).toBeLessThanOrEqual(columns);
      }),
    );
  });

  it('is plain ASCII, which every printer prints alike', () => {
    expect(textOf({})).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('is marked where it is a copy, practice, or a correction', () => {
    expect(textOf({})).not.toMatch(/SALINAN|LATIHAN|menggantikan/);
    expect(textOf({ copy: 3 })).toContain('SALINAN KE-2');
    expect(textOf({ record: { ...record, mode: 'latihan' } })).toContain('LATIHAN - BUKAN HASIL RESMI');
    const second = { ...record, version: 2, supersedes: 'a'.repeat(64), correction: 'objection' } as const;
    expect(textOf({ record: second }).replaceAll('\n', ' ')).toContain(
      'Versi 2, menggantikan yang sebelumnya: keberatan',
    );
  });

  it('hides nothing that a witness should know', () => {
    expect(textOf({ record: { ...record, paperBreaksRules: true } })).toContain('tidak cocok');
    expect(textOf({ record: { ...record, clockSynchronised: false } })).toContain('Jam alat belum disetel');
    expect(textOf({})).toContain('Belum diterima pusat');
    expect(textOf({ received: true })).toContain('Sudah diterima pusat');
    const signed = { ...record, confirmedBy: 'kpps-1', countersigned: ['saksi-1'] };
    expect(textOf({ record: signed }).replaceAll('\n', ' ')).toContain('Oleh kpps-1; ikut melihat: saksi-1');
  });

  it('of an attendance list says how many have signed, page by page nothing', () => {
    const signed = [20, 17].map((value, n) => {
      return { id: `tanda-tangan.${n + 1}`, value, read: value, probability: 1, by: 'machine', officer: null } as const;
    });
    const pages = [1, 2].map(
      (page) => ({ page, sha256: String(page).repeat(64), bytes: 9, restricted: true }) as const,
    );
    const list = { ...record, form: LIST.id, kind: 'daftar-hadir', figures: signed, pages } as const;
    const text = textOf({ record: list, form: LIST });
    expect(text).toMatch(/Halaman \.+ 2\n/);
    expect(text).toMatch(/Tanda tangan \.+ 37\n/);
  });

  it('codes the digest alone where the centre has no address to check at', () => {
    expect(composeSlip({ ...order, checkAt: null })).toContainEqual({ kind: 'qr', text: DIGEST });
  });
});
