import { type FoundTag, findTags } from '#agent/page/april-tag.ts';
import { cornersOf } from '#agent/page/corners.ts';
import type { ToPhoto } from '#agent/page/frames.ts';
import { mapPoint, type Pair, scaleAt } from '#agent/page/homography.ts';
import type { MarkedSheet, SaddleMarks } from '#agent/page/marked-sheet.ts';
import { findMarks, findMissing } from '#agent/page/marks.ts';
import { findOutline } from '#agent/page/outline.ts';
import type { Picture } from '#agent/page/picture.ts';
import {
  blurAtTag,
  isFar,
  judgeBlur,
  judgePage,
  judgeSoftness,
  judgeUnreadable,
  measure,
  type PageQuality,
  scaleAtTag,
} from '#agent/page/quality.ts';
import { type RectifiedSheet, rectify } from '#agent/page/rectify.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { quantile } from '#agent/page/sampling.ts';
import { findSquares } from '#agent/page/squares.ts';
import type { CornerName, FormDefinition, FormId, FormPage } from '#contract/form/definition.ts';
import { isOpenEnded } from '#contract/form/document.ts';
import type { FormRegistry, PageOfForm } from '#contract/form/registry.ts';
import { isPracticeTag } from '#contract/practice/practice-sheet.ts';

/** A page found in a photo, identified, laid straight and good enough to be read. */
export interface LocatedPage extends OnSheet {
  readonly kind: 'located';
  /** 95 % of the printed boxes lie within this distance of where `toPhoto` has them, mm. */
  readonly residualMm: number;
  readonly quality: PageQuality;
  /** Marks that could not be seen or hardly: the printed boxes confirmed the rest. */
  readonly unseenCorners: readonly CornerName[];
}

/** A sheet without marks, known and laid straight by what a person said and by its outline: nothing printed on it is where a definition has it. */
export interface OutlinedPage extends OnSheet {
  readonly kind: 'outlined';
}

interface OnSheet {
  readonly form: FormDefinition;
  readonly page: FormPage;
  /** A point of the sheet (mm, as in the definition) to the photo (px at full scale). */
  readonly toPhoto: ToPhoto;
  /** Pixels along one mm in the middle of the sheet. */
  readonly pxPerMm: number;
}

/** What the KPPS member says is on the paper; asked only for sheets that carry no tag. */
export interface ChosenPage {
  readonly form: FormId;
  readonly page: number;
}

/** So many of the boxes where they must be leave no doubt, even with a mark hidden. */
const MIN_CONFIRMED = 0.9;
/** Boxes that can tell where a missing mark lies, and how much one counts against a mark. */
const MIN_GUIDES = 6;
const GUIDE_WEIGHT = 0.1;
/** Of a form without a tag so many of its boxes must be there, or it is another form. */
const MIN_GRID = 0.7;
/** A whole picture whose brightest parts stay below this shows nothing, gray levels. */
const MIN_BRIGHT = 50;

/** Finds, identifies and judges the page in a photo. */
export function locatePage(
  picture: Picture,
  registry: FormRegistry,
  choice: ChosenPage | null,
): LocatedPage | PageRefusal {
  const chosen = choice && pageOf(registry, choice);
  return chosen?.page.tag === null ? locateChosen(picture, chosen) : locateTagged(picture, registry);
}

/** The same where a person may have laid down a sheet without any marks; a tag on it knows better than the person. */
export function locateSheet(
  picture: Picture,
  registry: FormRegistry,
  choice: ChosenPage | null,
): LocatedPage | OutlinedPage | PageRefusal {
  const located = locatePage(picture, registry, choice);
  const chosen = choice && pageOf(registry, choice);
  const unmarked = located.kind === 'refused' && (located.code === 'page-not-found' || located.code === 'blurred');
  return unmarked && chosen && isOpenEnded(chosen.form) ? locateOutlined(picture, chosen) : located;
}

function pageOf(registry: FormRegistry, choice: ChosenPage): PageOfForm | null {
  const form = registry.byId(choice.form);
  const page = form?.pages.find(({ number }) => number === choice.page);
  return form && page ? { form, page } : null;
}

function locateOutlined(picture: Picture, { form, page }: PageOfForm): OutlinedPage | PageRefusal {
  const found = findOutline(picture, form.sheet);
  if (found.kind === 'refused') return found.code === 'page-not-found' ? notFound(picture) : found;
  const { h, pxPerMm } = found;
  return { kind: 'outlined', form, page, toPhoto: (point) => mapPoint(h, point), pxPerMm };
}

/** Where parts of several sheets are in the picture, the first that is there as a whole. */
function locateTagged(picture: Picture, registry: FormRegistry): LocatedPage | PageRefusal {
  const { tags, unreadable } = findTags(picture);
  let refusal: PageRefusal | null = null;
  for (const tag of tags) {
    const known = registry.byTag(tag.id);
    if (known?.form.marks.by !== 'saddles') continue;
    const answer = locateByTag(picture, known, known.form.marks, tag);
    if (answer.kind === 'located') return answer;
    refusal ??= answer;
  }
  if (refusal) return refusal;
  const unknown = tags.find((tag) => tag.errors === 0);
  if (unknown && isPracticeTag(unknown.id)) return { kind: 'refused', code: 'practice-sheet' };
  if (unknown) return { kind: 'refused', code: 'unknown-tag', tag: unknown.id };
  return judgeUnreadable(picture.full, unreadable) ?? notFound(picture);
}

