import type { KeptKit } from '#provisioning/authority/kit-files.ts';
import type { KitStage, KitStages } from '#provisioning/register/summary.ts';

export interface FailedKit {
  readonly kit: string;
  readonly tps: string;
  readonly faults: readonly string[];
}

/** How far the kit of each TPS is; revoked ones are not counted. */
export function stagesOf(kept: readonly KeptKit[]): KitStages {
  const counting = kept.filter(({ revocation }) => revocation === null);
  return new Map(counting.map((one) => [one.issued.tps, stageOf(one)]));
}

/** Kits in service that have said that something does not work, and what. */
export function faultsOf(kept: readonly KeptKit[]): readonly FailedKit[] {
  return kept.flatMap(({ issued: { kit, tps }, accepted, revocation }) =>
    revocation === null && accepted && accepted.faults.length > 0 ? [{ kit, tps, faults: accepted.faults }] : [],
  );
}

/** How far one kit is. */
export function stageOf({ isLoaded, accepted }: KeptKit): KitStage {
  if (accepted) return accepted.faults.length === 0 ? 'accepted' : 'failed';
  return isLoaded ? 'loaded' : 'issued';
}
