/** Every delay of the session, in milliseconds. */
export interface Delays {
  /** A camera that gave no picture by then is told as a fault. */
  readonly capture: number;
  /** A reader that gave no answer by then counts as dead; the picture stays. */
  readonly read: number;
  /** After the figures were shown to the end, YA is heard only this much later: a double press must not confirm. */
  readonly beforeConfirm: number;
  /** A state that could not be saved is tried again after this. */
  readonly saveAgain: number;
}

export const DELAYS: Delays = { capture: 20_000, read: 60_000, beforeConfirm: 1_200, saveAgain: 2_000 };
