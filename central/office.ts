import type { X509Certificate } from 'node:crypto';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Database } from './database.ts';
import type { DocumentKey } from './judge-record.ts';
import type { PictureFiles } from './picture-files.ts';

/** What the central office works with: its stores, the forms it knows, whom it trusts, and who is told of news. */
export interface Office {
  readonly database: Database;
  readonly pictures: PictureFiles;
  readonly forms: FormRegistry;
  /** The authority's roots; a kit's certificate must lead to one of them. */
  readonly roots: readonly X509Certificate[];
  readonly feed: Feed;
  now(): Date;
}

export type News = ({ readonly kind: 'document' } & DocumentKey) | { readonly kind: 'alarm' };

/** Tells listeners in this process what has just been committed. */
export interface Feed {
  tell(news: News): void;
  /** Answers the way to stop listening. */
  listen(listener: (news: News) => void): () => void;
}

export function openFeed(): Feed {
  const listeners = new Set<(news: News) => void>();
  return {
    tell: (news) => {
      for (const listener of listeners) listener(news);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
