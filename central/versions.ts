/** The records of one document: a version that corrects another names its digest, and both stay. */
export interface Version {
  readonly digest: string;
  readonly version: number;
  readonly supersedes: string | null;
  readonly committedAt: Date;
}

export interface Standing<V extends Version> {
  /** The one that counts now: the highest version nothing corrects; of equals the one that came first. */
  readonly current: V;
  /** Those that nothing corrects; one, where all is well. */
  readonly heads: readonly V[];
  /** Newest version first. */
  readonly history: readonly V[];
  /** A correction has come whose forerunner has not. */
  readonly forerunnerMissing: boolean;
  /** Two records both claim to be the newest: two kits, or two corrections of one version. Somebody must look. */
  readonly branched: boolean;
}

/** Whatever the order in which the records came, the answer is the same. Null for no records. */
export function standingOf<V extends Version>(records: readonly V[]): Standing<V> | null {
  const corrected = new Set(records.map((record) => record.supersedes));
  const heads = records.filter((record) => !corrected.has(record.digest)).toSorted(newestFirst);
  const [current] = heads;
  if (!current) return null;
  const known = new Set(records.map((record) => record.digest));
  const forerunnerMissing = records.some(({ supersedes }) => supersedes !== null && !known.has(supersedes));
  return {
    current,
    heads,
    history: records.toSorted(newestFirst),
    forerunnerMissing,
    branched: heads.length > 1 && !forerunnerMissing,
  };
}

function newestFirst(a: Version, b: Version): number {
  if (a.version !== b.version) return b.version - a.version;
  const earlier = a.committedAt.getTime() - b.committedAt.getTime();
  return earlier !== 0 ? earlier : a.digest < b.digest ? -1 : 1;
}
