import type { OpenAuthority } from '#provisioning/authority/authority.ts';
import { issueKit } from '#provisioning/authority/issue-kit.ts';
import type { Chance } from '#provisioning/chance.ts';
import type { TpsRegister } from '#provisioning/register/tps-register.ts';
import { type CommonParts, ENROLMENT_FILE, enrol } from './enrol-kit.ts';
import { drawOfficers } from './officers.ts';
import { PIN_FILE, type PinFile } from './pin-file.ts';
import type { PlannedKit } from './plan-issue.ts';

export interface IssueRun {
  readonly authority: OpenAuthority;
  readonly register: TpsRegister;
  readonly parts: CommonParts;
  readonly chance: Chance;
  readonly now: () => Date;
  /** So many kits at once. */
  readonly jobs: number;
  /** No further kit is begun once it is aborted. */
  readonly stop: AbortSignal;
  /** After each kit, with how many are done. */
  readonly progress: (done: number) => void;
}

/** A kit whose clock is a little slow must still find its certificate valid. */
const SLOW_CLOCK_MS = 86_400_000;

/** Issues the planned kits; answers how many. Each one that is counted is whole and forced to the disk. */
export async function issueKits(run: IssueRun, orders: readonly PlannedKit[]): Promise<number> {
  const waiting = orders.values();
  let done = 0;
  const work = async () => {
    for (const order of waiting) {
      if (run.stop.aborted) return;
      await issueOne(run, order);
      done += 1;
      run.progress(done);
    }
  };
  await Promise.all(Array.from({ length: run.jobs }, work));
  return done;
}

async function issueOne({ authority, register, parts, chance, now }: IssueRun, { kit, place }: PlannedKit) {
  const officers = await drawOfficers(place, chance);
  const at = now();
  const validity = { from: new Date(at.getTime() - SLOW_CLOCK_MS), until: new Date(parts.settings.validUntil) };
  const result = await issueKit(authority, { kit, tps: place.tps, validity, at }, async ({ certificate }, issued) => ({
    [ENROLMENT_FILE]: await enrol(
      register,
      parts,
      { issued, certificate, officers: officers.register },
      authority.provisioning,
    ),
    [PIN_FILE]: `${JSON.stringify({ schema: 1, kit, tps: place.tps, pins: officers.pins } satisfies PinFile, null, 1)}\n`,
  }));
  if (!result.ok) throw new Error(result.reason);
}
