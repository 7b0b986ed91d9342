import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

const OWN = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' };

describe('a request is answered', () => {
  it('under the names of this machine only, whoever asks', () => {
    expect(isSameOrigin('GET', { host: '127.0.0.1:8080' }, 8080)).toBe(true);
    expect(isSameOrigin('GET', { host: 'localhost:8080' }, 8080)).toBe(true);
    for (const host of ['kit.example.org:8080', '127.0.0.1', '127.0.0.1:80', undefined]) {
      expect(isSameOrigin('GET', host === undefined ? {} : { host }, 8080)).toBe(false);
    }
  });

  it('for a look from another site never', () => {
    expect(isSameOrigin('GET', { host: OWN.host, 'sec-fetch-site': 'cross-site' }, 8080)).toBe(false);
  });

  it('for a change only from the very page', () => {
    expect(isSameOrigin('POST', OWN, 8080)).toBe(true);
    expect(isSameOrigin('POST', { ...OWN, 'sec-fetch-site': 'same-origin' }, 8080)).toBe(true);
    expect(isSameOrigin('POST', { host: OWN.host }, 8080)).toBe(false);
    expect(isSameOrigin('POST', { ...OWN, origin: 'http://localhost:8080' }, 8080)).toBe(false);
    expect(isSameOrigin('POST', { ...OWN, origin: 'null' }, 8080)).toBe(false);
    expect(isSameOrigin('POST', { ...OWN, 'sec-fetch-site': 'same-site' }, 8080)).toBe(false);
  });
});
