import type { SessionView } from '#agent/session/session.ts';
import type { AskView, BreachView } from '#agent/session/view.ts';
import { breachText, valueText } from '../words/figures.ts';
import { QUESTION } from '../words/question.ts';
import { button, element } from './element.ts';
import type { Act } from './kit.ts';
import { cutout } from './question.ts';

type BreachAsk = Extract<AskView, { kind: 'breach' }>;

/** A sum that does not add up: all its figures to be corrected by touch, or "sesuai kertas" in two steps. */
export function breachScreen(view: SessionView, { breach, step }: BreachAsk, act: Act): HTMLElement {
  const figures = view.draft?.figures ?? {};
  const foot =
    step === 'ask'
      ? [
          element('p', { class: 'todo' }, QUESTION.breachTodo),
          button({ class: 'declare' }, () => act({ kind: 'declare', rule: breach.rule }), QUESTION.declare),
        ]
      : [
          element(
            'div',
            { class: 'notice', role: 'alert' },
            element('strong', {}, QUESTION.sure),
            element('span', {}, QUESTION.sureTodo),
          ),
        ];
  return element(
    'section',
    { class: 'breach', 'data-step': step },
    element(
      'div',
      { class: 'sum' },
      element('h1', {}, QUESTION.breach),
      element('strong', {}, breachText(breach, figures)),
    ),
    element('p', { class: 'todo' }, `${breach.says}.`),
    element('div', { class: 'parts' }, ...partsOf(view, breach, step, act)),
    ...foot,
  );
}

function partsOf(view: SessionView, breach: BreachView, step: BreachAsk['step'], act: Act): readonly Node[] {
  // In the order a person adds up: the parts, then what they should make.
  const [judged, ...others] = breach.figures;
  const order = breach.kind === 'sum' ? [...others, ...(judged === undefined ? [] : [judged])] : breach.figures;
  return order.map((id) => {
    const figure = view.draft?.figures[id];
    return button(
      { class: 'part', 'data-figure': id, disabled: step === 'sure' },
      () => act({ kind: 'correct', figure: id }),
      element('span', { class: 'label' }, figure?.label ?? id),
      element('span', { class: 'pair' }, cutout(view, id), element('output', {}, valueText(figure?.value ?? null))),
    );
  });
}
