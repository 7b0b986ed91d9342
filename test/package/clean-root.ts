import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A Debian 12 that holds nothing but the base system and apt, of either architecture, to install the kit's package
 * into. arm64 runs through qemu-user (binfmt). Needs root, mmdebstrap and qemu-user-static.
 */
export interface CleanRoot {
  readonly folder: string;
  /** Installs a package by apt with Debian's archive alone; answers what apt installed beside it. */
  install(deb: string): readonly string[];
  /** Runs a program in it and answers what it prints; throws where it fails. */
  run(program: string, ...args: readonly string[]): string;
  /** The command, from outside, that runs a program in it. */
  command(program: string, ...args: readonly string[]): readonly [string, ...string[]];
  /** Shows a folder of this machine in it under the same name. */
  share(folder: string): void;
  /** Copies a file into it. */
  lay(file: string, at: string): void;
  /** Takes back what was mounted in it, for who boots it. */
  unmount(): void;
  remove(): void;
}

export type Architecture = 'arm64' | 'amd64';

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));
/** What the kit's units set. */
const ENVIRONMENT = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  DEBIAN_FRONTEND: 'noninteractive',
  ORT_DISABLE_TELEMETRY: '1',
  OPENCV4NODEJS_DISABLE_AUTOBUILD: '1',
};
const VARIABLES = Object.entries(ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
/** onnxruntime reads it, and does not bear that of another architecture. */
const ARM_CPU_INFO = `processor\t: 0
BogoMIPS\t: 108.00
Features\t: fp asimd evtstrm crc32 cpuid
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x0
CPU part\t: 0xd08
CPU revision\t: 3
`;

export function openCleanRoot(architecture: Architecture): CleanRoot {
  const folder = mkdtempSync(join(tmpdir(), `tps-kit-root-${architecture}-`));
  if (architecture === 'arm64') bindArm();
  execFileSync('tar', ['-xf', baseSystem(architecture), '-C', folder, '--exclude=./dev/*']);
  mount('--bind', '/dev', join(folder, 'dev'));
  mount('-t', 'proc', 'proc', join(folder, 'proc'));
  if (architecture === 'arm64') {
    writeFileSync(join(folder, 'etc/cpuinfo-arm64'), ARM_CPU_INFO);
    mount('--bind', join(folder, 'etc/cpuinfo-arm64'), join(folder, 'proc/cpuinfo'));
  }
  copyFileSync('/etc/resolv.conf', join(folder, 'etc/resolv.conf'));

  const run = (program: string, ...args: readonly string[]) =>
    execFileSync('chroot', [folder, program, ...args], { env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 64e6 });
  return {
    folder,
    run,
    install(deb) {
      const before = packagesIn(run);
      copyFileSync(deb, join(folder, 'root', basename(deb)));
      run('apt-get', 'update', '-qq');
      run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', `/root/${basename(deb)}`);
      rmSync(join(folder, 'root', basename(deb)));
      return packagesIn(run).filter((name) => !before.includes(name));
    },
    command: (program, ...args) => ['env', '-i', ...VARIABLES, 'chroot', folder, program, ...args],
    share(place) {
      mkdirSync(join(folder, place), { recursive: true });
      mount('--bind', place, join(folder, place));
    },
    lay: (file, at) => copyFileSync(file, join(folder, at)),
    unmount,
    remove() {
      unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };

  function unmount(): void {
    for (const place of readFileSync('/proc/mounts', 'utf8').split('\n').reverse()) {
      const [, at = ''] = place.split(' ');
      if (at.startsWith(`${folder}/`)) execFileSync('umount', ['--lazy', at]);
    }
  }
}

function packagesIn(run: CleanRoot['run']): readonly string[] {
  return run('dpkg-query', '-W')
    .trim()
    .split('\n')
    .map((line) => line.split(/[:\t]/)[0] ?? '');
}

function mount(...args: readonly string[]): void {
  execFileSync('mount', args);
}

/** Has the kernel run arm64 programs through qemu-user, where the machine has not arranged that at its boot. */
function bindArm(): void {
  const kernel = '/proc/sys/fs/binfmt_misc';
  if (!existsSync(join(kernel, 'register'))) mount('-t', 'binfmt_misc', 'binfmt_misc', kernel);
  if (existsSync(join(kernel, 'qemu-aarch64'))) return;
  writeFileSync(join(kernel, 'register'), readFileSync('/usr/lib/binfmt.d/qemu-aarch64.conf'));
}

/** The base system as an archive, made once. */
function baseSystem(architecture: Architecture): string {
  mkdirSync(CACHE, { recursive: true });
  const archive = join(CACHE, `clean-root-${architecture}.tar`);
  if (existsSync(archive)) return archive;
  const unfinished = join(CACHE, `clean-root-${architecture}.part.tar`);
  const args = ['--quiet', '--mode=root', `--arch=${architecture}`, '--variant=apt', 'bookworm', unfinished];
  execFileSync('mmdebstrap', args, { stdio: 'inherit' });
  renameSync(unfinished, archive);
  return archive;
}
