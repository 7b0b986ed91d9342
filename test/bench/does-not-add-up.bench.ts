import { type DigitModel, loadDigitModel } from '#agent/read/digits.ts';
import { MODEL_FILE } from '#agent/read/model-file.ts';
import { decode } from '#agent/tally/decode.ts';
import type { FigureEvidence } from '#agent/tally/evidence.ts';
import { readNumber } from '#agent/tally/number.ts';
import { allFigures, type FormDefinition, ruleFigures } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { drawBoxPx, PAPER, renderExample } from '#models/train/cell-input.ts';
import { breakRule, drawFigures } from '#synthesis/figures.ts';
import type { BoxLabel } from '#synthesis/hand/filling.ts';
import { type Random, randomOf } from '#synthesis/random.ts';
import { printTable } from './table.ts';

/**
 * Forms that do not add up on paper: one figure is written so that a rule breaks. Every box is written
 * by the form's own hand, rendered, worn, cleaned and read by the shipped model, and nothing but the
 * boxes is known: no bubble or tally could help the truth. Nothing may be changed to make a sum fit.
 *
 *   node test/bench/does-not-add-up.bench.ts [forms]     1000 take a quarter of an hour of one core
 */
const FORMS = Number(process.argv[2] ?? 1000);
const form = shippedForms().byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is not shipped');

const model = await loadDigitModel(MODEL_FILE);
const sum = { figures: 0, accepted: 0, wrong: 0, preferred: 0, told: 0, asked: 0 };
for (let n = 0; n < FORMS; n++) await judge(form, n, model);
await model.close();

printTable(
  `${FORMS} forms of ${form.id} that break one rule on paper, read from boxes alone`,
  [
    'figures',
    'accepted',
    'accepted wrong',
    'best by sums against its own boxes',
    'asked',
    'breach named, or a figure of that rule asked',
  ],
  [
    [
      sum.figures,
      `${((100 * sum.accepted) / sum.figures).toFixed(1)} %`,
      sum.wrong,
      sum.preferred,
      sum.asked,
      `${sum.told} of ${FORMS}`,
    ],
  ],
);

async function judge(of: FormDefinition, n: number, digits: DigitModel): Promise<void> {
  const random = randomOf(`does not add up/${n}`);
  const rule = of.rules[n % of.rules.length];
  if (!rule) throw new Error(`${of.id} has no rules`);
  const paper = breakRule(of, drawFigures(of, random), rule.id, random);
  const evidence = await readBoxes(of, paper, `sheet ${n}`, random, digits);
  const { figures, verdicts } = decode(of, evidence);
  const broken = verdicts.some(({ rule: { id }, verdict }) => id === rule.id && verdict === 'broken');
  for (const { figure, status, best, ownMargin } of figures.values()) {
    sum.figures++;
    if (status === 'asked') sum.asked++;
    else {
      sum.accepted++;
      if (best.value !== paper.get(figure)) sum.wrong++;
    }
    const own = readNumber(evidence.get(figure) ?? { boxes: [] }).candidates[0].value;
    if (ownMargin < 0 || own !== best.value) sum.preferred++;
  }
  const told = broken || ruleFigures(rule).some((id) => figures.get(id)?.status === 'asked');
  if (told) sum.told++;
}

/** All boxes of a form in one hand, seen by one camera at one distance. */
async function readBoxes(
  of: FormDefinition,
  paper: Figures,
  sheet: string,
  random: Random,
  digits: DigitModel,
): Promise<ReadonlyMap<string, FigureEvidence>> {
  const boxPx = drawBoxPx(random);
  const rows = allFigures(of).map(({ id, boxes }) => {
    const written = String(paper.get(id) ?? '').padStart(boxes.length, '_');
    return { id, labels: [...written].map((c): BoxLabel => (c === '_' ? 'unused' : (c as BoxLabel))) };
  });
  const inputs = rows.flatMap(({ labels }) =>
    labels.map((label) => renderExample({ split: 'test', label, boxPx, margin: PAPER }, random, randomOf(sheet)).input),
  );
  const readings = await digits.read(inputs);
  let next = 0;
  return new Map(
    rows.map(({ id, labels }) => {
      const boxes = readings.slice(next, next + labels.length);
      next += labels.length;
      return [id, { boxes }];
    }),
  );
}
