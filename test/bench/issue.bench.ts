import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitRegister } from '#contract/wire/register.ts';
import { keptKits } from '#provisioning/authority/kit-files.ts';
import { technician } from '#provisioning/command/testing/technician.ts';
import { csvOf, lineWith } from '#provisioning/register/testing/sample-register.ts';
import { printTable } from './table.ts';

/** A morning in the warehouse of Palembang: 2,272 kits of eleven officers each, issued at once; and again, killed at random. */
const TPS = 2_272;
const KELURAHAN = 107;
const KILLS = 12;
const ISSUE = ['issue', '--all', '--passphrase-file', 'penerbit.txt', '--json'] as const;
const OFFICERS = {
  anggota: 'kpps-2 kpps-3 kpps-4 kpps-5 kpps-6 kpps-7',
  saksi: 'saksi-1 saksi-2 saksi-3',
  pengawas: 'pengawas-1',
};

const lines = Array.from({ length: TPS }, (_, n) => {
  const kelurahan = `98.01.01.${1_001 + (n % KELURAHAN)}`;
  const name = `Kelurahan ${1 + (n % KELURAHAN)}`;
  const tps = String(1 + Math.floor(n / KELURAHAN));
  return lineWith({ ...OFFICERS, kode_kelurahan: kelurahan, kelurahan: name, tps });
});

async function warehouse() {
  const one = technician();
  one.written('akar.txt', 'lima kata sandi akar di brankas');
  one.written('penerbit.txt', 'lima kata sandi penerbit gudang');
  one.written('daftar.csv', csvOf(...lines));
  for (const command of [
    ['import', 'daftar.csv'],
    ['init', '--broker', 'mqtts://b.example:8883', '--root-passphrase-file', 'akar.txt', ...ISSUE.slice(2, 4)],
  ]) {
    const { code, err } = await one.provision(...command);
    if (code !== 0) throw new Error(err);
  }
  return { one, authority: join(one.folder, 'provisioning-data/authority') };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
}

/** How many kits there are, how many TPS they are for, and how many the register lists. */
async function counted(authority: string): Promise<readonly [number, number, number]> {
  const kept = await keptKits(authority);
  const { kits: registered } = KitRegister.parse(JSON.parse(readFileSync(join(authority, 'register.json'), 'utf8')));
  return [kept.length, new Set(kept.map(({ issued }) => issued.tps)).size, registered.length];
}

const rows: (string | number)[][] = [];

const atOnce = await warehouse();
const whole = await timed(() => atOnce.one.provision(...ISSUE));
rows.push(['at once', whole.toFixed(1), 0, ...(await counted(atOnce.authority))]);
atOnce.one.leave();

const killed = await warehouse();
const kits = join(killed.authority, 'kits');
const count = () => (existsSync(kits) ? readdirSync(kits).filter((name) => !name.startsWith('.')).length : 0);
const inAll = await timed(async () => {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { process, ended } = killed.one.begin(...ISSUE);
    const end = count() + Math.ceil((Math.random() * 2 * TPS) / (KILLS + 1));
    while (process.exitCode === null && count() < end) await new Promise((go) => setTimeout(go, 20));
    process.kill('SIGKILL');
    await ended;
  }
  await killed.one.provision(...ISSUE);
});
rows.push(['killed and begun again', inAll.toFixed(1), KILLS, ...(await counted(killed.authority))]);
killed.one.leave();

printTable(`issue --all for ${TPS} kits`, ['run', 's', 'SIGKILLs', 'kits', 'TPS with one', 'in the register'], rows);
const isWrong = rows.some((row) => row.slice(-3).some((value) => value !== TPS));
if (isWrong) process.exitCode = 1;
