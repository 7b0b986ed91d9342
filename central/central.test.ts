import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { Receipt } from '#contract/wire/receipt.ts';
import { certificatesOf, verify } from '#contract/wire/signature.ts';
import type { KitStatus } from '#contract/wire/status.ts';
import { CHUNK_BYTES, pictureTopic, receiptTopic, recordTopic, statusTopic } from '#contract/wire/topics.ts';
import { type TestBroker, testAuthority, testBroker } from '#test/mosquitto.ts';
import { openDatabase } from './database.ts';
import { type DatabasePlace, temporaryFolder } from './testing/database-place.ts';
import { FORM, recordOf } from './testing/records.ts';
import { signedRecord } from './testing/test-office.ts';

/** The central office as the process it is, behind a real broker with mutual TLS, and a kit that speaks to it. */

vi.setConfig({ testTimeout: 240_000 });
/** A busy machine may take long to start a process; it is never part of what is tested. */
const PATIENCE_MS = 90_000;
const kit = 'kit-palembang-1';
const tps = '1671010001001';
let authority: Awaited<ReturnType<typeof testAuthority>>;
let broker: TestBroker;
let place: DatabasePlace;
let configuration: string;
let running: Program[] = [];
let kits: MqttClient[] = [];

/** Making a database is most of a first start: it is made once and copied for each test. */
let template: DatabasePlace;

beforeAll(async () => {
  authority = await testAuthority(kit, tps);
  template = await temporaryFolder();
  await (await openDatabase(template.where)).close();
});
beforeEach(async () => {
  broker = await testBroker(authority.folder);
  place = await temporaryFolder();
  await cp(template.where, join(place.where, 'database'), { recursive: true });
  configuration = join(place.where, 'central.json');
  writeFileSync(configuration, JSON.stringify(settings()));
});
afterEach(async () => {
  await Promise.all(kits.map((client) => client.endAsync(true)));
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  await broker.stop();
  await place.remove();
  running = [];
  kits = [];
});
afterAll(async () => {
  await template.remove();
  authority.remove();
});

function settings(): object {
  const at = (name: string) => join(authority.folder, name);
  return {
    broker: { url: broker.url, ca: at('root.crt'), certificate: at('central.crt'), key: at('central.key') },
    signing: { certificate: at('central-signing.crt'), key: at('central-signing.key') },
    roots: at('root.crt'),
    register: at('register.json'),
    database: 'database',
    pictures: 'pictures',
    http: { port: 0 },
  };
}

interface Program {
  readonly url: string;
  log(): string;
  end(signal: NodeJS.Signals): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

async function start(script: string): Promise<Program> {
  const file = new URL(script, import.meta.url).pathname;
  const child: ChildProcess = spawn(process.execPath, [file, configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.stdout?.on('data', (text: Buffer) => {
    log += text.toString();
  });
  child.stderr?.on('data', (text: Buffer) => {
    log += text.toString();
  });
  const url = await until(
    () => /page at (\S+)/.exec(log)?.[1] ?? null,
    () => log,
  );
  const program = {
    url,
    log: () => log,
    ended,
    end: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended;
    },
  };
  running.push(program);
  return program;
}

/** Before central's first subscription the broker keeps nothing for it; a real kit would send again after a while. */
function receiving(program: Program): Promise<unknown> {
  return until(() => program.log().includes('receiving from'), program.log);
}

interface Kit {
  readonly client: MqttClient;
  readonly receipts: Receipt[];
  record(jws: string): Promise<unknown>;
  chunk(sha256: string, n: number, bytes: Uint8Array): Promise<unknown>;
}

/** A kit that listens for receipts and takes only those the centre has signed. */
async function kitOnline(): Promise<Kit> {
  const pem = (name: string) => readFileSync(join(authority.folder, name), 'utf8');
  const client = await connectAsync(broker.url, {
    ca: pem('root.crt'),
    cert: pem(`kits/${kit}/kit.crt`),
    key: pem(`kits/${kit}/kit.key`),
    clientId: kit,
    clean: true,
    protocolVersion: 4,
  });
  client.on('error', () => undefined);
  kits.push(client);
  const receipts: Receipt[] = [];
  const certificates = certificatesOf(pem('central-signing.crt'));
  client.on('message', (_, payload) => {
    void verify('tps-receipt', payload.toString(), { by: 'certificates', certificates }).then((verified) => {
      if (verified.ok) receipts.push(Receipt.parse(verified.payload));
    });
  });
  await client.subscribeAsync(receiptTopic(kit), { qos: 1 });
  return {
    client,
    receipts,
    record: (jws) => client.publishAsync(recordTopic(kit, 'resmi'), jws, { qos: 1 }),
    chunk: (sha256, n, bytes) =>
      client.publishAsync(pictureTopic(kit, 'resmi', sha256, n), Buffer.from(bytes), { qos: 1 }),
  };
}

async function until<Found>(
  look: () => Found | null | undefined | false,
  log: () => string = () => '',
): Promise<Found> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
    const found = look();
    if (found) return found;
  }
  throw new Error(`nothing came of it\n${log()}`);
}

