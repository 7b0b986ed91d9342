/** Nothing from elsewhere, nothing inline, in no frame. */
export const HEADERS = {
  'content-security-policy': policy('none'),
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

/** The same where the screen lies in the page of the simulated kit, and that page in none. */
export const STAND_HEADERS = { ...HEADERS, 'content-security-policy': policy('self') } as const;

function policy(ancestors: 'none' | 'self'): string {
  const own = ['script-src', 'style-src', 'img-src', 'connect-src', 'frame-src'].map((part) => `${part} 'self'`);
  return ["default-src 'none'", ...own, "base-uri 'none'", "form-action 'none'", `frame-ancestors '${ancestors}'`].join(
    '; ',
  );
}
