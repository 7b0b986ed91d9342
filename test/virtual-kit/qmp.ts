import { z } from 'zod';
import { connectLines } from './lines.ts';

/** QEMU's own command line: https://www.qemu.org/docs/master/interop/qmp-spec.html */
export interface Qmp {
  /** Answers what the command returns; throws what QEMU says against it. */
  ask(command: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): void;
}

const Answer = z.object({ id: z.number(), return: z.unknown(), error: z.object({ desc: z.string() }).optional() });

export async function openQmp(path: string): Promise<Qmp> {
  const lines = await connectLines(path);
  let asked = 0;
  const ask = async (command: string, parameters: Readonly<Record<string, unknown>> = {}) => {
    asked += 1;
    const id = asked;
    const answered = lines.next((line) => JSON.parse(line).id === id);
    lines.send(JSON.stringify({ execute: command, arguments: parameters, id }));
    const { return: value, error } = Answer.parse(JSON.parse(await answered));
    if (error) throw new Error(`${command}: ${error.desc}`);
    return value;
  };
  await ask('qmp_capabilities');
  return { ask, close: lines.close };
}
