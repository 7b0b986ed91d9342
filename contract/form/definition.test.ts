import { describe, expect, test } from 'vitest';
import threePages from '../forms/c-hasil-kwk-gubernur.json' with { type: 'json' };
import twoPairs from '../forms/c1-ppwp-2019.json' with { type: 'json' };
import { allFigures, type DefinitionRefusal, parseDefinition, ruleFigures } from './definition.ts';

describe('a definition that is right', () => {
  test.each([twoPairs, threePages])('$id is accepted', (json) => {
    const parsed = parseDefinition(json);
    expect(parsed.ok && parsed.form.id).toBe(json.id);
  });

  test('lists its figures in the order of the pages', () => {
    const parsed = parseDefinition(twoPairs);
    expect(parsed.ok && allFigures(parsed.form).map((figure) => figure.id)).toEqual([
      'paslon-1',
      'paslon-2',
      'suara.sah',
      'suara.tidak-sah',
      'suara.total',
    ]);
  });

  test('says which figures each rule speaks of, the judged one first', () => {
    const parsed = parseDefinition(threePages);
    const figuresOf = (id: string) => {
      const rule = parsed.ok ? parsed.form.rules.find((one) => one.id === id) : undefined;
      return rule && ruleFigures(rule);
    };
    expect(figuresOf('suara.sah-is-sum')).toEqual(['suara.sah', 'paslon-1', 'paslon-2', 'paslon-3']);
    expect(figuresOf('pengguna-dpt.l-within-list')).toEqual(['pengguna-dpt.l', 'dpt.l']);
    expect(figuresOf('dpt.j-limit')).toEqual(['dpt.j']);
    expect(figuresOf('surat-suara.diterima-with-reserve')).toEqual(['surat-suara.diterima', 'dpt.j']);
  });
});

describe('a definition that is wrong is refused with the path and the reason', () => {
  const pairs = 'pages.1.figures.0';
  test.each<[what: string, at: string, value: unknown, path: string, reason: RegExp]>([
    ['a figure id with a space', 'pages.0.figures.0.id', 'DPT L', 'pages.0.figures.0.id', /lower-case words/],
    ['a figure without a label', 'pages.0.figures.0.label', '', 'pages.0.figures.0.label', /.+/],
    ['a figure without boxes', 'pages.0.figures.0.boxes', [], 'pages.0.figures.0.boxes', /.+/],
    ['a box without height', `${pairs}.boxes.0`, [455, 184, 20, 0], `${pairs}.boxes.0.3`, />0/],
    ['a box beside the sheet', `${pairs}.boxes.2`, [590, 184, 20, 20], `${pairs}.boxes.2`, /outside the sheet/],
    ['boxes out of order', `${pairs}.boxes.0`, [502, 184, 20, 20], `${pairs}.boxes.1`, /left to right/],
    ['nine bubbles', `${pairs}.bubbles.0`, Array(9).fill([1, 1, 8, 8]), `${pairs}.bubbles.0`, /.+/],
    [
      'two columns of bubbles',
      `${pairs}.bubbles`,
      Array(2).fill(Array(10).fill([1, 1, 8, 8])),
      `${pairs}.bubbles`,
      /3/,
    ],
    ['tally rows without a total', `${pairs}.turus.rows`, 6, `${pairs}.turus.rowTotals`, /6 tally rows/],
    ['a figure defined twice', `${pairs}.id`, 'dpt.l', `${pairs}.id`, /dpt\.l is defined twice/],
    ['pages out of order', 'pages.1.number', 3, 'pages.1.number', /expected 2/],
    ['one tag on two pages', 'pages.1.tag', 201, 'pages.1.tag', /tag 201 is on two pages/],
    ['a page whose tag is missing', 'pages.0.tag', null, 'pages.0.tag', /has a tag on every page/],
    ['a tag the family does not have', 'pages.1.tag', 2320, 'pages.1.tag', /0 to 2319/],
    ['a tag of another family', 'marks.tag.family', '36h11', 'marks.tag.family', /36h10/],
    ['a tag askew', 'marks.tag.turn', 45, 'marks.tag.turn', /.+/],
    ['marks of an unknown kind', 'marks.by', 'circles', 'marks.by', /.+/],
    ['a rule of an unknown kind', 'rules.0.kind', 'about', 'rules.0.kind', /.+/],
    ['a rule about no figure of this form', 'rules.0.total', 'dpt.x', 'rules.0', /dpt\.x is not on this form/],
    ['a rule defined twice', 'rules.1.id', 'dpt.l-plus-p', 'rules.1.id', /dpt\.l-plus-p is defined twice/],
    ['a rule without a source', 'rules.0.source', '', 'rules.0.source', /.+/],
    ['a severity of its own', 'rules.0.severity', 'fatal', 'rules.0.severity', /blocking/],
    ['a key nobody knows', 'colour', 'green', '(whole file)', /colour/],
    ['another schema', 'schema', 2, 'schema', /1/],
  ])('%s', (_what, at, value, path, reason) => {
    const refusals = refusalsOf(withChange(threePages, at, value));
    expect(refusals.map((refusal) => refusal.path)).toContain(path);
    expect(refusals.find((refusal) => refusal.path === path)?.reason).toMatch(reason);
  });

  test('every fault is told at once', () => {
    const twice = withChange(withChange(twoPairs, 'id', 'C1!'), 'pages.0.tag', 7);
    const thrice = withChange(twice, 'title', '');
    expect(refusalsOf(thrice).map((refusal) => refusal.path)).toEqual(['id', 'title', 'pages.0.tag']);
  });

  test.each([[null], [undefined], [7], ['text'], [[]], [{}]])('what is no definition at all: %j', (json) => {
    expect(refusalsOf(json).length).toBeGreaterThan(0);
  });

  test('squares as marks and a tag do not go together', () => {
    expect(refusalsOf(withChange(twoPairs, 'pages.0.tag', 7))).toEqual([
      { path: 'pages.0.tag', reason: expect.stringContaining('one with squares has none') },
    ]);
  });
});

function refusalsOf(json: unknown): readonly DefinitionRefusal[] {
  const parsed = parseDefinition(json);
  return parsed.ok ? [] : parsed.refusals;
}

/** A copy of the definition with one value changed; `at` is a path as refusals write it. */
function withChange(definition: unknown, at: string, value: unknown): unknown {
  const copy = structuredClone(definition);
  const keys = at.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<unknown>((inside, key) => Reflect.get(Object(inside), key), copy);
  Reflect.set(Object(holder), last, value);
  return copy;
}
