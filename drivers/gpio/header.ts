import type { Button } from '../buttons/buttons.ts';
import type { KeyLines } from '../buttons/line-buttons.ts';
import { type Looking, lookOut, reasonOf } from '../looking.ts';

/** One line that is switched on and off, for as long as it is there. */
export interface OutputLine {
  /** Remembered while the line is away. */
  set(isOn: boolean): void;
  isThere(): boolean;
  /** Off, and the line is given back. */
  close(): void;
}

/** The lines of a header by their BCM numbers. Each may be missing, or go, by itself: it is looked for again, and the others work. */
export interface Header {
  output(bcm: number): OutputLine;
  /** Keys to ground, pulled up: a pressed key reads low. */
  keys(numbers: Readonly<Record<Button, number>>): KeyLines;
}

/** What the kernel gives of a header. Everything here throws where the line is not there, taken by another, or gone since. */
export interface KernelLines {
  output(bcm: number): { write(isOn: boolean): void; close(): void };
  /** Calls `onLevel` at every change, bounces included, and `onGone` once it can tell nothing any more. */
  input(bcm: number, onLevel: (isDown: boolean) => void, onGone: (reason: string) => void): KernelInput;
}
export interface KernelInput {
  /** Throws where the line is gone; the kernel does not tell that by itself. */
  probe(): void;
  close(): void;
}

/** A key whose line is gone is missed after this at the latest, ms. */
const PROBE_MS = 2_000;

export function openHeader(lines: KernelLines, looking: Looking): Header {
  return {
    output: (bcm) => heldOutput(lines, bcm, looking),
    keys: (numbers) => heldKeys(lines, numbers, looking),
  };
}

function heldOutput(lines: KernelLines, bcm: number, looking: Looking): OutputLine {
  let line: ReturnType<KernelLines['output']> | null = null;
  let wanted = false;
  const lookout = lookOut(nameOf(bcm), open, looking);

  function open(): void {
    attempt(() => {
      line = lines.output(bcm);
      line.write(wanted);
      lookout.there();
    });
  }

  function attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      quietly(() => line?.close());
      line = null;
      lookout.away(reasonOf(error));
    }
  }

  open();
  return {
    set(isOn) {
      wanted = isOn;
      attempt(() => line?.write(isOn));
    },
    isThere: () => line !== null,
    close() {
      lookout.stop();
      quietly(() => line?.write(false));
      quietly(() => line?.close());
      line = null;
    },
  };
}

function heldKeys(lines: KernelLines, numbers: Readonly<Record<Button, number>>, looking: Looking): KeyLines {
  const listeners = new Set<(button: Button, isDown: boolean) => void>();
  const tell = (button: Button, isDown: boolean) => {
    for (const listener of [...listeners]) listener(button, isDown);
  };
  const keys = (Object.entries(numbers) as [Button, number][]).map(([button, bcm]) =>
    heldKey(lines, bcm, looking, button, (isDown) => tell(button, isDown)),
  );
  const timer = setInterval(() => {
    for (const key of keys) key.probe();
  }, PROBE_MS);
  timer.unref();

  return {
    onEdge(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    absent: () => keys.filter((key) => !key.isThere()).map(({ button }) => button),
    async close() {
      clearInterval(timer);
      listeners.clear();
      for (const key of keys) key.close();
    },
  };
}

function heldKey(
  lines: KernelLines,
  bcm: number,
  looking: Looking,
  button: Button,
  onLevel: (isDown: boolean) => void,
) {
  let line: KernelInput | null = null;
  const lookout = lookOut(nameOf(bcm), open, looking);

  function open(): void {
    try {
      line = lines.input(bcm, onLevel, lose);
      lookout.there();
    } catch (error) {
      lose(reasonOf(error));
    }
  }

  function lose(reason: string): void {
    const gone = line;
    line = null;
    quietly(() => gone?.close());
    // Nobody will tell that it came up: it must not stay down for good.
    if (gone) onLevel(false);
    lookout.away(reason);
  }

  open();
  return {
    button,
    isThere: () => line !== null,
    probe() {
      try {
        line?.probe();
      } catch (error) {
        lose(reasonOf(error));
      }
    },
    close() {
      lookout.stop();
      quietly(() => line?.close());
      line = null;
    },
  };
}

function nameOf(bcm: number): string {
  return `GPIO line ${bcm}`;
}

/** What is gone already cannot be given back. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // It is gone.
  }
}
