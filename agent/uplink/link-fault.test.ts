import { describe, expect, it } from 'vitest';
import { linkFault } from './link-fault.ts';

const OWN = { from: new Date('2024-11-01T00:00:00Z'), until: new Date('2025-11-01T00:00:00Z') };
const ELECTION = new Date('2024-11-27T12:00:00Z');
const failed = (code: string | number) => Object.assign(new Error('failed'), { code });

describe('what a broken link means', () => {
  it.each([
    ['ECONNREFUSED', 'no-network'],
    ['ENOTFOUND', 'no-network'],
    ['CERT_NOT_YET_VALID', 'clock-wrong'],
    ['CERT_HAS_EXPIRED', 'certificate-expired'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'not-trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'not-trusted'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'refused'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'certificate-expired'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'certificate-revoked'],
    [5, 'refused'],
    ['ECONNRESET', 'lost'],
  ])('%s: %s', (code, fault) => {
    expect(linkFault(failed(code), OWN, ELECTION)).toBe(fault);
  });

  it.each(['connack timeout', 'Keepalive timeout'])('%s: silent', (message) => {
    expect(linkFault(new Error(message), OWN, ELECTION)).toBe('silent');
  });

  it('is a wrong clock, whatever else failed, when the kit’s own certificate lies in the future', () => {
    expect(linkFault(failed('ECONNRESET'), OWN, new Date('1970-01-01T00:05:00Z'))).toBe('clock-wrong');
  });

  it('is an expired certificate when the kit’s own has run out', () => {
    expect(linkFault(null, OWN, new Date('2026-01-01T00:00:00Z'))).toBe('certificate-expired');
  });

  it('is just lost when no error told more', () => {
    expect(linkFault(null, OWN, ELECTION)).toBe('lost');
  });
});
