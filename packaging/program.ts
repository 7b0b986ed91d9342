import { basename } from 'node:path';

/** sysexits.h: a fault of the program. */
const EX_SOFTWARE = 70;

/**
 * The one executable of an installed kit: `tps-kit run kit.json` is the kit, every other word a command. Children that
 * the kit forks are this executable again, with the child's file as the first argument, as Node itself would have it.
 */
const CHILDREN: Readonly<Record<string, () => Promise<unknown>>> = {
  'reader-child.ts': () => import('../agent/read/reader-child.ts'),
  'draw-child.ts': () => import('../agent/command/debug/draw-child.ts'),
};

const [, , first = ''] = process.argv;
const child = CHILDREN[basename(first)];
if (child || first === 'run') process.argv.splice(1, 1);
const begin = child ?? (first === 'run' ? () => import('../agent/main.ts') : () => import('../agent/tps-kit.ts'));
await begin().catch((error: unknown) => {
  console.error('tps-kit: the program is not whole, or has a fault:', error);
  process.exit(EX_SOFTWARE);
});
