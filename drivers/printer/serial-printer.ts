import { inTurn } from '../in-turn.ts';
import { openSerialLine, type SerialLineSetting } from '../serial/serial-line.ts';
import { ASK_OFFLINE, ASK_PAPER, ASK_WHEN_PRINTED, bytesOf, isStatus, stateOf } from './esc-pos.ts';
import type { Printer, PrinterFault, PrinterState, Strip } from './printer.ts';

export interface SerialPrinterSetting extends SerialLineSetting {
  /** A status asked for that does not come by then means that no printer answers, ms. */
  readonly answerMs: number;
  /** The longest a strip takes to be printed, ms. */
  readonly printMs: number;
}

export const PRINTING = { answerMs: 1_000, printMs: 30_000 } as const;

/** An ESC/POS printer on a serial line. Bytes that left this machine are no proof: only its own word is. */
export function openSerialPrinter(setting: SerialPrinterSetting): Printer {
  const line = openSerialLine(setting);
  let waiting: ((byte: number) => void) | null = null;
  const queue = inTurn();
  line.onData((bytes) => {
    for (const byte of bytes) waiting?.(byte);
  });

  /** Sends a question and gives the first byte that can be its answer; null where none comes in time. */
  async function ask(question: Uint8Array, isAnswer: (byte: number) => boolean, ms: number): Promise<number | null> {
    const answered = new Promise<number | null>((resolve) => {
      const settle = (answer: number | null) => {
        clearTimeout(limit);
        notThere();
        resolve(answer);
      };
      const notThere = line.onGone(() => settle(null));
      const limit = setTimeout(settle, ms, null);
      waiting = (byte) => {
        if (isAnswer(byte)) settle(byte);
      };
    });
    const sent = await line.write(question);
    const byte = sent === 'written' ? await answered : null;
    waiting = null;
    return byte;
  }

  async function stateNow(): Promise<PrinterState> {
    const offline = await ask(ASK_OFFLINE, isStatus, setting.answerMs);
    const paper = offline === null ? null : await ask(ASK_PAPER, isStatus, setting.answerMs);
    return offline === null || paper === null ? 'gone' : stateOf(offline, paper);
  }

  async function printNow(strip: Strip): Promise<'printed' | PrinterFault> {
    const before = await stateNow();
    if (before !== 'ready' && before !== 'paper-low') return before;
    if ((await line.write(bytesOf(strip))) === 'gone') return whyNot();
    const done = await ask(ASK_WHEN_PRINTED, (byte) => !isStatus(byte), setting.printMs);
    return done === null ? whyNot() : 'printed';
  }

  /** It did not print to the end; a printer that says now that all is well has lost what it was given. */
  async function whyNot(): Promise<PrinterFault> {
    const after = await stateNow();
    return after === 'ready' || after === 'paper-low' ? 'error' : after;
  }

  return {
    state: () => queue(stateNow),
    print: (strip) => queue(() => printNow(strip)),
    async close() {
      await queue(async () => undefined);
      await line.close();
    },
  };
}