function locateByTag(
  picture: Picture,
  known: PageOfForm,
  marks: SaddleMarks,
  tag: FoundTag,
): LocatedPage | PageRefusal {
  const blur = blurAtTag(picture.full, tag, marks, known.page);
  const blurred = judgeBlur(blur);
  if (blurred) return blurred;
  const first = bestSheet(picture, known.page, findMarks(picture, tag, marks));
  if (!first) return notFound(picture);
  const found = lookedAgain(picture, known.page, marks, first);
  const answer = incomplete(found.marked) ?? judged(picture, known, found, blur);
  if (answer.kind === 'located' || answer.code !== 'corner-hidden') return answer;
  const scale = scaleAt(found.marked.h, marks.saddles[answer.corner]);
  return whyLost(scale, blur * (scaleAtTag(tag, marks) / scale), known.page) ?? answer;
}

/**
 * A mark can be lost because it is small or soft where it lies, farther from the camera than the tag:
 * then that is the reason that helps. Scale in px a mm, and blur, both at the lost mark.
 */
function whyLost(scale: number, blur: number, page: FormPage): PageRefusal | null {
  return isFar(scale, page) ? { kind: 'refused', code: 'picture-too-small' } : judgeSoftness(blur);
}

/** A sheet that ends outside the picture is no evidence, and two marks leave too much open. */
function incomplete({ missing }: MarkedSheet): PageRefusal | null {
  const cut = missing.find(({ why }) => why === 'cut-off');
  if (cut) return { kind: 'refused', code: 'cut-off', corner: cut.corner };
  const [hidden, another] = missing;
  return hidden && another ? { kind: 'refused', code: 'corner-hidden', corner: hidden.corner } : null;
}

function locateChosen(picture: Picture, { form, page }: PageOfForm): LocatedPage | PageRefusal {
  if (form.marks.by !== 'squares') return notFound(picture);
  const found = bestSheet(picture, page, findSquares(picture, form, form.marks));
  // Squares are everywhere: without its boxes it is another form.
  if (!found || found.seen < MIN_GRID) return notFound(picture);
  return judged(picture, { form, page }, found, 0);
}

interface FoundSheet {
  readonly marked: MarkedSheet;
  readonly sheet: RectifiedSheet;
  /** Share of the printed boxes that are where the marks have them. */
  readonly seen: number;
}

/** Of all ways the sheet can lie the one whose printed boxes are there. */
function bestSheet(picture: Picture, page: FormPage, ways: Iterable<MarkedSheet>): FoundSheet | null {
  let best: FoundSheet | null = null;
  for (const marked of ways) {
    const sheet = rectify(picture.full, marked, page);
    const found = { marked, sheet, seen: sheet.frames.length / sheet.boxes };
    if (!best || worth(found) > worth(best)) best = found;
    if (found.seen >= MIN_CONFIRMED && marked.missing.length === 0) break;
  }
  return best;
}

/** With a mark missing and boxes seen, the boxes say where to look for it. */
function lookedAgain(picture: Picture, page: FormPage, marks: SaddleMarks, found: FoundSheet): FoundSheet {
  const { marked, sheet } = found;
  if (marked.missing.length === 0 || sheet.frames.length < MIN_GUIDES) return found;
  const boxes = sheet.frames.map(({ box }): Pair => {
    const [from] = cornersOf(box);
    return { from, to: sheet.toPhoto(from), weight: GUIDE_WEIGHT };
  });
  const again = findMissing(picture, marked, boxes, marks);
  return bestSheet(picture, page, [again]) ?? found;
}

/** A mark more is worth a tenth of the boxes: thin lines may be missed, marks hardly. */
function worth({ marked, seen }: FoundSheet): number {
  return seen - 0.1 * marked.missing.length;
}

function judged(
  picture: Picture,
  { form, page }: PageOfForm,
  { marked, sheet }: FoundSheet,
  markBlur: number,
): LocatedPage | PageRefusal {
  const quality = measure(picture.full, sheet, page, markBlur);
  const [hidden] = marked.missing;
  if (hidden && quality.seen < MIN_CONFIRMED) {
    return { kind: 'refused', code: 'corner-hidden', corner: hidden.corner };
  }
  return (
    judgePage(picture.full, sheet, page, quality) ?? {
      kind: 'located',
      form,
      page,
      toPhoto: sheet.toPhoto,
      residualMm: sheet.field.residualMm,
      pxPerMm: scaleAt(marked.h, [form.sheet.width / 2, form.sheet.height / 2]),
      quality,
      unseenCorners: [...marked.missing.map(({ corner }) => corner), ...marked.faint],
    }
  );
}

/** Nothing was found: because it is night, or because there is nothing. */
function notFound({ small }: Picture): PageRefusal {
  const bright = quantile(Array.from(small.data.filter((_, k) => k % 17 === 0)), 0.98);
  return bright < MIN_BRIGHT
    ? { kind: 'refused', code: 'too-dark', measured: bright, limit: MIN_BRIGHT }
    : { kind: 'refused', code: 'page-not-found' };
}
