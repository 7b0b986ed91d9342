import { writeFileSync } from 'node:fs';
import { openByteSource } from '#contract/wire/bundle-file.ts';
import type { Receipt } from '#contract/wire/receipt.ts';
import { type Signer, sign } from '#contract/wire/signature.ts';
import { openOffice } from './central.ts';
import { readConfiguration } from './configuration.ts';
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
if (!read.ok) fail(2, read.reason);
const office = await officeOf();
for (const bundle of bundles) if (!(await take(office.office, office.signer, bundle))) process.exitCode = 1;
await office.office.database.close();

async function officeOf(): Promise<{ readonly office: Office; readonly signer: Signer }> {
  if (!read.ok) fail(2, read.reason);
  try {
    const { signer, roots, kits } = readCredentials(read.configuration);
    return { office: await openOffice(read.configuration, roots, kits), signer };
  } catch (error) {
    return fail(1, `the office cannot be opened: ${error instanceof Error ? error.message : error}`);
  }
}

async function take(office: Office, signer: Signer, bundle: string): Promise<boolean> {
  const source = await openByteSource(bundle).catch((error: unknown) => fail(66, `${bundle}: ${String(error)}`));
  try {
    const imported = await importBundle(office, source);
    if (!imported.ok) {
      console.error(`${bundle}: refused as a whole (${imported.code}): ${imported.reason}`);
      return false;
    }
    const receipts = await Promise.all(imported.receipts.map((receipt) => sign('tps-receipt', receipt, signer)));
    writeFileSync(`${bundle}.kuitansi`, receipts.map(({ jws }) => `${jws}\n`).join(''));
    for (const receipt of imported.receipts) console.log(`${bundle}: ${lineOf(receipt)}`);
    console.log(`${bundle}: receipts for ${imported.kit} are in ${bundle}.kuitansi`);
    return imported.receipts.every(({ kind }) => kind !== 'refused');
  } finally {
    await source.close();
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
      return `${receipt.kind} is asked for`;
  }
}

function fail(exit: number, reason: string): never {
  console.error(reason);
  process.exit(exit);
}
