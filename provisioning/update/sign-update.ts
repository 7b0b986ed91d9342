import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { signerOf } from '#contract/wire/signature.ts';
import { signUpdate, UpdateManifest } from '#contract/wire/update.ts';

/** Signs a package for the kits: `node provisioning/update/sign-update.ts tps-kit_….deb --certificate F --key F`. */
const command = new Command('sign-update')
  .description("sign a package of the kit's program, so that kits install it; writes <package>.jws")
  .argument('<deb>', 'the Debian package')
  .requiredOption('--certificate <file>', "the centre's certificate for signing")
  .requiredOption('--key <file>', 'its key')
  .parse();
const [deb = ''] = command.args;
const { certificate, key } = command.opts<{ certificate: string; key: string }>();

const field = (name: string) => execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim();
const manifest = UpdateManifest.parse({
  schema: 1,
  package: field('Package'),
  version: field('Version'),
  architecture: field('Architecture'),
  bytes: statSync(deb).size,
  sha256: createHash('sha256').update(readFileSync(deb)).digest('hex'),
});
const signer = signerOf(readFileSync(certificate, 'utf8'), readFileSync(key, 'utf8'));
writeFileSync(`${deb}.jws`, `${await signUpdate(manifest, signer)}\n`);
console.log(`${deb}.jws: tps-kit ${manifest.version} for ${manifest.architecture}`);
