import type { FormDefinition } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import { type CameraTruth, takePhoto } from './camera/camera.ts';
import type { Conditions, Severity } from './camera/conditions.ts';
import { drawConditions } from './camera/draw-conditions.ts';
import type { Projection } from './camera/projection.ts';
import type { Care } from './care.ts';
import type { Split } from './hand/mnist.ts';
import { rasterPage } from './print.ts';
import { type Random, randomOf } from './random.ts';
import { type FigureTruth, writeSheet } from './sheet.ts';

export interface PhotographRequest {
  readonly form: FormDefinition;
  /** Page number, from 1. */
  readonly page: number;
  /** The form's PDF at true scale, all pages: our own print (provisioning/paper) or an official one. */
  readonly pdf: Uint8Array;
  /** null photographs a blank form. */
  readonly figures: Figures | null;
  /** Seed of the writer and of chance: the pages of one TPS share it and so one hand. */
  readonly seed: string;
  readonly split: Split;
  readonly care: Care;
  readonly severity: Severity;
  /** Long side of the photo, px: 4000 is a 12-megapixel phone. */
  readonly longSide: number;
  /** Conditions that must be as given instead of drawn. */
  readonly fixed: Partial<Conditions>;
}

export interface PhotographTruth {
  readonly form: string;
  readonly page: number;
  readonly tag: number | null;
  readonly seed: string;
  readonly figures: readonly FigureTruth[];
  readonly camera: CameraTruth;
}

export interface Photograph {
  readonly jpeg: Uint8Array;
  readonly truth: PhotographTruth;
  /** mm on the sheet to px in the photo and back. */
  readonly projection: Projection;
}

/** Prints, fills and photographs one page. The same request gives the same bytes on the same machine. */
export function photograph(request: PhotographRequest): Photograph {
  const { form, seed } = request;
  const page = form.pages.find(({ number }) => number === request.page);
  if (!page) throw new Error(`${form.id} has no page ${request.page}`);
  const random = randomOf(seed);
  const conditions = conditionsOf(request);
  const print = rasterPage(request.pdf, page.number, form.sheet, resolutionFor(conditions, form));
  const { split, care, figures } = request;
  const sheet = writeSheet({ form, page, print, filled: figures && { figures, split, care } }, random);
  const shot = takePhoto(sheet, form, page.number, conditions, photoOf(request));
  return {
    jpeg: shot.jpeg,
    truth: { form: form.id, page: page.number, tag: page.tag, seed, figures: sheet.figures, camera: shot.truth },
    projection: shot.projection,
  };
}

/** The conditions under which the page is photographed. */
export function conditionsOf(
  request: Pick<PhotographRequest, 'form' | 'page' | 'seed' | 'severity' | 'longSide' | 'fixed'>,
): Conditions {
  const { form, severity, longSide, fixed } = request;
  return { ...drawConditions(severity, longSide, form.sheet, photoOf(request).fork('conditions')), ...fixed };
}

/** The chance of one photo. */
function photoOf({ seed, page }: Pick<PhotographRequest, 'seed' | 'page'>): Random {
  return randomOf(seed).fork(`photo of page ${page}`);
}

/** A little finer than the photo sees the sheet, in steps of half a pixel a mm so that prints are rendered seldom. */
function resolutionFor({ size, fill }: Conditions, form: FormDefinition): number {
  const seen = (Math.max(...size) * fill) / Math.max(form.sheet.width, form.sheet.height);
  return Math.max(1, Math.ceil(seen * 1.15 * 2) / 2);
}
