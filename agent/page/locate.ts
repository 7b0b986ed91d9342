import { findTags } from '#agent/page/april-tag.ts';
import type { ToPhoto } from '#agent/page/frames.ts';
import { scaleAt } from '#agent/page/homography.ts';
import { findMarks, type MarkedSheet } from '#agent/page/marks.ts';
import type { Picture } from '#agent/page/picture.ts';
import { judgePage, measure, type PageQuality } from '#agent/page/quality.ts';
import { rectify } from '#agent/page/rectify.ts';
import type { PageRefusal } from '#agent/page/refusal.ts';
import { quantile } from '#agent/page/sampling.ts';
import type { CornerName, FormDefinition, FormId, FormPage } from '#contract/form/definition.ts';
import type { FormRegistry, PageOfForm } from '#contract/form/registry.ts';

/** A page found in a photo, identified, laid straight and good enough to be read. */
export interface LocatedPage {
  readonly kind: 'located';
  readonly form: FormDefinition;
  readonly page: FormPage;
  /** A point of the sheet (mm, as in the definition) to the photo (px at full scale). */
  readonly toPhoto: ToPhoto;
  /** 95 % of the printed boxes lie within this distance of where `toPhoto` has them, mm. */
  readonly residualMm: number;
  /** Pixels along one mm in the middle of the sheet. */
  readonly pxPerMm: number;
  readonly quality: PageQuality;
  /** Marks that could not be seen or hardly: the printed boxes confirmed the rest. */
  readonly unseenCorners: readonly CornerName[];
}

/** What the KPPS member says is on the paper; asked only for forms that carry no tag. */
export interface ChosenPage {
  readonly form: FormId;
  readonly page: number;
}

/** With a mark hidden, so many of the boxes must lie where the other marks say. */
const MIN_CONFIRMED = 0.9;
/** A whole picture whose brightest parts stay below this shows nothing, gray levels. */
const MIN_BRIGHT = 50;

/** Finds, identifies and judges the page in a photo. */
export function locatePage(
  picture: Picture,
  registry: FormRegistry,
  choice: ChosenPage | null,
): LocatedPage | PageRefusal {
  const chosen = choice && taglessPage(registry, choice);
  return chosen ? notFound(picture) : locateTagged(picture, registry);
}

function taglessPage(registry: FormRegistry, choice: ChosenPage): PageOfForm | null {
  const form = registry.byId(choice.form);
  const page = form?.pages.find(({ number, tag }) => number === choice.page && tag === null);
  return form && page ? { form, page } : null;
}

function locateTagged(picture: Picture, registry: FormRegistry): LocatedPage | PageRefusal {
  const tags = findTags(picture);
  for (const tag of tags) {
    const known = registry.byTag(tag.id);
    if (known?.form.marks.by !== 'saddles') continue;
    const marked = findMarks(picture, tag, known.form.marks);
    return marked ? judged(picture, known, marked) : notFound(picture);
  }
  const unknown = tags.find((tag) => tag.errors === 0);
  return unknown ? { kind: 'refused', code: 'unknown-tag', tag: unknown.id } : notFound(picture);
}

function judged(picture: Picture, { form, page }: PageOfForm, marked: MarkedSheet): LocatedPage | PageRefusal {
  const cut = marked.missing.find(({ why }) => why === 'cut-off');
  if (cut) return { kind: 'refused', code: 'cut-off', corner: cut.corner };
  const [hidden, another] = marked.missing;
  if (hidden && another) return { kind: 'refused', code: 'corner-hidden', corner: hidden.corner };
  const sheet = rectify(picture.full, marked.h, form, page);
  const quality = measure(picture.full, sheet, page);
  if (hidden && 1 - quality.unexplained < MIN_CONFIRMED) {
    return { kind: 'refused', code: 'corner-hidden', corner: hidden.corner };
  }
  return (
    judgePage(picture.full, sheet, page) ?? {
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
