import { z } from 'zod';
import { FormDefinition, Rect } from '../form/definition.ts';
import { type FormRegistry, registryOf } from '../form/registry.ts';
import latihanAngka from './latihan-angka.json' with { type: 'json' };

/**
 * The sheet on which a KPPS member practises digits: a form like any other, and for each row the one
 * character that is to be written into all its boxes. It stands in no registry of official forms.
 */
export const CHARACTERS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'X'] as const;
const Character = z.enum(CHARACTERS);
/** What a row asks for: a digit, or the X of an unused box. */
export type Character = z.infer<typeof Character>;

const PracticeRow = z
  .strictObject({
    figure: z.string(),
    character: Character,
    /** Where the recommended shape is printed, mm. */
    example: Rect,
  })
  .readonly();
export type PracticeRow = z.infer<typeof PracticeRow>;

export const PracticeSheet = z
  .strictObject({
    form: FormDefinition,
    /** Where the writer puts a name or number; it is shown, never read. */
    name: Rect,
    rows: z.array(PracticeRow).min(1).readonly(),
  })
  .superRefine(({ form, rows }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['rows'], message });
    const figures = form.pages.flatMap((page) => page.figures.map(({ id }) => id));
    if (form.pages.length !== 1) refuse('a practice sheet has one page');
    if (figures.join() !== rows.map(({ figure }) => figure).join()) refuse('each figure has its row, in order');
    if (new Set(rows.map(({ character }) => character)).size !== rows.length) refuse('a character has one row');
  })
  .readonly();
export type PracticeSheet = z.infer<typeof PracticeSheet>;

/** The sheet that ships. It is part of the program, so one that does not parse is a bug and throws. */
export const PRACTICE_SHEET: PracticeSheet = PracticeSheet.parse(latihanAngka);

/** The forms practice knows: the sheet alone, so that an official form is never taken for practice. */
export function practiceForms(): FormRegistry {
  const registered = registryOf([PRACTICE_SHEET.form]);
  if (!registered.ok) throw new Error(`contract/practice: ${registered.reason}`);
  return registered.registry;
}

/** Whether a tag is that of a practice sheet, which no official reading may take for a document. */
export function isPracticeTag(tag: number): boolean {
  return PRACTICE_SHEET.form.pages.some((page) => page.tag === tag);
}
