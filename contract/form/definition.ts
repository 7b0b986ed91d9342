import { z } from 'zod';
import { TAG_COUNT } from './april-tag.ts';

/**
 * A form is data: one JSON file a form, validated here. Nothing in the reader knows a particular form.
 *
 * Frame of every coordinate: millimetres on the sheet (or on the scan, where the form is known from
 * scans only), origin at its top-left corner, x to the right, y down, the page upright.
 */

const Millimetres = z.number().finite().min(0);
const Point = z.tuple([Millimetres, Millimetres]).readonly();
/** x, y of the top-left corner, then width and height, in mm. */
export const Rect = z.tuple([Millimetres, Millimetres, z.number().positive(), z.number().positive()]).readonly();
const Corners = z.strictObject({ tl: Point, tr: Point, br: Point, bl: Point }).readonly();
const Id = z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'lower-case words joined by dots or dashes');

/** Two black squares touching at a point (a saddle) in each corner; an AprilTag tells page and orientation. */
const SaddleMarks = z
  .strictObject({
    by: z.literal('saddles'),
    saddles: Corners,
    /** Side of each of the two black squares, mm. */
    markSide: z.number().positive(),
    tag: z
      .strictObject({
        family: z.literal('36h10'),
        box: Rect,
        /** Clockwise turn of the printed tag against its own upright position. */
        turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
      })
      .readonly(),
  })
  .readonly();

/** A filled black square in each corner and no tag: the page is known by choice, not by reading. */
const SquareMarks = z
  .strictObject({ by: z.literal('squares'), centres: Corners, side: z.number().positive() })
  .readonly();

/** Grid of tally cells: a full cell is five strokes, counted row by row. */
const Turus = z
  .strictObject({
    origin: Point,
    columns: z.int().positive(),
    rows: z.int().positive(),
    cell: z.tuple([z.number().positive(), z.number().positive()]).readonly(),
    /** The boxes "jumlah tiap baris", one list a row. */
    rowTotals: z.array(z.array(Rect).readonly()).readonly(),
  })
  .readonly();

const Figure = z
  .strictObject({
    id: Id,
    /** What a KPPS member calls this figure, in Indonesian. */
    label: z.string().min(1),
    /** Digit boxes, leftmost first, each to the middle of its printed frame; none where signatures are counted. */
    boxes: z.array(Rect).max(6).readonly(),
    /** Cells in which voters sign: the figure is how many of them are signed. */
    signatures: z.array(Rect).min(1).readonly().optional(),
    /** Faint seven-segment dots are printed in the boxes. */
    guideDots: z.boolean(),
    /** For each digit box its ten bubbles, 0 first. */
    bubbles: z.array(z.array(Rect).length(10).readonly()).readonly().optional(),
    turus: Turus.optional(),
    /** Where the figure is written in words; nothing is printed for it. */
    words: Rect.optional(),
    /** Small print in the room for words, which is not read with them. */
    wordsNote: Rect.optional(),
  })
  .readonly();

