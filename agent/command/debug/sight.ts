import { type FoundTag, findTags } from '#agent/page/april-tag.ts';
import { CORNERS } from '#agent/page/corners.ts';
import type { ToPhoto } from '#agent/page/frames.ts';
import { mapPoint } from '#agent/page/homography.ts';
import { type LocatedPage, locatePage } from '#agent/page/locate.ts';
import type { MarkedSheet } from '#agent/page/marked-sheet.ts';
import { findMarks } from '#agent/page/marks.ts';
import type { Picture } from '#agent/page/picture.ts';
import type { Quad } from '#agent/page/quad.ts';
import { findSquares } from '#agent/page/squares.ts';
import type { PageChoice } from '#agent/read/reading.ts';
import type { CornerName, FormDefinition, Point } from '#contract/form/definition.ts';
import type { FormRegistry, PageOfForm } from '#contract/form/registry.ts';

/** A corner mark: where it is, or where it ought to be. Photo px. */
export interface SeenMark {
  readonly corner: CornerName;
  readonly at: Point;
  readonly seen: 'clearly' | 'hardly' | 'not';
}

/** What can be made out in a photo, also in one that is refused. Points in photo px. */
export interface Sight {
  readonly tag: FoundTag | null;
  /** Squares with a tag's border and no code that could be read. */
  readonly unreadableTags: readonly Quad[];
  /** The sheet as far as it was found; of a refused one, as its marks alone have it. */
  readonly sheet: (PageOfForm & { readonly toPhoto: ToPhoto; readonly marks: readonly SeenMark[] }) | null;
}

/** Looks at a photo once more, for a picture of what the reader saw: twice the work of finding the page. */
export function see(picture: Picture, forms: FormRegistry, choice: PageChoice | null): Sight {
  const { tags, unreadable } = choice ? { tags: [], unreadable: [] } : findTags(picture);
  const known = tags.find(({ id }) => forms.byTag(id));
  const located = locatePage(picture, forms, choice);
  const sheet = located.kind === 'located' ? sheetOfLocated(located) : sheetByMarks(picture, forms, choice, known);
  return { tag: known ?? tags[0] ?? null, unreadableTags: known ? [] : unreadable, sheet };
}

function sheetOfLocated({ form, page, toPhoto, unseenCorners }: LocatedPage): Sight['sheet'] {
  const marks = CORNERS.map((corner): SeenMark => {
    return { corner, at: toPhoto(cornerOf(form, corner)), seen: unseenCorners.includes(corner) ? 'hardly' : 'clearly' };
  });
  return { form, page, toPhoto, marks };
}

function sheetByMarks(
  picture: Picture,
  forms: FormRegistry,
  choice: PageChoice | null,
  tag: FoundTag | undefined,
): Sight['sheet'] {
  const known = choice ? pageOfChoice(forms, choice) : tag && forms.byTag(tag.id);
  const marked = known && marksOf(picture, known, tag);
  if (!known || !marked) return null;
  const toPhoto: ToPhoto = (point) => mapPoint(marked.h, point);
  const marks = CORNERS.map((corner) => markOf(known.form, corner, marked));
  return { ...known, toPhoto, marks };
}

function pageOfChoice(forms: FormRegistry, choice: PageChoice): PageOfForm | undefined {
  const form = forms.byId(choice.form);
  const page = form?.pages.find(({ number }) => number === choice.page);
  return form && page && { form, page };
}

/** The likeliest way the marks can lie, before the printed boxes are asked. */
function marksOf(picture: Picture, { form }: PageOfForm, tag: FoundTag | undefined): MarkedSheet | undefined {
  if (form.marks.by === 'squares') return findSquares(picture, form, form.marks)[0];
  return tag && findMarks(picture, tag, form.marks).next().value;
}

function markOf(form: FormDefinition, corner: CornerName, { h, pairs, missing, faint }: MarkedSheet): SeenMark {
  const from = cornerOf(form, corner);
  if (missing.some((one) => one.corner === corner)) return { corner, at: mapPoint(h, from), seen: 'not' };
  const pair = pairs.find((one) => one.from === from);
  return { corner, at: pair?.to ?? mapPoint(h, from), seen: faint.includes(corner) ? 'hardly' : 'clearly' };
}

function cornerOf({ marks }: FormDefinition, corner: CornerName): Point {
  return (marks.by === 'saddles' ? marks.saddles : marks.centres)[corner];
}
