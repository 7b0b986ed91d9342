import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LISTENER } from './listener.ts';
import { RECEIVERS } from './receivers.ts';

/** Where a broker finds what it needs; paths are made absolute, for Mosquitto has no base folder. */
export interface BrokerSetting {
  readonly port: number;
  /** Address to listen on; every address where it is null. */
  readonly host: string | null;
  /** Folder of the authority: the root's and the broker's certificate, the broker's key, the list of what was revoked. */
  readonly authority: string;
  /** Folder for configuration, access list and persistence. */
  readonly folder: string;
  /** Account the broker runs as; it must be able to read the broker's key. */
  readonly user: string;
}

/** Writes mosquitto.conf and its access list; answers the path of the configuration. */
export function writeMosquitto(setting: BrokerSetting): string {
  const folder = resolve(setting.folder);
  const persistence = join(folder, 'persistence');
  mkdirSync(persistence, { recursive: true, mode: 0o700 });
  const access = join(folder, 'access.acl');
  const configuration = join(folder, 'mosquitto.conf');
  writeFileSync(access, accessList(), { mode: 0o600 });
  writeFileSync(configuration, configurationText(setting, access, persistence), { mode: 0o600 });
  return configuration;
}

/**
 * TLS 1.3 with a certificate from both sides; the common name is the user, and the client id as
 * well, so that no kit can throw another off by borrowing its id. Queues have no limit: with one,
 * Mosquitto acknowledges what it then drops.
 */
function configurationText(setting: BrokerSetting, access: string, persistence: string): string {
  const authority = resolve(setting.authority);
  return `user ${setting.user}
listener ${setting.port}${setting.host === null ? '' : ` ${setting.host}`}
cafile ${join(authority, 'root.crt')}
certfile ${join(authority, 'broker.crt')}
keyfile ${join(authority, 'broker.key')}
crlfile ${join(authority, 'revoked.crl')}
tls_version tlsv1.3
require_certificate true
use_identity_as_username true
use_username_as_clientid true
allow_anonymous false
acl_file ${access}
max_queued_messages 0
max_queued_bytes 0
max_packet_size 1048576
set_tcp_nodelay true
persistence true
persistence_location ${persistence}/
autosave_interval 60
log_dest stderr
log_type error
log_type warning
log_type notice
`;
}

function receiverRights(name: string): string {
  return `user ${name}
topic read tps/v1/+/record
topic read tps/v1/+/picture/+/+
topic read tps/v1/+/latihan-record
topic read tps/v1/+/latihan-picture/+/+
topic read tps/v1/+/status
topic read tps/v1/+/health
topic write tps/v1/+/receipt
`;
}

/** %u is the common name of the certificate: a kit reaches its own topics and nothing else. */
function accessList(): string {
  return `${RECEIVERS.map(receiverRights).join('\n')}
user ${LISTENER}
topic read tps/v1/+/status
topic read tps/v1/+/health

pattern write tps/v1/%u/record
pattern write tps/v1/%u/picture/+/+
pattern write tps/v1/%u/latihan-record
pattern write tps/v1/%u/latihan-picture/+/+
pattern write tps/v1/%u/status
pattern write tps/v1/%u/health
pattern read tps/v1/%u/receipt
`;
}
