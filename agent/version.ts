/** The agent's name and version, as records, status and logs tell it. */
export const AGENT = 'tps-kit 0.1.0';
