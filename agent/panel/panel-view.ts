import type { DiagnosisView } from '#agent/diagnosis/on-grip.ts';
import type { ReadinessView } from '#agent/health/readiness.ts';
import type { SessionView } from '#agent/session/session.ts';

/** Everything the screen shows: the session, and how the kit itself is. */
export interface PanelView extends SessionView {
  /** null on a kit that does not test itself (in tests of the panel). */
  readonly readiness: ReadinessView | null;
  /** What became of the file for the technician that somebody asked for just now; null while nobody has. */
  readonly diagnosis: DiagnosisView | null;
}
