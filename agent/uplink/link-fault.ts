/**
 * Why there is no link, in kinds a person can act on.
 * no-network: nothing answers under the broker's address. silent: somebody took the connection and says
 * nothing, or no longer does: a network that lets nothing through, or asks for a password first.
 * clock-wrong: a certificate is not valid *yet*, which only a clock that is behind can see.
 * certificate-expired: one is not valid any more (or the clock is ahead). not-trusted: what answers is
 * not our broker. certificate-revoked: this kit was taken out of service. refused: the broker will not have this kit. lost: the link broke off.
 */
export type LinkFault =
  | 'no-network'
  | 'silent'
  | 'clock-wrong'
  | 'certificate-expired'
  | 'certificate-revoked'
  | 'not-trusted'
  | 'refused'
  | 'lost';

/** Dates between which the kit's own certificate is valid. */
export interface CertificateDates {
  readonly from: Date;
  readonly until: Date;
}

const NO_NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ETIMEDOUT',
]);

/** What mqtt.js says of a broker that does not answer a connect or a ping. */
const SILENT = /^(connack|keepalive) timeout$/i;

/** The broker's own certificate, as this side sees it (names of OpenSSL's verification results). */
const NOT_TRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_SIGNATURE_FAILURE',
  'CERT_REVOKED',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** What an attempt's error means, given the kit's certificate and what its clock says; null where it left none. */
export function linkFault(error: Error | null, own: CertificateDates, now: Date): LinkFault {
  if (now < own.from) return 'clock-wrong';
  if (now > own.until) return 'certificate-expired';
  const code = codeOf(error);
  if (code === 'CERT_NOT_YET_VALID') return 'clock-wrong';
  if (code === 'CERT_HAS_EXPIRED') return 'certificate-expired';
  if (NOT_TRUSTED.has(code)) return 'not-trusted';
  if (NO_NETWORK.has(code)) return 'no-network';
  if (SILENT.test(error?.message ?? '')) return 'silent';
  // A TLS alert is the broker's verdict on the kit's certificate; a number is a refusal in its CONNACK.
  if (code.includes('ALERT_CERTIFICATE_EXPIRED')) return 'certificate-expired';
  if (code.includes('ALERT_CERTIFICATE_REVOKED')) return 'certificate-revoked';
  if (code.includes('ALERT') || /^[0-9]+$/.test(code)) return 'refused';
  return 'lost';
}

function codeOf(error: Error | null): string {
  if (error === null || !('code' in error)) return '';
  return String(error.code);
}
