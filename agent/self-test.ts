import type { Signer } from '#contract/wire/signature.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import { type Configuration, storeFolder } from './configuration.ts';
import type { Devices } from './devices.ts';
import { happened } from './event-log/catalogue.ts';
import type { EventLog } from './event-log/event-log.ts';
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

/** The readiness of this very kit, and its outcome on paper. */
export function selfTest(configuration: Configuration, parts: TestedParts): Readiness & { print(): Promise<void> } {
  const { devices, reader, session, uplink, clock, signer, events } = parts;
  const [own] = signer.certificates;
  const readiness = createReadiness({
    ...devices,
    reader,
    barcode: configuration.barcode || devices.stand ? devices.barcode : null,
    freeBytes: () => nodeDisk.free(storeFolder(configuration)).catch(() => null),
    clockSynchronised: clock.isSynchronised,
    link: () => uplink.state().link.kind,
    certificateDays: () => ((own?.validToDate.getTime() ?? 0) - clock.wall().getTime()) / DAY_MS,
    lightsBack: session.showLights,
    tested: (worst) => events.note(happened('readiness-checked', { worst })),
  });
  const print = async () => {
    const lines = readiness.view().checks.map((check) => {
      return { mark: PAPER_MARKS[check.verdict], part: PARTS[check.id], says: checkText(check) };
    });
    await devices.printer?.print(readinessSlip(configuration.kit, clock.wall(), lines, configuration.slip.columns));
  };
  return { ...readiness, print };
}
