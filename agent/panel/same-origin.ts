import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may be answered: only under the panel's own names on this machine, so that no
 * foreign page reaches it through a name of its own that points here (DNS rebinding); and what changes
 * something only from the panel's own page (no cross-site request).
 */
export function isSameOrigin(method: string, headers: IncomingHttpHeaders, port: number): boolean {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host = '', origin } = headers;
  if (!hosts.includes(host)) return false;
  const site = headers['sec-fetch-site'];
  if (method === 'GET' || method === 'HEAD') return site !== 'cross-site';
  return origin === `http://${host}` && (site === undefined || site === 'same-origin');
}
