import { connectLines } from './lines.ts';

/** A line into the machine over which shell scripts are carried out as root, one after the other. */
export interface CommandLine {
  /** Answers what the script said; throws that where it failed. */
  run(script: string): Promise<string>;
  close(): void;
}

export async function openCommandLine(path: string): Promise<CommandLine> {
  const lines = await connectLines(path);
  let asked = 0;
  return {
    async run(script) {
      asked += 1;
      const number = String(asked);
      const answered = lines.next((line) => line.startsWith(`${number} `));
      lines.send(`${number} ${Buffer.from(script).toString('base64')}`);
      const [, status, said = ''] = (await answered).split(' ');
      const words = Buffer.from(said, 'base64').toString().trimEnd();
      if (status !== '0') throw new Error(`"${script}" ended with ${status}: ${words}`);
      return words;
    },
    close: lines.close,
  };
}
