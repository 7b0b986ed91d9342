import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shippedForms } from '#contract/forms.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import { KitRegister } from '#contract/wire/register.ts';
import { certificatesOf, type Signed, type Signer, sign, signerOf } from '#contract/wire/signature.ts';
import { openDatabase } from '../database.ts';
import type { Office } from '../office.ts';
import { pictureFiles } from '../picture-files.ts';
import { openRecordLog, type RecordLog } from '../record-log.ts';
import { takeOverRegister } from '../record-store.ts';

/** An office that trusts the authority in that folder, on a database at that place. */
export async function testOffice(authority: string, where: string, pictures: string): Promise<Office> {
  const database = await openDatabase(where);
  const register = KitRegister.parse(JSON.parse(readFileSync(join(authority, 'register.json'), 'utf8')));
  await takeOverRegister(database, register, new Date());
  return {
    database,
    pictures: pictureFiles(pictures),
    forms: shippedForms(),
    roots: certificatesOf(readFileSync(join(authority, 'root.crt'), 'utf8')),
    now: () => new Date(),
  };
}

export function pemOf(authority: string, name: string): string {
  return readFileSync(join(authority, name), 'utf8');
}

/** The log of that office, signed by the authority's centre at every change. */
export function testLog({ database, now }: Office, authority: string): RecordLog {
  const signer = signerOf(pemOf(authority, 'central-signing.crt'), pemOf(authority, 'central-signing.key'));
  return openRecordLog({ database, signer, now, headEveryMs: 0 });
}

export function kitSigner(authority: string, kit: string): Signer {
  const folder = join(authority, 'kits', kit);
  return signerOf(readFileSync(join(folder, 'kit.crt'), 'utf8'), readFileSync(join(folder, 'kit.key'), 'utf8'));
}

export function signedRecord(authority: string, record: ResultRecord): Promise<Signed> {
  return sign('tps-record', record, kitSigner(authority, record.kit));
}
