import { writeFileSync } from 'node:fs';
import { openByteSource } from '#contract/wire/bundle-file.ts';
import type { Receipt } from '#contract/wire/receipt.ts';
import { type Signer, sign } from '#contract/wire/signature.ts';
import { openOffice } from './central.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { readCredentials } from './credentials.ts';
import { importBundle } from './import-bundle.ts';
import type { Office } from './office.ts';

/**
 * Takes in what kits could not send: `node central/import.ts central.json BUNDLE…`. Beside each bundle
 * the receipts are laid, to be brought back to the kit (`tps-kit receipts`). The embedded database
 * belongs to one process: stop central before, where it has one.
 */
const [file, ...bundles] = process.argv.slice(2);
if (file === undefined || bundles.length === 0) fail(64, 'usage: node central/import.ts central.json BUNDLE…');
const read = readConfiguration(file);
const { office, signer } = read.ok ? await officeOf(read.configuration) : fail(2, read.reason);
for (const bundle of bundles) if (!(await take(bundle))) process.exitCode = 1;
await office.database.close();

async function officeOf(configuration: Configuration): Promise<{ readonly office: Office; readonly signer: Signer }> {
  try {
    const { signer, roots, register } = readCredentials(configuration);
    return { office: await openOffice(configuration, roots, register), signer };
  } catch (error) {
    return fail(1, `the office cannot be opened: ${error instanceof Error ? error.message : error}`);
  }
}

async function take(bundle: string): Promise<boolean> {
  const source = await openByteSource(bundle).catch((error: unknown) => fail(66, `${bundle}: ${String(error)}`));
  try {
    const imported = await importBundle(office, source);
    if (!imported.ok) {
      console.error(`${bundle}: refused as a whole (${imported.code}): ${imported.reason}`);
      return false;
    }
    const receipts = await Promise.all(imported.receipts.map((receipt) => sign('tps-receipt', receipt, signer)));
    for (const receipt of imported.receipts) console.log(`${bundle}: ${lineOf(receipt)}`);
    lay(
      `${bundle}.kuitansi`,
      receipts.map(({ jws }) => jws),
    );
    console.log(`${bundle}: receipts for ${imported.kit} are in ${bundle}.kuitansi`);
    return imported.receipts.every(({ kind }) => kind !== 'refused');
  } finally {
    await source.close();
  }
}

/** What was taken in is committed by now: importing it again gives the same receipts. */
function lay(file: string, receipts: readonly string[]): void {
  try {
    writeFileSync(file, receipts.map((jws) => `${jws}\n`).join(''));
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    fail(73, `${file} cannot be written (${why}): free the stick or copy the bundle elsewhere, and import it again`);
  }
}

function lineOf(receipt: Receipt): string {
  switch (receipt.kind) {
    case 'record':
      return `record ${receipt.sequence} is committed, since ${receipt.committedAt}`;
    case 'refused':
      return `record ${receipt.sequence} is refused (${receipt.code}): ${receipt.reason}`;
    case 'picture':
      return `picture ${receipt.sha256.slice(0, 16)} is whole`;
    case 'picture-wants':
    case 'record-wants':
    case 'listening':
      return `${receipt.kind} is asked for`;
  }
}

function fail(exit: number, reason: string): never {
  console.error(reason);
  process.exit(exit);
}
