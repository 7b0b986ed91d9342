import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatesOf, signerOf } from '#contract/wire/signature.ts';
import { signUpdate, type UpdateManifest } from '#contract/wire/update.ts';
import { testAuthority } from '#test/mosquitto.ts';
import type { KitSystem } from './kit-system.ts';
import { sha256Of } from './offered-update.ts';
import { resume, type UpdateOutcome, type UpdateSetting, update } from './update.ts';

/** A machine with version 1.0, whose power may go before any step, and on which some versions do not work. */
function machine(broken: readonly string[] = []) {
  let installed: string | null = '1.0';
  let isTorn = false;
  let left = Number.POSITIVE_INFINITY;
  let cut = () => {};
  /** After a cut nothing goes on. */
  const operate = async () => {
    if (left-- > 0) return;
    cut();
    await new Promise(() => undefined);
  };
  const works = () => !isTorn && installed !== null && !broken.includes(installed);
  const system: KitSystem = {
    architecture: async () => 'arm64',
    installedVersion: async () => installed,
    isNewer: async (version, than) => Number(version) > Number(than),
    async install(file) {
      await operate();
      isTorn = true;
      await operate();
      installed = /_([^_]+)_/.exec(file)?.[1] ?? null;
      isTorn = false;
      await operate();
      return { ok: true };
    },
    async stop() {
      await operate();
      return { ok: true };
    },
    async start() {
      await operate();
      return works() ? { ok: true } : { ok: false, reason: 'it does not start' };
    },
    async selfTest() {
      await operate();
      return works() ? { ok: true } : { ok: false, reason: 'it does not read the known page' };
    },
    undoMigrations: operate,
  };
  return {
    system,
    works,
    installed: () => installed,
    /** Does work until it ends or the power goes; answers null then. */
    async until(steps: number, work: () => Promise<UpdateOutcome>): Promise<UpdateOutcome | null> {
      left = steps;
      const gone = new Promise<null>((resolve) => {
        cut = () => resolve(null);
      });
      const outcome = await Promise.race([work(), gone]);
      left = Number.POSITIVE_INFINITY;
      return outcome;
    },
  };
}

const work = mkdtempSync(join(tmpdir(), 'tps-kit-update-'));
const stick = join(work, 'stick');
let authority: Awaited<ReturnType<typeof testAuthority>>;
let central: ReturnType<typeof signerOf>;

beforeAll(async () => {
  authority = await testAuthority('palembang-0001', '1671010001001');
  const pem = (name: string) => readFileSync(join(authority.folder, name), 'utf8');
  central = signerOf(pem('central-signing.crt'), pem('central-signing.key'));
});
afterAll(() => {
  authority.remove();
  rmSync(work, { recursive: true, force: true });
});

/** A stick with packages the centre has signed. */
async function stickWith(...versions: readonly string[]): Promise<void> {
  rmSync(stick, { recursive: true, force: true });
  mkdirSync(stick, { recursive: true });
  for (const version of versions) await lay(version);
}

async function lay(version: string, change: Partial<UpdateManifest> = {}): Promise<string> {
  const file = join(stick, `tps-kit_${version}_arm64.deb`);
  writeFileSync(file, `the program ${version}`);
  const about = { bytes: statSync(file).size, sha256: await sha256Of(file), version, architecture: 'arm64' as const };
  writeFileSync(`${file}.jws`, await signUpdate({ schema: 1, package: 'tps-kit', ...about, ...change }, central));
  return file;
}

function settingOf(kit: ReturnType<typeof machine>, more: Partial<UpdateSetting> = {}): UpdateSetting {
  return {
    system: kit.system,
    folder: mkdtempSync(join(work, 'updater-')),
    central: certificatesOf(readFileSync(join(authority.folder, 'central-signing.crt'), 'utf8')),
    executable: process.argv[1] ?? '',
    isEvening: async () => false,
    say: () => undefined,
    ...more,
  };
}