async function documents(program: Program): Promise<readonly { readonly digest: string }[]> {
  const answer = (await (await fetch(`${program.url}api/results`)).json()) as {
    readonly documents: readonly { readonly digest: string }[];
  };
  return answer.documents;
}

const isRecord = (receipt: Receipt) => receipt.kind === 'record';

test('starts without a broker, receives when it comes, answers a repetition alike, closes on SIGTERM', async () => {
  const program = await start('./main.ts');
  await until(() => program.log().includes('no connection to the broker'), program.log);
  await broker.start();
  await receiving(program);
  const online = await kitOnline();
  const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
  await online.record(signed.jws);
  const first = await until(() => online.receipts.find(isRecord), program.log);
  expect(first).toMatchObject({ kind: 'record', sequence: 1, digest: signed.digest });
  await online.record(signed.jws);
  const both = await until(() => {
    const records = online.receipts.filter(isRecord);
    return records.length === 2 && records;
  });
  expect(both[1]).toEqual(both[0]);
  expect(await documents(program)).toHaveLength(1);
  expect(await program.end('SIGTERM')).toBe(0);
});

test('killed between commit and receipt it holds one record, and answers when it is back', async () => {
  await broker.start();
  const program = await start('./testing/dies-after-commit.ts');
  const online = await kitOnline();
  const signed = await signedRecord(authority.folder, recordOf({ kit, tps }));
  await receiving(program);
  await online.record(signed.jws);
  await program.ended;
  expect(online.receipts).toEqual([]);

  // The broker still holds the unacknowledged message; the kit, without a receipt, sends it again as well.
  const again = await start('./main.ts');
  await receiving(again);
  await online.record(signed.jws);
  const records = await until(() => {
    const found = online.receipts.filter(isRecord);
    return found.length >= 2 && found;
  }, again.log);
  expect(new Set(records.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
  expect(records[0]).toMatchObject({ digest: signed.digest });
  expect(await documents(again)).toHaveLength(1);
});

const ONLINE: KitStatus = { schema: 1, state: 'online', run: 1, link: 1 };

test('killed in the middle of a picture it says that it is back and asks for the rest, and the page serves the whole', async () => {
  await broker.start();
  const program = await start('./main.ts');
  await receiving(program);
  const online = await kitOnline();
  await online.client.publishAsync(statusTopic(kit), JSON.stringify(ONLINE), { qos: 1, retain: true });
  const bytes = randomBytes(3 * CHUNK_BYTES + 7);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const piece = (n: number) => bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
  const pages = [{ page: 1, sha256, bytes: bytes.length }];
  const wants = () => online.receipts.filter((receipt) => receipt.kind === 'picture-wants').at(-1)?.chunks;

  await online.record((await signedRecord(authority.folder, recordOf({ kit, tps, pages }))).jws);
  await until(() => wants()?.length === 4, program.log);
  await online.chunk(sha256, 0, piece(0));
  await online.chunk(sha256, 3, piece(3));
  await until(() => wants()?.join() === '1,2', program.log);
  await program.end('SIGKILL');

  online.receipts.length = 0;
  const again = await start('./main.ts');
  await until(() => online.receipts.some((receipt) => receipt.kind === 'listening'), again.log);
  await until(() => wants()?.join() === '1,2', again.log);
  await online.chunk(sha256, 2, piece(2));
  await online.chunk(sha256, 1, piece(1));
  await until(() => online.receipts.find((receipt) => receipt.kind === 'picture'), again.log);
  const served = await fetch(`${again.url}pictures/${sha256}.jpg`);
  expect(Buffer.from(await served.arrayBuffer()).equals(bytes)).toBe(true);
  const document = await (await fetch(`${again.url}api/documents/resmi/${tps}/${FORM.id}`)).json();
  expect(document).toMatchObject({ picturesWhole: 1 });
});
