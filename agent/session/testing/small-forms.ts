import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { BOX_CLASSES, UNUSED } from '#agent/tally/evidence.ts';
import type { FigureId, FormDefinition, FormId, Rule } from '#contract/form/definition.ts';
import { allFigures, parseDefinition } from '#contract/form/definition.ts';
import { type FormRegistry, registryOf } from '#contract/form/registry.ts';

/**
 * Two forms of two pages and a list, small enough to walk through every state of the machine with them:
 * tests and the diagram do. Page 1 holds l + p = j, page 2 a figure that may not be more than j.
 */
export const BESAR: FormDefinition = smallForm('besar', 1);
export const KECIL: FormDefinition = smallForm('kecil', 11);
/** A list of as many pages as were needed, four cells for signatures on each: as many signed as `memilih` says. */
export const DAFTAR: FormDefinition = smallList('daftar', 21);
export const SMALL_FORMS: FormRegistry = registryFor([BESAR, KECIL, DAFTAR]);

/** Box readings of a number written without doubt, or with its last digit in doubt between two. */
export function written(value: number | null, doubtful?: number): FigureEvidence {
  const digits = value === null ? [] : [...String(value)].map(Number);
  const held = [...new Array<number>(Math.max(0, BOXES - digits.length)).fill(UNUSED), ...digits];
  return {
    boxes: held.map((digit, box) => {
      const other = box === BOXES - 1 ? doubtful : undefined;
      return BOX_CLASSES.map((_, index) => probability(index, digit, other));
    }),
  };
}

/** Signatures counted without doubt, or as likely one more. */
export function signed(count: number, doubtful?: 'doubtful'): FigureEvidence {
  const one = { value: count, probability: doubtful ? 0.5 : 1 };
  const candidates = doubtful ? [one, { value: count + 1, probability: 0.5 }] : [one];
  return { boxes: [], signatures: { candidates, unlisted: 0 } };
}

/** Evidence of a page; figures that are not given are written as 0. */
export function pageEvidence(
  form: FormDefinition,
  page: number,
  values: Readonly<Record<FigureId, FigureEvidence>>,
): Readonly<Record<FigureId, FigureEvidence>> {
  const figures = allFigures({ ...form, pages: form.pages.filter(({ number }) => number === page) });
  return Object.fromEntries(
    figures.map(({ id, signatures }) => [id, values[id] ?? (signatures ? signed(0) : written(0))]),
  );
}

const BOXES = 3;
const SURE = 0.99999;

function probability(index: number, digit: number, other: number | undefined): number {
  if (other === undefined) return index === digit ? SURE : (1 - SURE) / 11;
  if (index === digit) return 0.5;
  return index === other ? 0.4 : 0.01;
}

function smallForm(id: FormId, tag: number): FormDefinition {
  const figure = (figureId: FigureId, label: string, x: number, y: number) => ({
    id: figureId,
    label,
    boxes: [0, 1, 2].map((box): [number, number, number, number] => [x + box * 12, y, 10, 10]),
    guideDots: false,
  });
  const corners = { tl: [5, 5], tr: [205, 5], br: [205, 145], bl: [5, 145] } as const;
  return {
    schema: 1,
    kind: 'hasil',
    id,
    title: `Formulir ${id}`,
    label: `Formulir ${id}`,
    sheet: { width: 210, height: 150 },
    marks: { by: 'saddles', saddles: corners, markSide: 4, tag: { family: '36h10', box: [180, 20, 16, 16], turn: 0 } },
    pages: [
      {
        number: 1,
        tag,
        figures: [
          figure('l', 'Pemilih, laki-laki', 20, 40),
          figure('p', 'Pemilih, perempuan', 70, 40),
          figure('j', 'Pemilih, jumlah', 120, 40),
        ],
        otherBoxes: [],
      },
      { number: 2, tag: tag + 1, figures: [figure('memilih', 'Yang memilih', 120, 40)], otherBoxes: [] },
    ],
    rules: [
      rule({
        id: 'jumlah',
        kind: 'sum',
        total: 'j',
        parts: ['l', 'p'],
        says: 'Laki-laki ditambah perempuan sama dengan jumlah',
      }),
      rule({
        id: 'batas',
        kind: 'at-most',
        smaller: 'memilih',
        larger: 'j',
        says: 'Yang memilih tidak lebih dari jumlah pemilih',
      }),
    ],
  };
}

function smallList(id: FormId, tag: number): FormDefinition {
  const { schema, sheet, marks } = smallForm(id, tag);
  const signatures = [0, 1, 2, 3].map((row) => [120, 40 + 12 * row, 60, 12]);
  const figure = { id: 'hadir', label: 'Tanda tangan di halaman', boxes: [], guideDots: false, signatures };
  const pages = [{ number: 1, tag, upTo: 3, figures: [figure], otherBoxes: [] }];
  const list = { kind: 'daftar-hadir', id, title: 'Daftar hadir', label: 'Daftar Hadir', signedFor: 'memilih' };
  const parsed = parseDefinition({ schema, ...list, sheet, marks, pages, rules: [] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.refusals));
  return parsed.form;
}

type Partial<R> = R extends Rule ? Omit<R, 'severity' | 'source'> : never;

function rule(part: Partial<Rule>): Rule {
  return { ...part, severity: 'blocking', source: 'contoh' };
}

export function registryFor(forms: readonly FormDefinition[]): FormRegistry {
  const result = registryOf(forms);
  if (!result.ok) throw new Error(result.reason);
  return result.registry;
}
