/** The three buttons of the kit, by the words printed on them. */
export const BUTTONS = ['PINDAI', 'YA', 'ULANG'] as const;
export type Button = (typeof BUTTONS)[number];

/**
 * Two keys held down together for `GRIP_MS`: how a technician, or who is told so on the telephone, asks for a diagnosis.
 * Where the kit waits for its first page, neither of them does anything by itself.
 */
export const GRIP: readonly Button[] = ['YA', 'ULANG'];
export const GRIP_MS = 5_000;

/** A press is one settled push: bouncing, stuck and slipping keys are the driver's business. */
export interface Buttons {
  /** Calls `listener` once a press, in the order of the presses, until the answer is called. */
  onPress(listener: (button: Button) => void): () => void;
  /** Calls `listener` once each time the grip was held, until the answer is called. */
  onGrip(listener: () => void): () => void;
  /** Keys that have been down for so long that only the key can be at fault; the others are heard all the same. */
  stuck(): readonly Button[];
  /** Keys that cannot be heard, because what they are wired to is not there. */
  absent(): readonly Button[];
  /** After this nothing is reported any more. */
  close(): Promise<void>;
}
