/** Sound for `on` milliseconds, then silence for `off`. */
export interface Beep {
  readonly on: number;
  readonly off: number;
}
export type Tune = readonly Beep[];

export interface Buzzer {
  /** Starts a tune and returns at once; a tune that still plays is cut short. */
  play(tune: Tune): void;
  /** Whether it can be heard. */
  isThere(): boolean;
  /** Silent from now on. */
  close(): Promise<void>;
}
