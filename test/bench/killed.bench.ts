import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { shippedForms } from '#contract/forms.ts';
import { randomOf } from '#synthesis/random.ts';
import { type Ending, killedEvening, leaveAboutToConfirm, VICTIMS, type Victim } from '#test/killed-evening.ts';
import { photoTray } from '#test/photo-tray.ts';
import { type Scene, setScene } from '#test/scene.ts';
import { printTable } from './table.ts';

/**
 * Whether kit and central agree after kill -9 at a random moment of an evening with real processes:
 * while pages are scanned, while figures are confirmed, while record and pictures travel.
 *
 *   node test/bench/killed.bench.ts [cases]      300 take an hour of one core
 */
const CASES = Number(process.argv[2] ?? 300);
const FORM = 'c-hasil-kwk-gubernur';
const KIT = 'palembang-0001';
const TPS = '1671010001001';
/** Where an evening begins, and how many ms after its start it is over where nothing is killed. */
const STAGES = { scanning: 6_000, confirming: 2_500 } as const;
type Stage = keyof typeof STAGES;

const form = shippedForms().byId(FORM);
if (!form) throw new Error(`there is no form ${FORM}`);
const work = mkdtempSync(join(tmpdir(), 'tps-kit-killed-'));
const tray = await photoTray(fileURLToPath(new URL('../../.cache/demo-photos', import.meta.url)), form, 'demo');
const aboutToConfirm = join(work, 'confirming');
await leaveAboutToConfirm(await sceneIn(aboutToConfirm), tray.written, form.pages.length);

const random = randomOf('killed');
const verdicts: { readonly victim: Victim; readonly stage: Stage; readonly verdict: Verdict; readonly ms: number }[] =
  [];
for (let n = 0; n < CASES; n += 1) {
  const victim = random.pick([...VICTIMS]);
  const stage: Stage = random.chance(0.4) ? 'scanning' : 'confirming';
  const afterMs = random.whole(0, STAGES[stage]);
  const started = performance.now();
  const verdict = await judged(join(work, `case-${n}`), stage, victim, afterMs);
  verdicts.push({ victim, stage, verdict, ms: performance.now() - started });
  if (verdict !== 'equal') console.log(`${verdict}: ${victim} killed ${afterMs} ms into ${stage} (case ${n})`);
}
rmSync(work, { recursive: true, force: true });

printTable(
  'kill -9 at a random moment; equal: central holds exactly what was confirmed, once, with all its pictures and no alarm',
  ['killed', 'while', 'cases', 'equal', 'lost', 'twice', 'otherwise', 'seconds a case'],
  VICTIMS.flatMap((victim) =>
    (Object.keys(STAGES) as Stage[]).map((stage) => {
      const of = verdicts.filter((case_) => case_.victim === victim && case_.stage === stage);
      const count = (verdict: Verdict) => of.filter((case_) => case_.verdict === verdict).length;
      const seconds = of.reduce((sum, { ms }) => sum + ms, 0) / 1_000 / of.length;
      return [
        ...[victim, stage, of.length, count('equal'), count('lost'), count('twice'), count('otherwise')],
        of.length === 0 ? '-' : seconds.toFixed(1),
      ];
    }),
  ),
);
if (verdicts.some(({ verdict }) => verdict !== 'equal')) process.exitCode = 1;

type Verdict = 'equal' | 'lost' | 'twice' | 'otherwise';

async function judged(folder: string, stage: Stage, victim: Victim, afterMs: number): Promise<Verdict> {
  if (stage === 'confirming') cpSync(aboutToConfirm, folder, { recursive: true });
  const scene = await sceneIn(folder);
  try {
    return verdictOf(await killedEvening(scene, tray.written, victim, { from: 'start', ms: afterMs }));
  } catch (error) {
    console.log(String(error));
    return 'otherwise';
  } finally {
    await scene.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function verdictOf({ confirmed, documents, alarms }: Ending): Verdict {
  const own = documents.filter(({ digest }) => digest === confirmed);
  if (own.length === 0) return 'lost';
  if (documents.length > 1) return 'twice';
  const whole = own[0]?.picturesWhole === form?.pages.length && isDeepStrictEqual(own[0]?.figures, tray.written);
  return whole && isDeepStrictEqual(alarms, []) ? 'equal' : 'otherwise';
}

function sceneIn(folder: string): Promise<Scene> {
  return setScene({ folder, photos: tray.folder, kit: KIT, tps: TPS, forms: [FORM] });
}
