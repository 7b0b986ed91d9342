/** Names of central's receivers: each is a client of the broker of its own, and they share the work. */
export const RECEIVERS = ['central', 'central-2', 'central-3', 'central-4'] as const;
