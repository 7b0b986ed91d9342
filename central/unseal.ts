import { createPrivateKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { Command } from 'commander';
import { unsealPicture } from '#contract/wire/sealed-picture.ts';
import { pictureFiles } from './picture-files.ts';

/**
 * Opens one picture that shows personal data, for who may see it: the private key is named here and nowhere in
 * the configuration of a running central, so it can lie in a safe.
 */
await new Command('unseal')
  .description('open a sealed picture of an attendance list with the private sealing key')
  .requiredOption('--pictures <folder>', "central's folder of pictures")
  .requiredOption('--key <file>', 'the private sealing key, central-sealing.key')
  .argument('<sha256>', 'the picture, as its record names it')
  .argument('<jpeg>', 'the JPEG to write; a file that exists is not overwritten')
  .action(async (sha256: string, out: string, { pictures, key }: { pictures: string; key: string }) => {
    const stored = await pictureFiles(pictures).read(sha256);
    if (!stored) return fail(`${pictures} holds no picture ${sha256}`);
    const opened = await unsealPicture(await buffer(stored.stream()), createPrivateKey(await readFile(key)));
    if (!opened.ok) return fail(`the picture does not open: ${opened.reason}. Is ${key} the key of that time?`);
    await writeFile(out, opened.jpeg, { flag: 'wx', mode: 0o600 });
    console.log(`${out}: ${opened.jpeg.length} bytes. It shows personal data: delete it when it was looked at.`);
  })
  .parseAsync()
  .catch((error: Error) => fail(error.message));

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}
