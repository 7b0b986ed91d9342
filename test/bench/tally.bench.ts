import { type Decision, decode } from '#agent/tally/decode.ts';
import type { Evidence } from '#agent/tally/evidence.ts';
import { answer, questionsOf } from '#agent/tally/questions.ts';
import { type Noise, readNoisily } from '#agent/tally/testing/noisy-reader.ts';
import { seen } from '#agent/tally/testing/seen.ts';
import { SILENT_ERROR_TARGET } from '#agent/tally/thresholds.ts';
import { allFigures, type FormDefinition } from '#contract/form/definition.ts';
import type { Figures } from '#contract/form/rules.ts';
import { shippedForms } from '#contract/forms.ts';
import { breakRule, drawFigures } from '#synthesis/figures.ts';
import { type Random, randomOf } from '#synthesis/random.ts';

/**
 * What the decoder accepts, asks and gets wrong when a reader errs by chance: no picture is read here,
 * the boxes come from a model of errors. For a calibrated reader nothing wrong may be accepted. What is
 * left for one that is too sure of a digit its writer always draws alike is the limit of digits and sums.
 * The error that accepted figures state by their margins must, on the mean, keep to the target.
 * Ten thousand forms a row take ten minutes of one core: `node test/bench/tally.bench.ts [forms a row]`.
 */
const FORMS = Number(process.argv[2] ?? 10_000);
const form = shippedForms().byId('c-hasil-kwk-gubernur');
if (!form) throw new Error('the Governor form is not shipped');

const usual: Noise = { hard: 0.05, overConfidence: 1, oneHand: 0, bubbles: 'filled' };
const rows: readonly (readonly [string, Noise])[] = [
  ['5 % of boxes hard, calibrated', usual],
  ['the same, no bubbles', { ...usual, bubbles: 'left-alone' }],
  ['the same, log odds 2 x too sure', { ...usual, overConfidence: 2 }],
  ['the same, log odds 3 x too sure', { ...usual, overConfidence: 3 }],
  ['one digit of each writer ambiguous', { ...usual, oneHand: 1 }],
  ['the same, 2 x too sure', { ...usual, oneHand: 1, overConfidence: 2 }],
  ['20 % of boxes hard', { ...usual, hard: 0.2 }],
  ['20 % hard, 2 x too sure', { ...usual, hard: 0.2, overConfidence: 2 }],
];
const hardness: typeof rows = [
  ['5 % of boxes hard, calibrated', usual],
  ['20 % of boxes hard', { ...usual, hard: 0.2 }],
];

/** Figures as they stand on the n-th paper. */
type Paper = (of: FormDefinition, n: number, random: Random) => Figures;

interface Tally {
  misreadBoxes: number;
  accepted: number;
  /** Sum over the accepted figures. */
  statedError: number;
  asked: number;
  silent: number;
  silentForms: number;
  answered: number;
  clean: number;
}

console.log(`${FORMS} consistent forms a row, ${allFigures(form).length} figures each, form ${form.id}`);
console.table(Object.fromEntries(rows.map(([name, noise]) => [name, simulated(form, noise, drawFor)])));
console.log(`${FORMS} forms a row that break one rule on paper`);
console.table(Object.fromEntries(hardness.map(([name, noise]) => [name, simulated(form, noise, breakFor)])));
console.log(`${FORMS} forms that break one rule on paper, read without noise`);
console.table({ 'one rule broken': broken(form) });

function drawFor(of: FormDefinition, _: number, random: Random): Figures {
  return drawFigures(of, random);
}

function breakFor(of: FormDefinition, n: number, random: Random): Figures {
  return breakRule(of, drawFigures(of, random), ruleToBreak(of, n), random);
}

/** Each in turn. */
function ruleToBreak(of: FormDefinition, n: number): string {
  const rule = of.rules[n % of.rules.length];
  if (!rule) throw new Error(`${of.id} has no rules`);
  return rule.id;
}

