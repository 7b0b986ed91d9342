import type { ReadinessView } from '#agent/health/readiness.ts';
import type { SessionView } from '#agent/session/session.ts';

/** Everything the screen shows: the session, and how the kit itself is. */
export interface PanelView extends SessionView {
  /** null on a kit that does not test itself (in tests of the panel). */
  readonly readiness: ReadinessView | null;
}