/** What is printed besides boxes and marks; the reader ignores it, the printer draws it. */
const Print = z
  .strictObject({
    /** Table lines and other black areas, as the rectangles they cover. */
    lines: z.array(Rect).readonly(),
    texts: z
      .array(
        z
          .strictObject({
            text: z.string(),
            /** Where the baseline meets the left end, the middle or the right end of the text, as `align` says. */
            at: Point,
            /** Font size (one em), mm. */
            size: z.number().positive(),
            weight: z.enum(['regular', 'bold']),
            align: z.enum(['left', 'centre', 'right']),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

const Page = z
  .strictObject({
    number: z.int().positive(),
    /** Number of the AprilTag on this page; null where the form carries none. */
    tag: z
      .int()
      .min(0)
      .max(TAG_COUNT - 1, `family 36h10 has the tags 0 to ${TAG_COUNT - 1}`)
      .nullable(),
    figures: z.array(Figure).readonly(),
    /** Boxes that are filled but carry no figure (place, date). */
    otherBoxes: z.array(Rect).readonly(),
    print: Print.optional(),
    /**
     * The last page of a form may be used as often as needed: it stands for all pages up to this number. Copy
     * n carries the tag n later, and the number of its page at the end of each figure's id and label.
     */
    upTo: z.int().positive().optional(),
  })
  .readonly();

const ruleBase = {
  id: Id,
  /** blocking: asked until resolved or recorded as "the paper itself is so". warning: shown and sent. */
  severity: z.enum(['blocking', 'warning']),
  /** The rule in the words of a KPPS member, in Indonesian. */
  says: z.string().min(1),
  /** Where the rule comes from: the form's own text, or the regulation. */
  source: z.string().min(1),
};

const Rule = z.discriminatedUnion('kind', [
  z.strictObject({ ...ruleBase, kind: z.literal('sum'), total: Id, parts: z.array(Id).min(1).readonly() }).readonly(),
  z.strictObject({ ...ruleBase, kind: z.literal('at-most'), smaller: Id, larger: Id }).readonly(),
  z.strictObject({ ...ruleBase, kind: z.literal('limit'), figure: Id, max: z.int().nonnegative() }).readonly(),
  /** figure = of + percent % of it, the reserve rounded up. */
  z
    .strictObject({
      ...ruleBase,
      kind: z.literal('reserve'),
      figure: Id,
      of: Id,
      percent: z.number().positive(),
    })
    .readonly(),
]);

/**
 * hasil: the figures of the count, every page of the form. The others have as many pages as were needed:
 * kejadian-khusus, the record of special events and objections; daftar-hadir, a list of voters who signed,
 * whose pictures are personal data.
 */
export const DOCUMENT_KINDS = ['hasil', 'kejadian-khusus', 'daftar-hadir'] as const;
export const DocumentKind = z.enum(DOCUMENT_KINDS);
export type DocumentKind = z.infer<typeof DocumentKind>;

const Shape = z.strictObject({
  schema: z.literal(1),
  kind: DocumentKind.default('hasil'),
  id: Id,
  /** Title as printed. */
  title: z.string().min(1),
  /** What the panel calls it, in Indonesian. */
  label: z.string().min(1),
  /** Of an attendance list: the figure of the result forms that says how many have signed. */
  signedFor: Id.optional(),
  sheet: z.strictObject({ width: z.number().positive(), height: z.number().positive() }).readonly(),
  marks: z.discriminatedUnion('by', [SaddleMarks, SquareMarks]),
  pages: z.array(Page).min(1).readonly(),
  rules: z.array(Rule).readonly(),
});

export const FormDefinition = Shape.superRefine((template, context) => {
  const form = withCopies(template);
  const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
  const ids = new Set<string>();
  const tags = new Set<number>();
  form.pages.forEach((page, p) => {
    if (page.number !== p + 1) refuse(['pages', p, 'number'], `pages are numbered from 1 in order: expected ${p + 1}`);
    if ((page.tag !== null) !== (form.marks.by === 'saddles')) {
      refuse(['pages', p, 'tag'], 'a form with saddle marks has a tag on every page, one with squares has none');
    }
    if (page.tag !== null && tags.has(page.tag)) refuse(['pages', p, 'tag'], `tag ${page.tag} is on two pages`);
    if (page.tag !== null) tags.add(page.tag);
    page.figures.forEach((figure, f) => {
      const path = ['pages', p, 'figures', f];
      if (ids.has(figure.id)) refuse([...path, 'id'], `figure ${figure.id} is defined twice`);
      ids.add(figure.id);
      if ((figure.signatures === undefined) === (figure.boxes.length === 0)) {
        refuse([...path, 'boxes'], 'a figure has either digit boxes or cells for signatures');
      }
      if (figure.bubbles && figure.bubbles.length !== figure.boxes.length) {
        refuse([...path, 'bubbles'], `${figure.boxes.length} boxes need as many columns of bubbles`);
      }
      if (figure.turus && figure.turus.rowTotals.length !== figure.turus.rows) {
        refuse([...path, 'turus', 'rowTotals'], `${figure.turus.rows} tally rows need as many row totals`);
      }
      printedCells(figure).forEach(([x, y, w, h], b) => {
        if (x + w > form.sheet.width || y + h > form.sheet.height)
          refuse([...path, 'boxes', b], 'lies outside the sheet');
      });
      figure.boxes.forEach(([x], b) => {
        const before = figure.boxes[b - 1];
        if (before && x < before[0] + before[2] - 0.5) refuse([...path, 'boxes', b], 'boxes are listed left to right');
      });
    });
  });
  const rules = new Set<string>();
  form.rules.forEach((rule, r) => {
    if (rules.has(rule.id)) refuse(['rules', r, 'id'], `rule ${rule.id} is defined twice`);
    rules.add(rule.id);
    for (const id of ruleFigures(rule)) {
      if (!ids.has(id)) refuse(['rules', r], `figure ${id} is not on this form`);
    }
  });
}).transform(withCopies);

/** Stands in the print of a page for its number. */
const PAGE_NUMBER = '{halaman}';

function withCopies(form: z.infer<typeof Shape>): z.infer<typeof Shape> {
  const last = form.pages.at(-1);
  if (!last?.upTo) return form;
  const copies = Array.from({ length: Math.max(1, last.upTo - last.number + 1) }, (_, n) => copyOf(last, n));
  return { ...form, pages: [...form.pages.slice(0, -1), ...copies] };
}

function copyOf({ upTo, ...page }: z.infer<typeof Page>, n: number): z.infer<typeof Page> {
  const number = page.number + n;
  const figures = page.figures.map((figure) => ({
    ...figure,
    id: `${figure.id}.${number}`,
    label: `${figure.label} ${number}`,
  }));
  const { lines = [], texts = [] } = page.print ?? {};
  const numbered = texts.map((text) => ({ ...text, text: text.text.replace(PAGE_NUMBER, String(number)) }));
  const print = page.print ? { print: { lines, texts: numbered } } : {};
  return { ...page, number, tag: page.tag === null ? null : page.tag + n, figures, ...print };
}

export type FormDefinition = z.infer<typeof FormDefinition>;
export type FormPage = FormDefinition['pages'][number];
export type Figure = FormPage['figures'][number];
export type Rule = FormDefinition['rules'][number];
export type TurusGrid = NonNullable<Figure['turus']>;
/** [x, y, width, height], mm. */
export type Rect = z.infer<typeof Rect>;
/** [x, y], mm. */
export type Point = z.infer<typeof Point>;
export type CornerName = 'tl' | 'tr' | 'br' | 'bl';
export type FigureId = string;
export type FormId = string;

/** The figures a rule speaks of, the one it judges first. */
export function ruleFigures(rule: Rule): readonly FigureId[] {
  switch (rule.kind) {
    case 'sum':
      return [rule.total, ...rule.parts];
    case 'at-most':
      return [rule.smaller, rule.larger];
    case 'limit':
      return [rule.figure];
    case 'reserve':
      return [rule.figure, rule.of];
  }
}

export type DefinitionRefusal = { readonly path: string; readonly reason: string };
export type ParsedDefinition =
  | { readonly ok: true; readonly form: FormDefinition }
  | { readonly ok: false; readonly refusals: readonly DefinitionRefusal[] };

/** Parses a definition; a bad one is refused with the path of every fault and its reason. */
export function parseDefinition(json: unknown): ParsedDefinition {
  const parsed = FormDefinition.safeParse(json);
  if (parsed.success) return { ok: true, form: parsed.data };
  return {
    ok: false,
    refusals: parsed.error.issues.map((issue) => ({
      path: issue.path.join('.') || '(whole file)',
      reason: issue.message,
    })),
  };
}

export function allFigures(form: FormDefinition): readonly Figure[] {
  return form.pages.flatMap((page) => page.figures);
}

/** Where a figure is printed: its digit boxes, or the cells that are signed. */
export function printedCells({ boxes, signatures }: Figure): readonly Rect[] {
  return signatures ?? boxes;
}

/** The largest value a figure can have. */
export function largestOf({ boxes, signatures }: Figure): number {
  return signatures?.length ?? 10 ** boxes.length - 1;
}
