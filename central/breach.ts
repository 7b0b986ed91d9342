import { type FigureId, type Rule, ruleFigures } from '#contract/form/definition.ts';

/** What is written on the paper, in numbers, where a rule is broken; Indonesian. */
export function breachInNumbers(rule: Rule, values: ReadonlyMap<FigureId, number | null>): string {
  const [judged = 0, ...others] = ruleFigures(rule).map((id) => values.get(id) ?? 0);
  const [other = 0] = others;
  switch (rule.kind) {
    case 'sum': {
      const sum = others.reduce((total, value) => total + value, 0);
      const counted = others.length === 1 ? `${sum}` : `${others.join(' + ')} = ${sum}`;
      return `Tertulis ${judged}, sedangkan ${counted}.`;
    }
    case 'at-most':
      return `Tertulis ${judged}, sedangkan batasnya ${other}.`;
    case 'limit':
      return `Tertulis ${judged}, sedangkan batasnya ${rule.max}.`;
    case 'reserve':
      return `Tertulis ${judged} untuk ${other} pemilih.`;
  }
}
