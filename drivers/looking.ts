/** How a device that is away is looked for: soon at first, then less and less often. */
export interface Looking {
  readonly firstMs: number;
  readonly longestMs: number;
  /** Hears in one line that a device went or came, for the log. */
  readonly tell: (line: string) => void;
}

/** A cable is put in again within seconds or in the morning; looking costs little. */
export const LOOKING = { firstMs: 500, longestMs: 8_000 } as const;

export interface Lookout {
  /** It is not there: `look` is called again after a pause, which is twice as long as the last one. */
  away(reason: string): void;
  there(): void;
  stop(): void;
}

/**
 * Calls `look` again and again while a device is away. One that comes and goes at once is looked for as seldom as one
 * that does not come: pauses are short again only after it has stayed.
 */
export function lookOut(device: string, look: () => void, { firstMs, longestMs, tell }: Looking): Lookout {
  let pauseMs = firstMs;
  let since: number | null = null;
  let told: 'there' | 'away' | null = null;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  return {
    away(reason) {
      if (stopped || timer) return;
      if (told !== 'away') tell(`${device} is not there: ${reason}`);
      told = 'away';
      if (since !== null && performance.now() - since >= longestMs) pauseMs = firstMs;
      since = null;
      timer = setTimeout(() => {
        timer = null;
        look();
      }, pauseMs);
      timer.unref();
      pauseMs = Math.min(longestMs, pauseMs * 2);
    },
    there() {
      since = performance.now();
      if (told !== 'there') tell(`${device} is there`);
      told = 'there';
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
