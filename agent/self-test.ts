import type { Signer } from '#contract/wire/signature.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import { type Configuration, storeFolder } from './configuration.ts';
import type { Devices } from './devices.ts';
import { type Details, happened } from './event-log/catalogue.ts';
import type { EventLog } from './event-log/event-log.ts';
import type { Check } from './health/checks.ts';
import { createReadiness, type Readiness } from './health/readiness.ts';
import { checkText, PARTS } from './panel/words/readiness.ts';
import type { Reader } from './read/reading.ts';
import type { Session } from './session/session.ts';
import { readinessSlip } from './slip/readiness-slip.ts';
import { nodeDisk } from './store/disk.ts';
import type { Uplink } from './uplink/uplink.ts';

export interface TestedParts {
  readonly devices: Devices;
  readonly reader: Reader;
  readonly session: Session;
  readonly uplink: Uplink;
  readonly clock: Clock;
  readonly signer: Signer;
  readonly events: EventLog;
}

const DAY_MS = 86_400_000;
/** Verdicts on paper of plain ASCII. */
const PAPER_MARKS = { green: 'OK', amber: '!!', red: 'XX', look: '??' } as const;

/** A part that was put in again is found within this, ms. */
const LOOK_EVERY_MS = 5_000;

/** The readiness of this very kit, and its outcome on paper. */
export function selfTest(configuration: Configuration, parts: TestedParts): Readiness & { print(): Promise<void> } {
  const { devices, reader, session, uplink, clock, signer, events } = parts;
  const [own] = signer.certificates;
  const readiness = createReadiness({
    ...devices,
    reader,
    barcode: configuration.barcode || devices.stand ? devices.barcode : null,
    freeBytes: () => nodeDisk.free(storeFolder(configuration)).catch(() => null),
    clock: clock.setBy,
    link: () => uplink.state().link.kind,
    certificateDays: () => ((own?.validToDate.getTime() ?? 0) - clock.wall().getTime()) / DAY_MS,
    lightsBack: session.showLights,
    tested: (worst, checks) => events.note(happened('readiness-checked', { worst, ...wanting(checks) })),
    lookEveryMs: LOOK_EVERY_MS,
  });
  const print = async () => {
    const lines = readiness.view().checks.map((check) => {
      return { mark: PAPER_MARKS[check.verdict], part: PARTS[check.id], says: checkText(check) };
    });
    await devices.printer?.print(readinessSlip(configuration.kit, clock.wall(), lines, configuration.slip.columns));
  };
  return { ...readiness, print };
}

/** Every part that is not well, and how it is. */
function wanting(checks: readonly Check[]): Details {
  const unwell = checks.filter(({ verdict }) => verdict === 'amber' || verdict === 'red');
  return Object.fromEntries(unwell.map(({ id, code }) => [id, code]));
}
