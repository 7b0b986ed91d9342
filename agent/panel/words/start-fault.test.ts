import { describe, expect, it } from 'vitest';
import { START_FAULTS, startAdvice } from './start-fault.ts';

describe('what the screen of a kit that cannot begin says', () => {
  it.each(START_FAULTS)('is what is wrong and what to do: %s', (fault) => {
    const { what, todo } = startAdvice(fault);
    expect(what).toMatch(/^[A-Z].*\.$/);
    expect(todo).toMatch(/ (teknisi|alat)[ .]/);
    expect(what.length + todo.length).toBeLessThan(150);
  });
});
