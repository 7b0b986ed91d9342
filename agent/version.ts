import manifest from '../package.json' with { type: 'json' };

/** The kit's program and its version, as records, health and the event log name it. */
export const AGENT = `tps-kit ${manifest.version}`;
