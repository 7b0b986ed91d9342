import type { DigitModel } from '#agent/read/digits.ts';
import { BOX_CLASSES, type BoxReading, UNUSED } from '#agent/tally/evidence.ts';
import { CERTAIN_BOX } from '#agent/tally/thresholds.ts';
import type { FieldBox } from './field-data.ts';
import { boxInput } from './field-picture.ts';

/** How the boxes of one source were read. */
export interface BoxScore {
  readonly source: string;
  readonly digits: number;
  readonly digitsRight: number;
  readonly unused: number;
  readonly unusedRight: number;
  /** Boxes nobody should read (blots, struck, two digits), and how many of them were accepted as something. */
  readonly spoilt: number;
  readonly spoiltAccepted: number;
  /** Digits and unused boxes read with at least `CERTAIN_BOX`, and the wrong ones among them. */
  readonly accepted: number;
  readonly acceptedWrong: number;
}

export interface Mistake {
  readonly file: string;
  readonly label: string;
  readonly read: string;
  readonly probability: number;
}

export interface BoxScores {
  readonly scores: readonly BoxScore[];
  readonly mistakes: readonly Mistake[];
}

/** Reads every certain box and counts by source; boxes of dates are left out (nearly all say 17 04 2019). */
export async function scoreBoxes(boxes: readonly FieldBox[], model: DigitModel): Promise<BoxScores> {
  const judged = boxes.filter((box) => box.certain && !box.field.startsWith('date'));
  const readings = await model.read(judged.map(({ file }) => boxInput(file)));
  const answers = judged.map((box, i) => answerOf(box, readings[i] ?? []));
  const sources = [...new Set(judged.map((box) => box.source))].sort();
  const mistakes = answers
    .filter((answer) => !answer.right || (answer.wanted === null && answer.accepted))
    .map(({ box, read, probability }) => ({ file: box.file, label: box.label, read, probability }));
  return { scores: sources.map((source) => scoreOf(source, answers)), mistakes };
}

interface Answer {
  readonly box: FieldBox;
  /** Class the label stands for; null for a spoilt box. */
  readonly wanted: number | null;
  readonly read: string;
  readonly probability: number;
  readonly right: boolean;
  readonly accepted: boolean;
}

function answerOf(box: FieldBox, reading: BoxReading): Answer {
  const probability = Math.max(...reading);
  const best = reading.indexOf(probability);
  const read = BOX_CLASSES[best] ?? '';
  const wanted = wantedClass(box.label);
  const accepted = probability >= CERTAIN_BOX && read !== 'unreadable';
  return { box, wanted, read, probability, right: wanted === null || best === wanted, accepted };
}

function wantedClass(label: string): number | null {
  if (label === 'empty' || label === 'x' || label === 'dash') return UNUSED;
  return /^[0-9]$/.test(label) ? Number(label) : null;
}

function scoreOf(source: string, answers: readonly Answer[]): BoxScore {
  const own = answers.filter(({ box }) => box.source === source);
  const count = (wanted: (answer: Answer) => boolean) => own.filter(wanted).length;
  return {
    source,
    digits: count(({ wanted }) => wanted !== null && wanted !== UNUSED),
    digitsRight: count(({ wanted, right }) => wanted !== null && wanted !== UNUSED && right),
    unused: count(({ wanted }) => wanted === UNUSED),
    unusedRight: count(({ wanted, right }) => wanted === UNUSED && right),
    spoilt: count(({ wanted }) => wanted === null),
    spoiltAccepted: count(({ wanted, accepted }) => wanted === null && accepted),
    accepted: count(({ wanted, accepted }) => wanted !== null && accepted),
    acceptedWrong: count(({ wanted, accepted, right }) => wanted !== null && accepted && !right),
  };
}
