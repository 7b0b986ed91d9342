import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Receipt } from '#contract/wire/receipt.ts';
import type { Mode, ResultRecord } from '#contract/wire/record.ts';
import type { RegisteredKit } from '#contract/wire/register.ts';
import { digestOf, verify } from '#contract/wire/signature.ts';
import { type Alarm, raise } from './alarms.ts';
import type { Sql } from './database.ts';
import { type Flag, judgeRecord, type Opened, parseArrival, type RecordOutcome, type Refusal } from './judge-record.ts';
import { tell } from './news.ts';
import type { Office } from './office.ts';
import { namePicture } from './picture-store.ts';
import { answerPictures } from './receive-picture.ts';
import { appendToLog } from './record-log.ts';
import {
  findCommitted,
  findKit,
  findRevocation,
  type HeldRecord,
  insertRecord,
  missingRecords,
  neighboursOf,
} from './record-store.ts';

/**
 * Takes one message of a kit's record topic: opens, judges and commits it. `way`: whether that topic is for
 * practice or official records; null for what came by hand. The answers are to be signed
 * and sent; when this resolves, what they say is on the disk. Throws only where the database fails: then
 * nothing was committed, and the message must not be acknowledged.
 */
export async function receiveRecord(
  office: Office,
  kit: string,
  payload: Uint8Array,
  way: Mode | null = null,
): Promise<readonly Receipt[]> {
  const jws = new TextDecoder().decode(payload);
  const digest = digestOf(jws);
  // These very bytes were verified once: a certificate that has run out since takes nothing back.
  const held = await findCommitted(office.database, kit, digest);
  if (held) return answer(office, kit, digest, held);
  const registered = await findKit(office.database, kit);
  const opened = await open(office, jws, kit, registered);
  const arrival = parseArrival({ kit, digest, opened }, claimedSequence(jws));
  if (arrival.kind === 'refuse') return refuse(office, { kit, jws, digest }, arrival);
  if (way && arrival.record.mode !== way) return refuse(office, { kit, jws, digest }, astray(arrival.record, way));
  if (!registered) return [];
  const settled = await commit(office, registered, { jws, digest, record: arrival.record });
  if (settled.kind === 'refuse') return refuse(office, { kit, jws, digest }, settled);
  return answer(office, kit, digest, { ...settled.record, committedAt: settled.committedAt });
}

/** Practice never comes by the official way, nor the other way round. */
function astray({ mode, sequence }: ResultRecord, way: Mode): Refusal {
  const reason = `Rekaman ${mode} datang lewat jalur ${way}. Hubungi petugas teknis.`;
  return { kind: 'refuse', code: 'bad-schema', reason, detail: null, sequence };
}

async function answer(office: Office, kit: string, digest: string, held: HeldRecord): Promise<readonly Receipt[]> {
  const { mode, sequence, committedAt, pages } = held;
  const receipt = { kind: 'record', kit, sequence, digest, committedAt: committedAt.toISOString() } as const;
  const sequences = await missingRecords(office.database, { kit, mode }, sequence);
  return [
    receipt,
    ...(sequences.length > 0 ? [{ kind: 'record-wants', kit, mode, sequences } as const] : []),
    ...(await answerPictures(
      office,
      kit,
      pages.map(({ sha256 }) => sha256),
    )),
  ];
}

async function open(office: Office, jws: string, kit: string, registered: RegisteredKit | undefined): Promise<Opened> {
  if (!registered) {
    const why = await findRevocation(office.database, kit);
    return why === undefined ? { kind: 'unknown-kit' } : { kind: 'revoked-kit', why };
  }
  const verified = await verify('tps-record', jws, {
    by: 'roots',
    roots: office.roots,
    role: 'kit',
    at: office.now(),
  });
  if (!verified.ok) return { kind: 'bad-signature', why: `${verified.code}: ${verified.reason}` };
  if (verified.signer !== kit) return { kind: 'bad-signature', why: `signed by ${verified.signer}` };
  if (verified.thumbprint !== registered.thumbprint) {
    return { kind: 'bad-signature', why: 'signed with a certificate other than the registered one' };
  }
  return { kind: 'signed', payload: verified.payload };
}

const Claim = z.object({ sequence: z.int().positive() });

/** The sequence number an unproven message claims, only to address the refusal. */
function claimedSequence(jws: string): number | null {
  try {
    return Claim.parse(decodeJwt(jws)).sequence;
  } catch {
    return null;
  }
}

