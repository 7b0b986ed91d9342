import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedData } from '#test/shared-data.ts';
import { shippedForms } from '../forms.ts';
import { type Figures, judge } from './rules.ts';

/** The columns of the scrape that are figures, last in every row. */
const COLUMNS = ['suara.sah', 'suara.total', 'paslon-1', 'paslon-2', 'paslon-3'];

const scrape = sharedData('sirekap-2024/anomalies.csv');
const form = shippedForms().byId('c-hasil-ppwp-2024');

describe.skipIf(scrape === null)('the sums Sirekap published in February 2024', () => {
  const stations = scrape === null ? [] : stationsOf(readFileSync(scrape, 'utf8'));

  test('are all read: 11,018 polling stations', () => {
    expect(stations).toHaveLength(11_018);
  });

  test('every one of them breaks a blocking rule of the form it was read from', () => {
    const passed = stations.filter((figures) => blockingBreaches(figures).length === 0);
    expect(passed).toEqual([]);
  });

  test('and the breach is the one that was published: the pairs are not the valid votes', () => {
    for (const figures of stations) expect(blockingBreaches(figures)).toEqual(['suara.sah-is-sum']);
  });
});

function blockingBreaches(figures: Figures): readonly string[] {
  if (!form) throw new Error('the official form does not ship');
  return judge(form, figures)
    .filter(({ rule, verdict }) => rule.severity === 'blocking' && verdict === 'broken')
    .map(({ rule }) => rule.id);
}

/** Names of places may hold commas, so the figures are counted from the end of the row. */
function stationsOf(csv: string): readonly Figures[] {
  const [, ...rows] = csv.trim().split(/\r?\n/);
  return rows.map((row) => {
    const values = row.split(',').slice(-COLUMNS.length).map(Number);
    if (values.length < COLUMNS.length || !values.every(Number.isInteger)) throw new Error(`no figures in: ${row}`);
    return new Map(COLUMNS.map((id, column) => [id, values[column] ?? null]));
  });
}
