import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diagram } from './diagram.ts';

it('the page about the session shows the diagram of the machine as it is', () => {
  const page = readFileSync(new URL('../../docs/session.md', import.meta.url), 'utf8');
  expect(page).toContain(`\`\`\`mermaid\n${diagram()}\n\`\`\``);
});
