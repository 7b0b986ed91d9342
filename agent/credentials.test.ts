import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTestKit } from '#test/mosquitto.ts';
import type { Configuration } from './configuration.ts';
import { loadCredentials, renewedBroker } from './credentials.ts';

const KIT = 'palembang-0001';
const OTHER = 'palembang-0002';

describe('the keys and certificates of a kit', () => {
  const authority = mkdtempSync(join(tmpdir(), 'tps-kit-credentials-'));
  beforeAll(async () => {
    await addTestKit(authority, KIT, '1671010001001');
    await addTestKit(authority, OTHER, '1671010001002');
    writeFileSync(join(authority, 'empty.crt'), '');
  });
  afterAll(() => rmSync(authority, { recursive: true }));

  const at = (name: string) => join(authority, name);
  const identity = (kit: string) => ({ certificate: at(`kits/${kit}/kit.crt`), key: at(`kits/${kit}/kit.key`) });
  const good: Configuration = {
    kit: KIT,
    tps: '1671010001001',
    mode: 'resmi',
    forms: ['c-hasil-kwk-gubernur'],
    data: at('data'),
    camera: { kind: 'folder', folder: at('photos') },
    slip: { columns: 32 },
    panel: { port: 0 },
    readLimit: 20,
    broker: { url: ['mqtts://localhost:8883'], ca: at('root.crt'), ...identity(KIT) },
    signing: identity(KIT),
    central: { certificate: at('central-signing.crt'), sealing: at('central-sealing.pub') },
  };

  it('are read where all of them belong to this kit', () => {
    expect(loadCredentials(good)).toMatchObject({ ok: true, credentials: { broker: { urls: good.broker.url } } });
  });

  it('of the broker are read anew for every link; what cannot be used leaves the last ones in force', () => {
    const loaded = loadCredentials(good);
    if (!loaded.ok) throw new Error(loaded.reason);
    const told: string[] = [];
    const copied = { certificate: at('renewed.crt'), key: at('renewed.key') };
    const copy = (kit: string) => {
      copyFileSync(identity(kit).certificate, copied.certificate);
      copyFileSync(identity(kit).key, copied.key);
    };
    const broker = renewedBroker(
      { ...good, broker: { ...good.broker, ...copied } },
      loaded.credentials.broker,
      (reason) => told.push(reason),
    );
    expect(broker()).toBe(loaded.credentials.broker);
    expect(told).toEqual([expect.stringContaining('no such file')]);
    copy(KIT);
    const renewed = broker();
    expect(renewed).not.toBe(loaded.credentials.broker);
    copy(OTHER);
    expect(broker()).toBe(renewed);
    expect(told).toHaveLength(2);
  });

  it.each<[string, Partial<Configuration>, string, string]>([
    [
      'a file that is missing',
      { signing: { ...identity(KIT), key: at('none.key') } },
      '"signing.key" names',
      'no such file',
    ],
    [
      'a file that holds no certificate',
      { central: { certificate: at('empty.crt'), sealing: at('central-sealing.pub') } },
      '"central.certificate" names',
      'no certificate in it',
    ],
    [
      'a root that is none',
      { broker: { ...good.broker, ca: at('root.key') } },
      '"broker.ca" names',
      'no certificate in it',
    ],
    [
      "another kit's certificate to sign with",
      { signing: identity(OTHER) },
      '"signing.certificate" names',
      `this is the certificate of "${OTHER}", and "kit" says "${KIT}"`,
    ],
    [
      "another kit's certificate for the broker",
      { broker: { ...good.broker, ...identity(OTHER) } },
      '"broker.certificate" names',
      `this is the certificate of "${OTHER}"`,
    ],
    [
      'the key of another certificate',
      { broker: { ...good.broker, key: identity(OTHER).key } },
      '"broker.key" names',
      'the key does not belong to the certificate',
    ],
    [
      "a kit's certificate in central's place: no receipt would ever count",
      { central: { certificate: identity(KIT).certificate, sealing: at('central-sealing.pub') } },
      '"central.certificate" names',
      `"${KIT}" holds no certificate of a central`,
    ],
    [
      "central's certificate in the kit's place",
      { signing: { certificate: at('central.crt'), key: at('central.key') } },
      '"signing.certificate" names',
      '"central" holds no certificate of a kit',
    ],
  ])('are refused with the field and the file: %s', (_name, change, field, reason) => {
    const loaded = loadCredentials({ ...good, ...change });
    expect(loaded.ok ? 'accepted' : loaded.reason).toMatch(new RegExp(`^${field} .*${reason}`));
  });
});
