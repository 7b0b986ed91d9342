import type { PrinterState } from '../printer.ts';

/**
 * A receipt printer as the other end of a serial line: understands the ESC/POS of ours, prints into a list of
 * lines, and answers status as a real one does. Without paper or with its cover open it takes bytes and prints
 * none of them.
 */
export interface EscPosDevice {
  /** Takes what came over the line; gives what it answers. */
  hear(bytes: Uint8Array): Uint8Array;
  /** Lines printed, QR codes as [qr …], cuts as [cut]. */
  printed(): readonly string[];
  become(state: PrinterState): void;
}

const STATUS = 0b0001_0010;
const OFFLINE: Readonly<Record<PrinterState, number>> = {
  ...{ ready: STATUS, 'paper-low': STATUS, 'no-paper': STATUS | 0x20, 'cover-open': STATUS | 0x04 },
  ...{ error: STATUS | 0x40, gone: STATUS },
};
const PAPER: Readonly<Record<PrinterState, number>> = {
  ...{ ready: STATUS, 'paper-low': STATUS | 0x0c, 'no-paper': STATUS | 0x60, 'cover-open': STATUS },
  ...{ error: STATUS, gone: STATUS },
};
/** Bytes after these two that belong to the command. */
const PARAMETERS: Readonly<Record<string, number>> = {
  '27,64': 0,
  '27,97': 1,
  '27,69': 1,
  '27,100': 1,
  '29,86': 2,
  '29,114': 1,
};

export function escPosDevice(): EscPosDevice {
  let state: PrinterState = 'ready';
  let buffer: number[] = [];
  let line = '';
  let stored = '';
  const printed: string[] = [];

  const works = () => state === 'ready' || state === 'paper-low';
  const print = (text: string) => {
    if (works()) printed.push(text);
  };

  /** One command or character off the buffer; its answer, or null where the rest has not come yet. */
  function next(): readonly number[] | null {
    const [first = 0, second, third] = buffer;
    const take = (count: number) => buffer.splice(0, count);
    if (first === 0x10) {
      if (third === undefined) return null;
      take(3);
      return state === 'gone' ? [] : [third === 2 ? OFFLINE[state] : PAPER[state]];
    }
    if (first !== 0x1b && first !== 0x1d) {
      take(1);
      if (first === 0x0a) {
        print(line);
        line = '';
      } else line += String.fromCharCode(first);
      return [];
    }
    if (second === undefined) return null;
    if (first === 0x1d && second === 0x28) return code();
    const parameters = PARAMETERS[`${first},${second}`];
    if (parameters === undefined) throw new Error(`a command no printer knows: ${first} ${second}`);
    if (buffer.length < 2 + parameters) return null;
    take(2 + parameters);
    if (first === 0x1d && second === 0x56) print('[cut]');
    return first === 0x1d && second === 0x72 && works() ? [0] : [];
  }

  function code(): readonly number[] | null {
    const [, , , low, high] = buffer;
    if (low === undefined || high === undefined) return null;
    const length = low + 256 * high;
    if (buffer.length < 5 + length) return null;
    const [, task, , ...data] = buffer.splice(0, 5 + length).slice(5);
    if (task === 80) stored = String.fromCharCode(...data);
    if (task === 81) line = `[qr ${stored}]`;
    return [];
  }

  return {
    hear(bytes) {
      buffer = [...buffer, ...bytes];
      const answers: number[] = [];
      while (buffer.length > 0) {
        const answer = next();
        if (!answer) break;
        answers.push(...answer);
      }
      return Uint8Array.from(answers);
    },
    printed: () => printed,
    become(next) {
      state = next;
    },
  };
}
