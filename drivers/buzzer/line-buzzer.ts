import type { OutputLine } from '../gpio/header.ts';
import type { Buzzer, Tune } from './buzzer.ts';

/** A buzzer that sounds while its line is on. */
export function buzzerOnLine(line: OutputLine): Buzzer {
  let timer: NodeJS.Timeout | null = null;
  let open = true;

  function silence(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    line.set(false);
  }

  function sound([beep, ...rest]: Tune): void {
    if (!beep) {
      silence();
      return;
    }
    line.set(true);
    timer = setTimeout(() => {
      line.set(false);
      timer = setTimeout(() => sound(rest), beep.off);
    }, beep.on);
  }

  return {
    play(tune) {
      if (!open) return;
      silence();
      sound(tune);
    },
    isThere: line.isThere,
    async close() {
      if (!open) return;
      open = false;
      silence();
      line.close();
    },
  };
}
