import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CATALOGUE, EVENT_IDS } from './catalogue.ts';
import { cataloguePage } from './catalogue-page.ts';

it('the page about the events shows the catalogue as it is', () => {
  expect(readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')).toBe(cataloguePage());
});

it.each(EVENT_IDS)('%s says in a sentence what happened, and who can act unless nobody need', (id) => {
  const { level, meaning, who } = CATALOGUE[id];
  expect(meaning).toMatch(/^[A-Z].{15,}\.$/);
  expect(who === 'nobody').toBe(level === 'info');
});
