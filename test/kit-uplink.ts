import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUTBOX_LIMITS } from '#agent/store/outbox.ts';
import { BACK_OFF } from '#agent/uplink/back-off.ts';
import { KEEP_ALIVE_S } from '#agent/uplink/connection.ts';
import { startUplink, type Uplink, type UplinkSetting } from '#agent/uplink/uplink.ts';
import { certificatesOf, type Signer, signerOf } from '#contract/wire/signature.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';

/** A kit as an authority's folder knows it (`test/mosquitto.ts`). */
export interface KitFiles {
  readonly authority: string;
  readonly kit: string;
}

export function kitSigner(files: KitFiles): Signer {
  const { certificate, key } = ownFiles(files);
  return signerOf(certificate, key);
}

/** An uplink as the kit's program starts it, with other parts where they are given. */
export function kitUplink(
  files: KitFiles,
  store: UplinkSetting['store'],
  url: string,
  parts: Partial<UplinkSetting> = {},
): Uplink {
  return startUplink({
    ...{ store, kit: files.kit, agent: '0.1.0', clock: parts.clock ?? systemClock(), chance: Math.random },
    broker: () => ({ urls: [url], ca: pem(files, 'root.crt'), ...ownFiles(files) }),
    central: certificatesOf(pem(files, 'central-signing.crt')),
    ...{ backOff: BACK_OFF, keepAliveS: KEEP_ALIVE_S, limits: OUTBOX_LIMITS, healthEveryMs: 300_000 },
    note: () => undefined,
    ...parts,
  });
}

/** The kit's own certificate and key, PEM. */
export function ownFiles(files: KitFiles): { readonly certificate: string; readonly key: string } {
  const own = (name: string) => pem(files, `kits/${files.kit}/${name}`);
  return { certificate: own('kit.crt'), key: own('kit.key') };
}

function pem({ authority }: KitFiles, name: string): string {
  return readFileSync(join(authority, name), 'utf8');
}
