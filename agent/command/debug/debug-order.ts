import type { PageChoice } from '#agent/read/reading.ts';
import type { FigureReport, PhotoReport, Report } from '../report.ts';

/** What to draw of one photo: what was decided of it, and where the picture goes. */
export interface DebugOrder {
  readonly out: string;
  readonly choice: PageChoice | null;
  readonly photo: PhotoReport;
  /** Figures of this photo, in the form's order; none where it was refused. */
  readonly figures: readonly JudgedFigure[];
  /** Broken rules these figures stand in, in Indonesian. */
  readonly breaches: readonly string[];
}

/** breach: it stands in a broken rule, whether it is asked or not. */
export type Verdict = 'accepted' | 'asked' | 'breach';
export type JudgedFigure = FigureReport & { readonly verdict: Verdict };

/** What to draw of this photo of the report. */
export function debugOrder(report: Report, photo: PhotoReport, choice: PageChoice | null, out: string): DebugOrder {
  // A file that was named twice reads the same twice, so either document tells of it.
  const document = report.documents.find(({ pages }) => pages.some((page) => page.photo === photo.photo));
  if (!document) return { out, choice, photo, figures: [], breaches: [] };
  const figures = document.figures
    .filter((figure) => figure.photo === photo.photo)
    .map((figure): JudgedFigure => {
      const broken = document.breaches.some((breach) => breach.figures.includes(figure.id));
      return { ...figure, verdict: broken ? 'breach' : figure.status };
    });
  const here = document.breaches.filter((breach) => figures.some(({ id }) => breach.figures.includes(id)));
  return { out, choice, photo, figures, breaches: here.map(({ says }) => says) };
}
