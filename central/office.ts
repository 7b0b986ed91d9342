import type { X509Certificate } from 'node:crypto';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Database } from './database.ts';
import type { PictureFiles } from './picture-files.ts';

/** What the central office works with: its stores, the forms it knows and whom it trusts. */
export interface Office {
  readonly database: Database;
  readonly pictures: PictureFiles;
  readonly forms: FormRegistry;
  /** The authority's roots; a kit's certificate must lead to one of them. */
  readonly roots: readonly X509Certificate[];
  now(): Date;
}
