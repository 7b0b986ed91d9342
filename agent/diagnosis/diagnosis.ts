import type { LoggedEvent } from '#agent/event-log/event-log.ts';
import type { CertificateFacts } from './certificates.ts';
import type { KitSettings } from './kit-settings.ts';
import type { MachineFacts } from './machine.ts';
import type { StoreFacts } from './store-facts.ts';

/**
 * What a technician far away needs to find out what is wrong with a kit, in one file. It holds no picture, no figure, no
 * name, no NIK, no PIN and no key: only what is named here is gathered, and lines of other programs are cleaned of long
 * numbers.
 */
export interface Diagnosis {
  readonly schema: 1;
  readonly at: string;
  readonly versions: Versions;
  readonly machine: MachineFacts;
  /** Null where the configuration cannot be read; `why` says what is wrong with it. */
  readonly kit: KitSettings | null;
  readonly why: string | null;
  readonly certificates: readonly CertificateFacts[];
  /** Of practice and of the official evening, each as far as there is one. */
  readonly stores: readonly StoreFacts[];
  readonly health: Health;
  /** How the last photos were judged, the newest last. */
  readonly pictures: readonly LoggedEvent[];
  readonly events: readonly LoggedEvent[];
  /** Lines of the event log that are none: torn by a power cut, or tampered with. */
  readonly unreadableEvents: number;
  /** The last lines of the system's journal about the kit, and of the kernel; or why there are none. */
  readonly journal: readonly string[];
}

export interface Versions {
  readonly agent: string;
  /** Node, V8, OpenSSL and the rest of what is built into the executable. */
  readonly runtime: Readonly<Record<string, string | undefined>>;
  /** sha256 of each model file; null where it cannot be read. */
  readonly models: Readonly<Record<string, string | null>>;
  /** Every form definition that is installed. */
  readonly forms: readonly string[];
}

/** What was found by looking at the kit itself. */
export interface Health {
  /** The last readiness test that the event log knows of. */
  readonly lastReadiness: LoggedEvent | null;
  /** Outcomes of looking now: of the self-test, or of the running kit. */
  readonly now: readonly Finding[];
}

export interface Finding {
  readonly part: string;
  readonly says: string;
}
