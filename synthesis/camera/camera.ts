import type { CornerName, FigureId, FormDefinition, Point, Rect } from '#contract/form/definition.ts';
import type { Random } from '#synthesis/random.ts';
import type { Sheet } from '#synthesis/sheet.ts';
import type { Conditions } from './conditions.ts';
import { develop } from './develop.ts';
import { expose } from './expose.ts';
import { glareAt } from './light.ts';
import { type Projection, projectionOf } from './projection.ts';
import { layOut } from './scene.ts';

/** What is true of a photo, so that a test can tell a justified refusal from a wrong one. */
export interface CameraTruth {
  readonly conditions: Conditions;
  /** The corner marks in the photo, px. */
  readonly marks: Readonly<Record<CornerName, Point>>;
  /** Corner marks on which something lies. */
  readonly hidden: readonly CornerName[];
  /** Corner marks that lie outside the photo, wholly or in part. */
  readonly cutOff: readonly CornerName[];
  /** Corner marks in the glare. */
  readonly glaredMarks: readonly CornerName[];
  /** Figures of which a box lies where the glare takes half of the contrast or more. */
  readonly glared: readonly FigureId[];
  /** Resolution on the sheet where it is lowest, px a mm. */
  readonly pxPerMm: number;
}

export interface Shot {
  readonly jpeg: Uint8Array;
  readonly truth: CameraTruth;
  readonly projection: Projection;
}

/** Photographs one page under the given conditions. The same stream of chance gives the same bytes. */
export function takePhoto(
  sheet: Sheet,
  form: FormDefinition,
  page: number,
  conditions: Conditions,
  random: Random,
): Shot {
  const projection = projectionOf(conditions, [form.sheet.width, form.sheet.height]);
  const scene = layOut(sheet, form, conditions, projection, random.fork('scene'));
  const jpeg = develop(expose(scene, projection, conditions), conditions, random.fork('sensor'));
  return { jpeg, truth: truthOf(form, page, conditions, projection), projection };
}

function truthOf(form: FormDefinition, page: number, conditions: Conditions, projection: Projection): CameraTruth {
  const mark = form.marks.by === 'saddles' ? form.marks.saddles : form.marks.centres;
  const reach = form.marks.by === 'saddles' ? form.marks.markSide : form.marks.side / 2;
  const corners = ['tl', 'tr', 'br', 'bl'] as const;
  const inside = ([x, y]: Point): boolean =>
    x >= 0 && y >= 0 && x <= conditions.size[0] - 1 && y <= conditions.size[1] - 1;
  const cut = ([x, y]: Point): boolean =>
    !([-reach, reach] as const).every((dx) =>
      ([-reach, reach] as const).every((dy) => inside(projection.toPhoto([x + dx, y + dy]))),
    );
  const { width, height } = form.sheet;
  return {
    conditions,
    marks: {
      tl: projection.toPhoto(mark.tl),
      tr: projection.toPhoto(mark.tr),
      br: projection.toPhoto(mark.br),
      bl: projection.toPhoto(mark.bl),
    },
    hidden: conditions.hidden ? [conditions.hidden] : [],
    cutOff: corners.filter((corner) => cut(mark[corner])),
    glaredMarks: corners.filter((corner) => washedOut(conditions, mark[corner])),
    glared: glaredFigures(form, page, conditions),
    pxPerMm: Math.min(
      ...[
        [0, 0],
        [width, 0],
        [width, height],
        [0, height],
      ].map(([x = 0, y = 0]) => densityAt(projection, [x, y])),
    ),
  };
}

function glaredFigures(form: FormDefinition, page: number, conditions: Conditions): readonly FigureId[] {
  const figures = form.pages.find(({ number }) => number === page)?.figures ?? [];
  const parts = [0, 0.5, 1] as const;
  const washed = ([x, y, w, h]: Rect): boolean =>
    parts.some((u) => parts.some((v) => washedOut(conditions, [x + u * w, y + v * h])));
  return figures.filter(({ boxes }) => boxes.some(washed)).map(({ id }) => id);
}

/** White paper clips at full white, so glare above this takes half of what ink and paper differ by. */
function washedOut({ glare, light }: Conditions, point: Point): boolean {
  return glare !== null && glareAt(glare, point) > 1 - light.level * 0.5;
}

function densityAt(projection: Projection, [x, y]: Point): number {
  const [here, right, below] = [
    projection.toPhoto([x, y]),
    projection.toPhoto([x + 1, y]),
    projection.toPhoto([x, y + 1]),
  ];
  return Math.min(
    Math.hypot(right[0] - here[0], right[1] - here[1]),
    Math.hypot(below[0] - here[0], below[1] - here[1]),
  );
}
