import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from '#agent/configuration.ts';
import { shippedForms } from '#contract/forms.ts';
import { sampleOfficers } from '#contract/officers/testing/sample-officers.ts';
import { type Enrolment, formDigest, signEnrolment } from '#contract/wire/enrolment.ts';
import { ENROLMENT_STICK } from '#contract/wire/enrolment-stick.ts';
import { certificatesOf, thumbprintOf } from '#contract/wire/signature.ts';
import { unlockAuthority } from '#provisioning/authority/authority.ts';
import { addTestKit, TEST_PASSPHRASES } from '#test/mosquitto.ts';
import { type EnrolmentQuestion, type EnrolOutcome, enrol } from './enrol.ts';
import { fingerprint, outcomeWords, questionWords } from './words.ts';

const KIT = 'kit-1671011001001-1';
const TPS = '1671011001001';
const OTHER = 'kit-1671011001002-1';
const DAY_MS = 86_400_000;
const work = mkdtempSync(join(tmpdir(), 'tps-kit-enrol-'));
const at = (...path: readonly string[]) => join(work, ...path);
const read = (...path: readonly string[]) => readFileSync(at(...path), 'utf8');
let good: Enrolment;

beforeAll(async () => {
  await addTestKit(at('gudang'), KIT, TPS);
  await addTestKit(at('gudang'), OTHER, '1671011001002');
  await addTestKit(at('lain'), KIT, TPS);
  const form = shippedForms().byId('kejadian-khusus-kwk');
  if (!form) throw new Error('there is no such form');
  good = {
    ...{ schema: 1, kit: KIT, tps: TPS, mode: 'latihan' },
    place: { provinsi: 'Contoh', kota: 'Kota Contoh', kecamatan: 'Melati', kelurahan: 'Melati Timur', number: 1 },
    issuedAt: new Date().toISOString(),
    validUntil: new Date(Date.now() + DAY_MS).toISOString(),
    forms: [{ id: form.id, sha256: formDigest(form) }],
    certificate: read('gudang', 'kits', KIT, 'kit.crt'),
    broker: { url: ['mqtts://broker.example:8883'], root: read('gudang', 'root.crt') },
    central: { certificate: read('gudang', 'central-signing.crt'), sealing: read('gudang', 'central-sealing.pub') },
    officers: { schema: 1, tps: TPS, officers: await sampleOfficers() },
    devices: { camera: { kind: 'csi' } },
  };
});
afterAll(() => rmSync(work, { recursive: true }));

beforeEach(() => {
  for (const name of ['stik', 'alat']) {
    rmSync(at(name), { recursive: true, force: true });
    mkdirSync(at(name));
  }
});

/** Lays an enrolment on the stick, as that warehouse signs it, with that kit's key. */
async function lay(enrolment: Enrolment, warehouse = 'gudang', kit = KIT): Promise<void> {
  const unlocked = unlockAuthority(at(warehouse), TEST_PASSPHRASES.issuing);
  if (!unlocked.ok) throw new Error(unlocked.code);
  mkdirSync(at('stik', ENROLMENT_STICK.folder));
  const name = (file: 'enrolment' | 'key') => at('stik', ENROLMENT_STICK.folder, ENROLMENT_STICK[file]);
  writeFileSync(name('enrolment'), await signEnrolment(enrolment, unlocked.authority.provisioning));
  cpSync(at(warehouse, 'kits', kit, 'kit.key'), name('key'));
}

const keyOnStick = () => existsSync(at('stik', ENROLMENT_STICK.folder, ENROLMENT_STICK.key));
const questions: EnrolmentQuestion[] = [];

function taken(now = new Date(), agrees = true): Promise<EnrolOutcome> {
  const confirm = async (question: EnrolmentQuestion) => {
    questions.push(question);
    return agrees;
  };
  return enrol({ stick: at('stik'), folder: at('alat'), forms: shippedForms(), now, confirm });
}

