/**
 * The kit's time. A Pi has no battery clock, so the wall clock may be wrong until the network
 * corrects it: order comes from sequence numbers, and every record says whether its time can be trusted.
 */
export interface Clock {
  wall(): Date;
  /** Milliseconds since this boot; never runs backwards. */
  monotonicMs(): number;
  /** Changes with every boot, so that monotonic times of two boots are never compared. */
  readonly bootId: string;
  /** Whether the wall clock was set from the network since this boot: only that is proof for a record. */
  isSynchronised(): boolean;
  /** Who set the wall clock. */
  setBy(): SetBy;
}

/**
 * rtc: a battery clock that goes, and that nobody has compared with anything since this boot. nobody: it goes on from
 * whenever the kit was last on.
 */
export type SetBy = 'network' | 'rtc' | 'nobody';