interface Entry {
  readonly jws: string;
  readonly digest: string;
  readonly record: ResultRecord;
}
interface Settled {
  readonly kind: 'committed';
  readonly record: ResultRecord;
  readonly committedAt: Date;
}

/** Several receivers may work on one database: who is overtaken judges again by what is there now. */
async function commit(office: Office, kit: RegisteredKit, entry: Entry): Promise<Settled | Refusal> {
  const { record } = entry;
  for (;;) {
    const committedAt = office.now();
    const outcome = await office.database.transaction((sql) => place(office, sql, kit, entry, committedAt));
    switch (outcome.kind) {
      case 'overtaken':
        continue;
      case 'refuse':
        return outcome;
      case 'repeat':
        return { kind: 'committed', record, committedAt: outcome.committedAt };
      case 'accept':
        return { kind: 'committed', record, committedAt };
    }
  }
}

async function place(
  office: Office,
  sql: Sql,
  kit: RegisteredKit,
  entry: Entry,
  now: Date,
): Promise<RecordOutcome | { readonly kind: 'overtaken' }> {
  const form = office.forms.byId(entry.record.form);
  const outcome = judgeRecord(entry.record, entry.digest, {
    tps: kit.tps,
    form,
    ...(await neighboursOf(sql, entry.record)),
  });
  if (outcome.kind !== 'accept') return outcome;
  if ((await insertRecord(sql, { ...entry, ...outcome }, now)) === 'overtaken') return { kind: 'overtaken' };
  for (const alarm of [...alarmsOf(entry, outcome.flags), ...(await namePictures(sql, entry.record))]) {
    await raise(sql, alarm, now);
  }
  const { mode, tps, form: id } = entry.record;
  // Last: who appends holds up every other receiver until it has committed.
  if (mode === 'resmi') await appendToLog(sql, entry.digest);
  await tell(sql, { kind: 'document', mode, tps, form: id });
  return outcome;
}

/** What every alarm about one record shares. */
function about({ record, digest, jws }: Entry): Omit<Alarm, 'code' | 'reason'> {
  return { kit: record.kit, subject: digest, sequence: record.sequence, excerpt: jws };
}

/** Flags that somebody should look into. */
const ALARMING = {
  'breach-undeclared': 'Aturan dilanggar tanpa pernyataan KPPS bahwa kertasnya memang demikian.',
  'verdicts-differ': 'Kit menilai suatu aturan lain daripada pusat.',
  'chain-broken': 'Rekaman tidak menyambung pada rekaman kit sebelumnya.',
  'corrects-another': 'Koreksi menunjuk rekaman yang bukan versi sebelumnya.',
} as const satisfies Partial<Record<Flag, string>>;

function isAlarming(flag: Flag): flag is keyof typeof ALARMING {
  return flag in ALARMING;
}

function alarmsOf(entry: Entry, flags: readonly Flag[]): readonly Alarm[] {
  return flags.filter(isAlarming).map((code) => ({ ...about(entry), code, reason: ALARMING[code] }));
}

async function namePictures(sql: Sql, record: ResultRecord): Promise<readonly Alarm[]> {
  const alarms: Alarm[] = [];
  for (const { sha256, bytes } of record.pages) {
    if ((await namePicture(sql, { kit: record.kit, sha256 }, bytes)) === 'named') continue;
    const reason = `Gambar disebut dengan dua ukuran; ukuran ${bytes} byte tidak dipakai.`;
    alarms.push({
      kit: record.kit,
      code: 'picture-length-differs',
      reason,
      subject: sha256,
      sequence: record.sequence,
      excerpt: '',
    });
  }
  return alarms;
}

interface Message {
  readonly kit: string;
  readonly jws: string;
  readonly digest: string;
}

/** A refusal is written down before the kit hears of it. Without a sequence number there is nobody to answer. */
async function refuse(office: Office, { kit, jws, digest }: Message, refusal: Refusal): Promise<readonly Receipt[]> {
  const { code, sequence, detail } = refusal;
  const reason = detail === null ? refusal.reason : `${refusal.reason} (${detail})`;
  await raise(office.database, { kit, code, reason, subject: digest, sequence, excerpt: jws }, office.now());
  return sequence === null ? [] : [{ kind: 'refused', kit, sequence, digest, code, reason: refusal.reason }];
}
