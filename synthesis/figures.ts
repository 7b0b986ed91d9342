import {
  allFigures,
  type Figure,
  type FigureId,
  type FormDefinition,
  largestOf,
  type Rule,
} from '#contract/form/definition.ts';
import { type Figures, judge } from '#contract/form/rules.ts';
import type { Random } from './random.ts';

/** What a TPS of the form lists at most when the form states no limit. */
const LISTED_WITHOUT_LIMIT = 600;
/** Palembang, 2024: 546 of 600 on the list, 350 of those voted. */
const LISTED_SHARE = [0.7, 1] as const;
const TURNOUT = [0.5, 0.78] as const;

/** Draws figures of one TPS that keep every rule of the form, warnings included. */
export function drawFigures(form: FormDefinition, random: Random): Figures {
  const all = form.kind === 'hasil' ? drawTps(form, random) : drawCounts(form, random);
  const figures = new Map(allFigures(form).map(({ id }) => [id, all.get(id) ?? null] as const));
  const broken = judge(form, figures).find(({ verdict }) => verdict !== 'holds');
  if (broken) throw new Error(`figures drawn for ${form.id} do not keep ${broken.rule.id}: ${broken.verdict}`);
  return figures;
}

/** Most TPS have no special event to tell; of a page of an attendance list any part may be signed. */
function drawCounts(form: FormDefinition, random: Random): Figures {
  const most = (figure: Figure) => (figure.signatures ? largestOf(figure) : random.pick([0, 0, 0, 3]));
  return new Map(allFigures(form).map((figure) => [figure.id, random.whole(0, most(figure))]));
}

/** Changes one figure of consistent figures so that the named rule is broken (others may break with it). */
export function breakRule(form: FormDefinition, figures: Figures, ruleId: string, random: Random): Figures {
  const rule = form.rules.find(({ id }) => id === ruleId);
  if (!rule) throw new Error(`${form.id} has no rule ${ruleId}`);
  const [figure, value] = breach(rule, figures, random);
  return new Map(figures).set(figure, value);
}

function breach(rule: Rule, figures: Figures, random: Random): readonly [FigureId, number] {
  const number = (id: FigureId): number => figures.get(id) ?? 0;
  switch (rule.kind) {
    case 'sum':
      return [rule.total, misheard(number(rule.total), random)];
    case 'reserve':
      return [rule.figure, misheard(number(rule.figure), random)];
    case 'at-most':
      return [rule.smaller, number(rule.larger) + random.whole(1, 9)];
    case 'limit':
      return [rule.figure, rule.max + random.whole(1, 9)];
  }
}

/** Another number as people get sums wrong: one off, ten off, or one digit replaced. */
function misheard(value: number, random: Random): number {
  const off = random.pick([1, -1, 2, -2, 10, -10, 100] as const);
  return value + off >= 0 && value + off <= 999 ? value + off : value + 1;
}

type Counted = Readonly<Record<'l' | 'p' | 'j', number>>;

function counted(l: number, p: number): Counted {
  return { l, p, j: l + p };
}

function drawTps(form: FormDefinition, random: Random): ReadonlyMap<FigureId, number> {
  const figures = new Map<FigureId, number>();
  const put = (row: string, value: Counted): void => {
    for (const key of ['l', 'p', 'j'] as const) figures.set(`${row}.${key}`, value[key]);
  };
  const listed = drawListed(form, random);
  const men = share(listed, 0.49 + random.normal() * 0.015, random);
  const onList = counted(men, listed - men);
  const turnout = random.between(...TURNOUT);
  const users = counted(share(onList.l, turnout, random), share(onList.p, turnout, random));
  const moved = counted(random.whole(0, 4), random.whole(0, 4));
  const added = counted(random.whole(0, 6), random.whole(0, 6));
  const voters = counted(users.l + moved.l + added.l, users.p + moved.p + added.p);
  put('dpt', onList);
  put('pengguna-dpt', users);
  put('pengguna-dpph', moved);
  put('pengguna-dptb', added);
  put('pengguna', voters);
  put('disabilitas', counted(random.whole(0, Math.min(3, voters.l)), random.whole(0, Math.min(3, voters.p))));
  const received = receivedOf(form, listed);
  const spoilt = random.whole(0, Math.min(3, received - voters.j));
  figures.set('surat-suara.diterima', received);
  figures.set('surat-suara.digunakan', voters.j);
  figures.set('surat-suara.dikembalikan', spoilt);
  figures.set('surat-suara.tidak-digunakan', received - voters.j - spoilt);
  const invalid = Math.min(voters.j, random.whole(1, 22));
  figures.set('suara.sah', voters.j - invalid);
  figures.set('suara.tidak-sah', invalid);
  figures.set('suara.total', voters.j);
  for (const [id, votes] of drawVotes(form, voters.j - invalid, random)) figures.set(id, votes);
  return figures;
}

function drawListed(form: FormDefinition, random: Random): number {
  const limit = form.rules.find((rule) => rule.kind === 'limit' && rule.figure === 'dpt.j');
  const most = limit?.kind === 'limit' ? limit.max : LISTED_WITHOUT_LIMIT;
  return Math.round(most * random.between(...LISTED_SHARE));
}

/** Ballots received: the list and its reserve, where the form has such a rule. */
function receivedOf(form: FormDefinition, listed: number): number {
  const reserve = form.rules.find((rule) => rule.kind === 'reserve');
  const percent = reserve?.kind === 'reserve' ? reserve.percent : 2.5;
  return listed + Math.ceil((listed * Math.round(percent * 1000)) / 100_000);
}

function share(total: number, part: number, random: Random): number {
  return Math.max(0, Math.min(total, Math.round(total * part + random.normal() * 3)));
}

/** Votes of the pairs: sometimes close, sometimes a landslide with a pair that got next to nothing. */
function drawVotes(form: FormDefinition, valid: number, random: Random): readonly (readonly [FigureId, number])[] {
  const pairs = allFigures(form).filter(({ id }) => id.startsWith('paslon-'));
  const weights = pairs.map(() => random.unit() ** 2 + 0.02);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  let left = valid;
  return pairs.map(({ id }, i) => {
    const votes = i === pairs.length - 1 ? left : Math.min(left, Math.round((valid * (weights[i] ?? 0)) / whole));
    left -= votes;
    return [id, votes] as const;
  });
}