function simulated(of: FormDefinition, noise: Noise, paper: Paper): Record<string, number | string> {
  const sum: Tally = {
    misreadBoxes: 0,
    accepted: 0,
    statedError: 0,
    asked: 0,
    silent: 0,
    silentForms: 0,
    answered: 0,
    clean: 0,
  };
  const times: number[] = [];
  for (let n = 0; n < FORMS; n++) {
    const random = randomOf(`tally/${n}`);
    const figures = paper(of, n, random);
    const evidence = readNoisily(of, figures, noise, random);
    const start = performance.now();
    const decision = decode(of, evidence);
    times.push(performance.now() - start);
    const accepted = [...decision.figures.values()].filter(({ status }) => status === 'accepted');
    const wrong = accepted.filter(({ figure, best }) => best.value !== figures.get(figure));
    sum.accepted += accepted.length;
    sum.statedError += accepted.reduce((error, { margin }) => error + 1 / (1 + Math.exp(margin)), 0);
    sum.asked += decision.figures.size - accepted.length;
    sum.clean += questionsOf(decision).length === 0 ? 1 : 0;
    sum.misreadBoxes += misread(of, evidence, figures);
    const { answered, silent } = answerAll(of, evidence, figures, decision);
    sum.answered += answered;
    sum.silent += silent;
    sum.silentForms += wrong.length > 0 ? 1 : 0;
  }
  return row(of, sum, times);
}

function row(of: FormDefinition, sum: Tally, times: number[]): Record<string, number | string> {
  const figures = FORMS * allFigures(of).length;
  const boxes = FORMS * allFigures(of).reduce((count, figure) => count + figure.boxes.length, 0);
  times.sort((a, b) => a - b);
  return {
    'boxes misread %': percent(sum.misreadBoxes, boxes),
    'figures accepted %': percent(sum.accepted, figures),
    [`error stated by accepted ones (target ${SILENT_ERROR_TARGET})`]: (sum.statedError / sum.accepted).toExponential(
      1,
    ),
    'asked %': percent(sum.asked, figures),
    'forms asking nothing %': percent(sum.clean, FORMS),
    'answers a form': (sum.answered / FORMS).toFixed(2),
    'forms with a wrong accepted figure at first': sum.silentForms,
    'wrong figures after all answers': sum.silent,
    'ms median': at(times, 0.5),
    p95: at(times, 0.95),
    'ms most': at(times, 1),
  };
}

/** Someone who reads the paper rightly answers the first question until there is none. */
function answerAll(of: FormDefinition, evidence: Evidence, figures: Figures, first: Decision) {
  const answers = new Map<string, number | null>();
  let decision = first;
  for (;;) {
    const [worst] = questionsOf(decision);
    if (!worst) {
      const wrong = [...decision.figures.values()].filter(({ figure, best }) => best.value !== figures.get(figure));
      return { answered: answers.size, silent: wrong.length };
    }
    answers.set(worst.figure, figures.get(worst.figure) ?? null);
    decision = answer(of, evidence, answers).decision;
  }
}

function misread(of: FormDefinition, evidence: Evidence, figures: Figures): number {
  const truth = seen(of, figures);
  let count = 0;
  for (const [id, { boxes }] of evidence) {
    boxes.forEach((reading, i) => {
      const right = truth.get(id)?.boxes[i]?.indexOf(1);
      if (reading.indexOf(Math.max(...reading)) !== right) count++;
    });
  }
  return count;
}

function broken(of: FormDefinition): Record<string, number | string> {
  let [changed, named] = [0, 0];
  for (let n = 0; n < FORMS; n++) {
    const random = randomOf(`broken/${n}`);
    const paper = breakFor(of, n, random);
    const { figures, verdicts } = decode(of, seen(of, paper));
    changed += [...figures.values()].filter(({ figure, best }) => best.value !== paper.get(figure)).length;
    named += verdicts.some((v) => v.rule.id === ruleToBreak(of, n) && v.verdict === 'broken') ? 1 : 0;
  }
  return { 'figures changed': changed, 'breach named %': percent(named, FORMS) };
}

function percent(part: number, whole: number): string {
  return ((100 * part) / whole).toFixed(2);
}

function at(sorted: readonly number[], quantile: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? 0).toFixed(1);
}
