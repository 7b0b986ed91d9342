import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addTestKit } from '#test/mosquitto.ts';
import type { Configuration } from './configuration.ts';
import { readCredentials } from './credentials.ts';

const KIT = 'palembang-0001';

describe('what central holds and trusts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tps-kit-central-credentials-'));
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    await addTestKit(folder, KIT, '1671010001001');
    writeFileSync(at('other.json'), JSON.stringify({ schema: 1, kits: [{ kit: KIT, tps: '1' }] }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const broker = {
    url: 'mqtts://localhost:8883',
    ca: at('root.crt'),
    certificate: at('central.crt'),
    key: at('central.key'),
    shared: false,
  };
  const good: Configuration = {
    broker,
    signing: { certificate: at('central-signing.crt'), key: at('central-signing.key') },
    roots: at('root.crt'),
    register: at('register.json'),
    stations: null,
    database: at('database'),
    pictures: at('pictures'),
    http: { host: '127.0.0.1', port: 0 },
  };

  test('is read where every file is what it should be', () => {
    expect(readCredentials(good).register.kits).toMatchObject([{ kit: KIT, tps: '1671010001001' }]);
  });

  test.each<[string, Partial<Configuration>, RegExp]>([
    ['a file that is missing', { broker: { ...broker, ca: at('none.crt') } }, /^"broker.ca" names .*no such file/],
    [
      'roots that are none: every record would be refused',
      { roots: at('root.key') },
      /^"roots" names .*no certificate/,
    ],
    [
      'the key of another certificate',
      { signing: { ...good.signing, key: at('central.key') } },
      /^"signing.key" names .*the key does not belong/,
    ],
    [
      "a kit's certificate to sign with: no kit would take its receipts",
      { signing: { certificate: at(`kits/${KIT}/kit.crt`), key: at(`kits/${KIT}/kit.key`) } },
      /^"signing.certificate" names .*holds no certificate of a central/,
    ],
    ['a register that is no JSON', { register: at('root.crt') }, /^"register" names .*JSON/],
    ['a register with a fault', { register: at('other.json') }, /^"register" names .*kits\.0\.tps: a TPS code/],
  ])('is refused with the field and the file: %s', (_name, change, reason) => {
    expect(() => readCredentials({ ...good, ...change })).toThrow(reason);
  });
});
