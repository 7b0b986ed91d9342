const WIDTH = 30;
/** Terminals need not be told more often, ms. */
const EVERY_MS = 100;

/** Shows on the terminal how many of so many are done, and how long the rest takes; says nothing where nobody looks. */
export function progressBar(all: number, now: () => number = Date.now): { to(done: number): void; end(): void } {
  const isSeen = process.stderr.isTTY === true;
  const begun = now();
  let shown = 0;
  return {
    to(done) {
      if (!isSeen || (done < all && now() - shown < EVERY_MS)) return;
      shown = now();
      process.stderr.write(`\r${barOf(done, all, shown - begun)}`);
    },
    end() {
      if (isSeen && shown > 0) process.stderr.write('\n');
    },
  };
}

/** One line: a bar, figures, and minutes and seconds to go. */
export function barOf(done: number, all: number, elapsedMs: number): string {
  const full = Math.round((WIDTH * done) / all);
  const restS = Math.round((elapsedMs * (all - done)) / Math.max(done, 1) / 1_000);
  const rest = `${Math.floor(restS / 60)}:${String(restS % 60).padStart(2, '0')}`;
  return `[${'#'.repeat(full).padEnd(WIDTH, '.')}] ${done}/${all}, ${rest} lagi `;
}
