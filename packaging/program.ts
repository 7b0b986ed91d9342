import { basename } from 'node:path';

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
if (child) {
  process.argv.splice(1, 1);
  await child();
} else if (first === 'run') {
  process.argv.splice(1, 1);
  await import('../agent/main.ts');
} else {
  await import('../agent/tps-kit.ts');
}
