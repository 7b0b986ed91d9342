import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a kit has written since; below lie disks that stay as they are. */
export interface Disks {
  /** The system. */
  readonly root: string;
  /** The partition of the results. */
  readonly data: string;
}

/** The system as it was installed, and an empty partition for results. */
export function newDisks(folder: string, image: string): Disks {
  const empty = join(folder, 'empty.img');
  mkdirSync(folder, { recursive: true });
  execFileSync('truncate', ['-s', '4G', empty]);
  execFileSync('mkfs.ext4', ['-q', '-F', empty]);
  return {
    root: layer(join(folder, 'root.qcow2'), join(image, 'root.img'), 'raw'),
    data: layer(join(folder, 'data.qcow2'), empty, 'raw'),
  };
}

/** Disks that begin as those and leave those as they are. */
export function branchOf(disks: Disks, folder: string): Disks {
  mkdirSync(folder, { recursive: true });
  return {
    root: layer(join(folder, 'root.qcow2'), disks.root, 'qcow2'),
    data: layer(join(folder, 'data.qcow2'), disks.data, 'qcow2'),
  };
}

/** A file system with the files of a folder in it. */
export function diskOf(file: string, folder: string, megabytes: number): string {
  execFileSync('truncate', ['-s', `${megabytes}M`, file]);
  execFileSync('mkfs.ext4', ['-q', '-F', '-d', folder, file]);
  return file;
}

function layer(file: string, below: string, format: 'raw' | 'qcow2'): string {
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', below, '-F', format, file]);
  return file;
}
