/** The three buttons of the kit, by the words printed on them. */
export const BUTTONS = ['PINDAI', 'YA', 'ULANG'] as const;
export type Button = (typeof BUTTONS)[number];

/** A press is one settled push: bouncing and stuck keys are the driver's business. */
export interface Buttons {
  /** Calls `listener` once a press, in the order of the presses, until the answer is called. */
  onPress(listener: (button: Button) => void): () => void;
  /** After this nothing is reported any more. */
  close(): Promise<void>;
}