describe('a machine that takes the enrolment on a stick', () => {
  it('is the kit of that TPS, with a configuration its agent reads, and the key is nowhere but on it', async () => {
    await lay(good);
    expect(await taken()).toMatchObject({ ok: true });
    expect(loadConfiguration(at('alat', 'kit.json'))).toMatchObject({
      ok: true,
      configuration: { kit: KIT, tps: TPS, mode: 'latihan', broker: { url: ['mqtts://broker.example:8883'] } },
    });
    expect(read('alat', 'kit.key')).toBe(read('gudang', 'kits', KIT, 'kit.key'));
    expect(keyOnStick()).toBe(false);
    expect(readdirSync(at('alat')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('asks which TPS this is to be, and shows by what the warehouse is known', async () => {
    await lay(good);
    await taken();
    const [root] = certificatesOf(read('gudang', 'root.crt'));
    const question = questions.at(-1);
    if (!root || !question) throw new Error('nothing was asked');
    expect(questionWords(question)).toEqual([
      'Jadikan alat ini TPS 001, Kel. Melati Timur, Kec. Melati, Kota Contoh?',
      `Kode TPS ${TPS}, alat ${KIT}`,
      `Sidik otoritas ${fingerprint(thumbprintOf(root))}: samakan dengan catatan gudang.`,
    ]);
    expect(fingerprint('0123456789abcdef0123')).toBe('0123 4567 89ab cdef');
  });

  it('changes nothing where the technician does not agree', async () => {
    await lay(good);
    expect(await taken(new Date(), false)).toMatchObject({ code: 'declined' });
    expect([readdirSync(at('alat')), keyOnStick()]).toEqual([[], true]);
  });

  it('takes it though its clock is years slow', async () => {
    await lay(good);
    expect(await taken(new Date('2020-01-01T00:00:00Z'))).toMatchObject({ ok: true });
  });

  it('goes on where the power went after it was stored and before the key was erased', async () => {
    await lay(good);
    await taken();
    cpSync(at('gudang', 'kits', KIT, 'kit.key'), at('stik', ENROLMENT_STICK.folder, ENROLMENT_STICK.key));
    const asked = questions.length;
    expect(await taken()).toMatchObject({ ok: true });
    expect([questions.length, keyOnStick()]).toEqual([asked, false]);
  });
});

describe('an enrolment that is refused, in words, with nothing changed', () => {
  /** What comes of it, after the kit's folder was looked at. */
  async function refused(now = new Date()): Promise<string> {
    const before = readdirSync(at('alat'));
    const outcome = await taken(now);
    if (outcome.ok) throw new Error('it was taken');
    expect(readdirSync(at('alat'))).toEqual(before);
    const { what, todo } = outcomeWords(outcome);
    expect([what.length, todo.length].every((length) => length > 10)).toBe(true);
    return outcome.code;
  }

  it('is not there', async () => {
    expect(await refused()).toBe('none');
  });

  it('is torn, or was changed', async () => {
    await lay(good);
    const file = at('stik', ENROLMENT_STICK.folder, ENROLMENT_STICK.enrolment);
    const whole = readFileSync(file, 'utf8');
    for (const broken of ['', whole.slice(0, -40), whole.replace(/\.[^.]+\./, (part) => part.replace('a', 'b'))]) {
      writeFileSync(file, broken);
      expect(await refused()).toBe('torn');
    }
  });

  it('is another warehouse’s, on a machine that knows its own', async () => {
    cpSync(at('gudang', 'root.crt'), at('alat', 'root.crt'));
    await lay({ ...good, certificate: read('lain', 'kits', KIT, 'kit.crt') }, 'lain');
    expect(await refused()).toBe('foreign');
  });

  it('was signed by one warehouse and names the root of another', async () => {
    await lay(good, 'lain');
    expect(await refused()).toBe('foreign');
  });

  it('has run out', async () => {
    await lay(good);
    expect(await refused(new Date(Date.now() + 2 * DAY_MS))).toBe('expired');
  });

  it('was taken by another machine: the key is gone', async () => {
    await lay(good);
    rmSync(at('stik', ENROLMENT_STICK.folder, ENROLMENT_STICK.key));
    expect(await refused()).toBe('no-key');
  });

  it('lies beside the key of another kit', async () => {
    await lay(good, 'gudang', OTHER);
    expect(await refused()).toBe('other-key');
  });

  it('holds the certificate of another kit', async () => {
    await lay({ ...good, certificate: read('gudang', 'kits', OTHER, 'kit.crt') });
    expect(await refused()).toBe('foreign');
  });

  it('is for forms that are others in this program', async () => {
    await lay({ ...good, forms: [{ id: 'kejadian-khusus-kwk', sha256: '0'.repeat(64) }] });
    expect(await refused()).toBe('forms');
  });

  it('has a configuration that the agent would not take', async () => {
    await lay({ ...good, devices: { camera: { kind: 'cctv' } } });
    expect(await refused()).toBe('setting');
  });

  it('comes to a machine that is the kit of another TPS', async () => {
    writeFileSync(at('alat', 'kit.json'), '{"kit":"kit-1671011001009-1"}');
    await lay(good);
    expect(await refused()).toBe('enrolled');
    expect(keyOnStick()).toBe(true);
  });
});
