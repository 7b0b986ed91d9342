import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { ResultRecord } from '#contract/wire/record.ts';
import { digestOf } from '#contract/wire/signature.ts';
import { bytesOf, hexOf } from './hex.ts';
import { isContinued, leafHash, type MerkleTree, merkleTree } from './merkle-tree.ts';
import { openRecord, type ProofTrust } from './record-proof.ts';
import { openHead, type TreeHead } from './tree-head.ts';

/**
 * The whole log as a file: a line of JSON a record, in the order of their positions, and the signed head in its last line.
 * Whoever has it and the certificates needs the centre no more.
 */
export const ExportedLine = z.union([
  z.strictObject({ position: z.int().nonnegative(), committedAt: z.iso.datetime(), jws: z.string() }).readonly(),
  z.strictObject({ head: z.string() }).readonly(),
]);
export type ExportedLine = z.infer<typeof ExportedLine>;

/** One thing that is wrong with an exported log, in English; line from 1. */
export interface LogFault {
  readonly line: number;
  readonly says: string;
}

export interface AuditedRecord {
  readonly digest: string;
  readonly committedAt: string;
  readonly record: ResultRecord;
}

export interface AuditedLog {
  readonly faults: readonly LogFault[];
  /** In the order of the log; those that no kit signed are left out. */
  readonly records: readonly AuditedRecord[];
  readonly head: TreeHead | null;
}

export interface LogTrust extends ProofTrust {
  /** A head that the auditor kept from before: the log must be its continuation. */
  readonly earlier: string | null;
}

/** Reads a log line by line; finds what is not signed by whom it should be, out of place, or not what the centre signed. */
export async function auditLog(lines: AsyncIterable<string>, trust: LogTrust): Promise<AuditedLog> {
  const tree = merkleTree();
  const faults: LogFault[] = [];
  const records: AuditedRecord[] = [];
  let head: TreeHead | null = null;
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const fault = (says: string) => faults.push({ line, says });
    const parsed = lineOf(text);
    if (parsed === null) fault('this is no line of a log');
    else if (head !== null) fault('there is something after the head');
    else if ('head' in parsed) head = await closing(parsed.head, trust.central, tree, fault);
    else {
      if (parsed.position !== tree.size()) fault(`position ${parsed.position} stands where ${tree.size()} belongs`);
      const digest = digestOf(parsed.jws);
      await tree.append(await leafHash(bytesOf(digest)));
      const opened = await openRecord(parsed, trust.roots);
      if (opened.ok) records.push({ digest, committedAt: parsed.committedAt, record: opened.record });
      else fault(`no record that a kit signed: ${opened.reason}`);
    }
  }
  if (head === null) faults.push({ line, says: 'the log has no head that the centre signed' });
  const unlike = trust.earlier === null ? null : await unlikeEarlier(trust.earlier, trust.central, tree);
  if (unlike !== null) faults.push({ line, says: unlike });
  return { faults, records, head };
}

function lineOf(text: string): ExportedLine | null {
  try {
    return ExportedLine.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

async function closing(
  jws: string,
  central: readonly X509Certificate[],
  tree: MerkleTree,
  fault: (says: string) => void,
): Promise<TreeHead | null> {
  const opened = await openHead(jws, central);
  if (!opened.ok) {
    fault(`the centre did not sign this head: ${opened.reason}`);
    return null;
  }
  const { head } = opened;
  if (head.size !== tree.size()) fault(`the head is of ${head.size} records, and there are ${tree.size()}`);
  else if (head.root !== hexOf(await tree.root(head.size))) fault('the head is of other records');
  return head;
}

/** Why the log does not continue what that head was of; null where it does. */
async function unlikeEarlier(
  jws: string,
  central: readonly X509Certificate[],
  tree: MerkleTree,
): Promise<string | null> {
  const opened = await openHead(jws, central);
  if (!opened.ok) return `the centre did not sign the earlier head: ${opened.reason}`;
  const { size, root } = opened.head;
  if (size > tree.size()) return `the earlier head was of ${size} records, and only ${tree.size()} are left`;
  if (size === 0) return null;
  const [first, second] = [
    { size, root: bytesOf(root) },
    { size: tree.size(), root: await tree.root(tree.size()) },
  ];
  const continues = await isContinued({ first, second, path: await tree.consistency(size, second.size) });
  return continues ? null : 'the log is not the continuation of the earlier head: something in it was changed';
}
