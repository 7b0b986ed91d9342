import { join } from 'node:path';
import type { Buttons } from '#drivers/buttons/buttons.ts';
import type { Buzzer } from '#drivers/buzzer/buzzer.ts';
import type { Clock } from '#drivers/clock/clock.ts';
import type { Configuration } from './configuration.ts';
import { collectDiagnosis } from './diagnosis/collect.ts';
import type { Finding } from './diagnosis/diagnosis.ts';
import { type Diagnosing, diagnoseOnGrip } from './diagnosis/on-grip.ts';
import type { EventLog } from './event-log/event-log.ts';
import type { ReadinessView } from './health/readiness.ts';
import { checkText, PARTS } from './panel/words/readiness.ts';
import type { SessionView } from './session/session.ts';
import { tuneOf } from './session/signals.ts';
import { isMountPoint } from './store/disk.ts';
import { AGENT } from './version.ts';

export interface DiagnosedParts {
  readonly buttons: Pick<Buttons, 'onGrip'>;
  readonly buzzer: Buzzer;
  readonly clock: Clock;
  readonly events: EventLog;
  /** What can be told of the kit at this moment. */
  now(): readonly Finding[];
}

/** Folder of the kit's own, in that of its data. */
const OWN = 'diagnosa';
/** Long enough to be read by who let go of the keys, ms. */
const SHOWN_MS = 60_000;

/** The diagnosis of this very kit, asked for by its keys. */
export function diagnoseThisKit(configuration: Configuration, parts: DiagnosedParts): Diagnosing {
  const { buttons, buzzer, clock, events, now } = parts;
  const { copy, data } = configuration;
  return diagnoseOnGrip({
    buttons,
    async collect() {
      // What was noted until now is part of it.
      await events.settled();
      return collectDiagnosis({ loaded: { ok: true, configuration }, agent: AGENT, clock, now: now() });
    },
    stick: async () => (copy !== undefined && (await isMountPoint(copy)) ? copy : null),
    own: join(data, OWN),
    note: events.note,
    sound: (heard) => buzzer.play(tuneOf(heard)),
    shownMs: SHOWN_MS,
  });
}

/** How a kit at work is: its parts as its readiness shows them, and what it does. Nothing of a document. */
export function findingsOf(session: SessionView, readiness: ReadinessView): readonly Finding[] {
  const { state, alert, memory, uplink, copy, printer } = session;
  const found = { state, alert, memory, link: uplink?.link.kind, copy: copy?.kind, printer: printer?.kind };
  return [
    ...Object.entries(found).map(([part, says]) => ({ part, says: says ?? '-' })),
    ...readiness.checks.map((check) => ({ part: PARTS[check.id], says: `${check.verdict}: ${checkText(check)}` })),
  ];
}
