import { readRegister } from '../read-register.ts';
import { NOTHING_KNOWN } from '../region-list.ts';
import { saveRegister } from '../register-file.ts';
import { csvOf, lineWith } from './sample-register.ts';

/** Saves registers of 1, 400, 1, 400 … TPS in the folder that is named, until it is killed; says when it has begun. */
const [folder = ''] = process.argv.slice(2);
const source = { file: 'daftar.csv', sha256: 'a'.repeat(64), importedAt: '2026-11-27T07:00:00.000Z' };
const registers = [1, 400].map((count) => {
  const lines = Array.from({ length: count }, (_, index) => lineWith({ tps: String(index + 1) }));
  return readRegister(csvOf(...lines), NOTHING_KNOWN).register;
});
for (let turn = 0; ; turn++) {
  const register = registers[turn % 2];
  if (!register) throw new Error('no register');
  const saved = await saveRegister(folder, { source, register });
  if (!saved.ok) throw new Error(saved.reason);
  if (turn === 0) console.log('begun');
}
