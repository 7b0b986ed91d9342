import { fork } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { centralConfigurations } from '#provisioning/authority/central-configuration.ts';
import { writeMosquitto } from '#provisioning/authority/mosquitto.ts';
import { command, type Program, program } from '#test/program.ts';
import { type Task, Told } from './told.ts';

/** The centre as it is run: a broker, and receivers that share the work. */

/** Mosquitto as provisioning configures it; it also says when it runs. */
export function broker(folder: string, authority: string, port: number): Program {
  const setting = { port, host: '127.0.0.1', authority, folder: join(folder, 'mosquitto'), user: userInfo().username };
  const configuration = writeMosquitto(setting);
  appendFileSync(configuration, 'log_type information\n');
  return command('/usr/sbin/mosquitto', '-c', configuration);
}

export const BROKER_READY = /mosquitto version .* running/;

export function receivers(folder: string, setting: Parameters<typeof centralConfigurations>[0]): readonly Program[] {
  return centralConfigurations(setting).map(([name, text]) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return program('central/main.ts', file);
  });
}

/** A process of kits; resolves once it is ready, with the promise of its end. */
export function kitProcess(folder: string, n: number, task: Task, hear: (told: Told) => void): Promise<KitProcess> {
  const file = join(folder, `kits-${n}.json`);
  writeFileSync(file, JSON.stringify(task));
  const child = fork(fileURLToPath(new URL('./kits.ts', import.meta.url)), [file]);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return new Promise((resolve, reject) => {
    void ended.then(() => reject(new Error('a process of kits ended before it was ready')));
    child.on('message', (message) => {
      const told = Told.parse(message);
      if (told.kind === 'ready') resolve({ ended, kill: () => child.kill('SIGKILL') });
      else hear(told);
    });
  });
}

export interface KitProcess {
  readonly ended: Promise<void>;
  kill(): void;
}
