import { type Happened, happened } from './event-log/catalogue.ts';
import type { CopyState } from './store/second-copy.ts';
import type { UplinkNote } from './uplink/uplink.ts';

/** What uplink and second copy tell, as events and as lines of the program's own output. */

export function eventsOfUplink(note: UplinkNote): readonly Happened[] {
  switch (note.kind) {
    case 'link':
      if (note.state.kind === 'connected') return [happened('link-up')];
      return note.state.kind === 'waiting' ? [happened('link-lost', { code: note.state.fault })] : [];
    case 'receipt-ignored':
      return [happened('receipt-ignored', { code: note.code })];
    case 'receipt-not-kept':
      return [happened('receipt-not-kept')];
    case 'picture-lost':
      return [happened('picture-lost', { picture: note.sha256 })];
  }
}

export function lineOfUplink(note: UplinkNote): string {
  switch (note.kind) {
    case 'link':
      return note.state.kind === 'waiting'
        ? `link: ${note.state.fault}, ${note.state.reason}`
        : `link: ${note.state.kind}`;
    case 'receipt-ignored':
      return `receipt ignored (${note.code}): ${note.reason}`;
    case 'receipt-not-kept':
      return `receipt not kept: ${note.reason}`;
    case 'picture-lost':
      return `picture ${note.sha256} is lost: ${note.reason}`;
  }
}

/** The second copy is behind at every write: only what a person should know of is told, once. */
export function copyEvents(note: (event: Happened) => void): (copy: CopyState) => void {
  let told = '';
  return (copy) => {
    if (copy.kind === 'behind' || copy.kind === told) return;
    told = copy.kind;
    note(copy.kind === 'fault' ? happened('copy-fault', { code: copy.code }) : happened(`copy-${copy.kind}`));
  };
}