describe('an update', () => {
  it('installs the newest package of the stick, and keeps the one before', async () => {
    await stickWith('1.0', '2.0', '3.0');
    const kit = machine();
    const setting = settingOf(kit);
    expect(await update(setting, stick)).toMatchObject({ kind: 'done', from: '1.0', to: '3.0' });
    expect([kit.installed(), kit.works()]).toEqual(['3.0', true]);
    expect(
      readdirSync(setting.folder)
        .filter((name) => name.endsWith('.deb'))
        .sort(),
    ).toEqual(['tps-kit_1.0_arm64.deb', 'tps-kit_3.0_arm64.deb']);
    // The next one needs nothing but itself.
    await stickWith('4.0');
    expect(await update(setting, stick)).toMatchObject({ kind: 'done', from: '3.0', to: '4.0' });
  });

  it('gives way to the old program where it fails its test, and says why', async () => {
    await stickWith('1.0', '2.0');
    const kit = machine(['2.0']);
    const outcome = await update(settingOf(kit), stick);
    expect(outcome).toMatchObject({ kind: 'undone', reason: 'it does not read the known page' });
    expect([kit.installed(), kit.works()]).toEqual(['1.0', true]);
  });

  it('says so where the old program does not work either, and tries again at the next start', async () => {
    await stickWith('1.0', '2.0');
    const broken = ['1.0', '2.0'];
    const setting = settingOf(machine(broken));
    expect(await update(setting, stick)).toMatchObject({ kind: 'stuck' });
    expect(await update(setting, stick)).toMatchObject({ kind: 'refused', code: 'unfinished' });
    broken.length = 0;
    expect(await resume(setting)).toMatchObject({ kind: 'undone' });
  });

  it('ends in one program that works, wherever and however often the power goes', async () => {
    await stickWith('1.0', '2.0');
    const cuts = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async ([first = 0, ...later], isBroken) => {
        const kit = machine(isBroken ? ['2.0'] : []);
        const setting = settingOf(kit);
        await kit.until(first, () => update(setting, stick));
        for (const steps of later) await kit.until(steps, () => resume(setting));
        await resume(setting);
        const allowed = isBroken ? ['1.0'] : ['1.0', '2.0'];
        expect([kit.works(), allowed.includes(kit.installed() ?? ''), readdirSync(setting.folder)]).toEqual([
          true,
          true,
          expect.not.arrayContaining(['journal.json']),
        ]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a package is refused', () => {
  const refused = async (more: Partial<UpdateSetting> = {}) => {
    const kit = machine();
    const outcome = await update(settingOf(kit, more), stick);
    expect(kit.installed()).toBe('1.0');
    return outcome.kind === 'refused' ? outcome.code : outcome.kind;
  };

  it('where none lies there', async () => {
    await stickWith();
    expect(await refused()).toBe('none');
  });
  it('without a signature', async () => {
    await stickWith('1.0', '2.0');
    rmSync(join(stick, 'tps-kit_2.0_arm64.deb.jws'));
    rmSync(join(stick, 'tps-kit_1.0_arm64.deb'));
    expect(await refused()).toBe('unsigned');
  });
  it('signed by a kit instead of the centre', async () => {
    await stickWith();
    const file = await lay('2.0');
    const pem = (name: string) => readFileSync(join(authority.folder, 'kits/palembang-0001', name), 'utf8');
    const about = { bytes: statSync(file).size, sha256: await sha256Of(file), version: '2.0' };
    const manifest = { schema: 1, package: 'tps-kit', architecture: 'arm64', ...about } as const;
    writeFileSync(`${file}.jws`, await signUpdate(manifest, signerOf(pem('kit.crt'), pem('kit.key'))));
    expect(await refused()).toBe('not-trusted');
  });
  it('that is not whole, or not the one that was signed', async () => {
    await stickWith();
    const file = await lay('2.0');
    writeFileSync(file, 'the program 2.');
    expect(await refused()).toBe('torn');
    writeFileSync(file, 'the program 9.0');
    expect(await refused()).toBe('torn');
  });
  it('for another machine', async () => {
    await stickWith('1.0');
    rmSync(join(stick, 'tps-kit_1.0_arm64.deb'));
    await lay('2.0', { architecture: 'amd64' });
    expect(await refused()).toBe('other-architecture');
  });
  it('that is older than, or the same as what is installed', async () => {
    await stickWith('0.9', '1.0');
    expect(await refused()).toBe('not-newer');
  });
  it('where the package of the installed version is nowhere', async () => {
    await stickWith('2.0');
    expect(await refused()).toBe('no-way-back');
  });
  it('while official results are on their way', async () => {
    await stickWith('1.0', '2.0');
    expect(await refused({ isEvening: async () => true })).toBe('evening');
  });
});
