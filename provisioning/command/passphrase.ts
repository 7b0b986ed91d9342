import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

export type ReadPassphrase =
  | { readonly ok: true; readonly passphrase: string }
  | { readonly ok: false; readonly says: string };

/** From the first line of a file, or from who sits at the terminal, unseen; never from the command line, which others can list. */
export async function readPassphrase(file: string | undefined, question: string): Promise<ReadPassphrase> {
  if (file !== undefined) return fromFile(file);
  if (!process.stdin.isTTY) {
    return { ok: false, says: 'kata sandi kunci: sebut berkasnya / name the file that holds the passphrase (--help)' };
  }
  return { ok: true, passphrase: await asked(question) };
}

async function fromFile(file: string): Promise<ReadPassphrase> {
  try {
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    return { ok: true, passphrase: line.replace(/\r$/, '') };
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return { ok: false, says: `${file} tidak terbaca / cannot be read: ${error.message}` };
  }
}

async function asked(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  const answer = await new Promise<string>((resolve) => lines.question('', resolve));
  lines.close();
  process.stderr.write('\n');
  return answer;
}
