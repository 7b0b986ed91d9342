import { userInfo } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { issueKit, openAuthority } from './authority.ts';
import { writeMosquitto } from './mosquitto.ts';

/**
 * Makes an authority where there is none, and one kit's key and certificate, with the broker's
 * configuration beside them: all that a demo or a rehearsal needs.
 */
const DAY = 86_400_000;

interface Options {
  readonly out: string;
  readonly kit: string;
  readonly tps: string;
  readonly host: readonly string[];
  readonly port: number;
  readonly days: number;
}

const options = new Command('issue')
  .description("make an authority, a broker's configuration, and one kit's key and certificate")
  .requiredOption('--out <folder>', 'folder of the authority; made where it is missing')
  .requiredOption('--kit <id>', 'kit id, for example palembang-0001')
  .requiredOption('--tps <code>', 'public TPS code, 13 digits')
  .option('--host <name...>', 'names or addresses of the broker', ['localhost', '127.0.0.1'])
  .option('--port <number>', "the broker's port", wholeTo(65_535), 8883)
  .option('--days <number>', 'days the certificates are valid', wholeTo(36_500), 365)
  .parse()
  .opts<Options>();

const now = Date.now();
const setting = {
  folder: options.out,
  brokerHosts: options.host,
  // A day back: a kit whose clock is a little slow must still find them valid.
  validity: { from: new Date(now - DAY), until: new Date(now + options.days * DAY) },
};
await openAuthority(setting);
const configuration = writeMosquitto({
  port: options.port,
  host: null,
  authority: options.out,
  folder: `${options.out}/mosquitto`,
  user: userInfo().username,
});
const kit = await issueKit(setting, options.kit, options.tps);
if (!kit.ok) {
  console.error(kit.reason);
  process.exitCode = 1;
} else {
  console.log(`${kit.files.certificate}\n${kit.files.key}\n${configuration}`);
}

function wholeTo(most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new InvalidArgumentError(`"${text}" is no number from 1 to ${most}`);
  };
}
