/** The three lamps, told apart by place as well as by colour: green left, amber middle, red right. */
export const LAMPS = ['green', 'amber', 'red'] as const;
export type Lamp = (typeof LAMPS)[number];

/** Slow: one second on, one off. Fast: a fifth of a second each. */
export type Glow = 'off' | 'on' | 'slow' | 'fast';
export type LightPattern = Readonly<Record<Lamp, Glow>>;

export const ALL_OFF: LightPattern = { green: 'off', amber: 'off', red: 'off' };

export interface Lights {
  /** Shows a pattern until the next one. A broken lamp is never an error of the kit: the screen says everything too. */
  show(pattern: LightPattern): void;
  /** Whether every lamp can be switched. */
  isThere(): boolean;
  /** Switches all lamps off. */
  close(): Promise<void>;
}
