/**
 * Every event the kit writes down, once: what it means and who can act on it. `docs/events.md` is made from
 * this by `node agent/event-log/catalogue-page.ts`. An entry never loses its id.
 */
export type Level = 'info' | 'warning' | 'error';
/** nobody: it is written down for whoever asks later. */
export type Actor = 'nobody' | 'KPPS' | 'technician' | 'central office';

interface Entry {
  readonly level: Level;
  readonly meaning: string;
  readonly who: Actor;
}

export const CATALOGUE = {
  'kit-started': info('The program began; `memory` says how it found its store.'),
  'cannot-begin': error('The kit could not begin, for the reason given; its screen says what to do.', 'technician'),
  'official-begun': warning('The chair ended practice; what was practised is gone.', 'central office'),
  'kit-closing': info('The program was told to end.'),
  'part-stuck': error(
    'A part of the program (`part`) got no further for a minute; the system starts the program again.',
    'technician',
  ),
  'clock-not-set': warning(
    'The wall clock was not set from the network since this boot; records say so too.',
    'technician',
  ),
  'memory-damaged': error('The newest copy of the store was damaged; what was kept last may be lost.', 'technician'),
  'memory-restored': warning('The store was brought back from the USB stick.', 'technician'),
  'work-resumed': info('The kit was switched on again with work that was not confirmed; it waits for a page.'),
  'work-lost': warning(
    'The saved work could not be read; pages that were not confirmed must be scanned again.',
    'KPPS',
  ),
  'store-fault': error(
    'Something could not be kept: the disk is full or failing. Nothing of it was counted.',
    'technician',
  ),
  'camera-fault': warning('The camera gave no picture.', 'KPPS'),
  'picture-judged': info(
    'A photo was looked at: `good`, or why it was refused, and how bright, sharp, flat and large the paper was.',
  ),
  'page-read': info('A page was identified, read and kept.'),
  'page-refused': warning(
    'A photo was not read, for the reason given; the picture is kept, nothing of it counts.',
    'KPPS',
  ),
  'page-not-placed': warning('A page was read that has no place in this document.', 'KPPS'),
  'page-discarded': info('A page was taken out of the document, to be photographed again.'),
  'figure-answered': info('A person answered what a figure says.'),
  'breach-declared': warning('A person said, twice, that the paper itself breaks a rule.', 'central office'),
  'pages-complete': info('A person said that these are all the pages of the document.'),
  'pages-missing': warning(
    'A person said that these are all the pages, and some before the last are not there.',
    'KPPS',
  ),
  'document-confirmed': info('YA was pressed on figures that had all been shown.'),
  'document-stored': info('The signed record is on the disk.'),
  'document-not-stored': error('The record could not be kept; the figures can be confirmed again.', 'technician'),
  'document-received': info('The centre’s signed receipt for the record is here.'),
  'document-refused': error(
    'The centre will not take the record as it is; it stays, and is offered again.',
    'central office',
  ),
  'correction-begun': info('A stored document was opened again, for the reason given.'),
  'correction-abandoned': info('The stored document stays as it is after all.'),
  'logged-in': info('An officer’s PIN was right.'),
  'logged-out': info('The officer left the kit.'),
  'pin-wrong': warning('A PIN was wrong, so many times in a row.', 'KPPS'),
  'pin-locked': error('An officer’s PIN was wrong so often that it is locked for half an hour.', 'technician'),
  'badge-unknown': warning('A badge was held under the reader that is no officer’s of this TPS.', 'KPPS'),
  countersigned: info('A second officer or a witness stood by the figures.'),
  'confirmation-not-allowed': warning('Somebody other than the chair pressed YA at the confirmation.', 'KPPS'),
  'slips-printed': info('The slips of a record were printed; from the second time on they are marked as copies.'),
  'printer-fault': warning('Slips did not come out, for the reason given.', 'KPPS'),
  'link-up': info('The broker answered, and what waits is being sent.'),
  'link-lost': warning('There is no way to the broker, for the reason given; everything waits safely.', 'technician'),
  'receipt-ignored': warning('Something that is no receipt of the centre’s came in its place.', 'central office'),
  'receipt-not-kept': error('A receipt could not be written down; the record is sent again.', 'technician'),
  'picture-lost': error('A picture a record names cannot be read from the disk.', 'technician'),
  'certificates-not-renewed': warning(
    'New certificates cannot be used; the last good ones stay in force.',
    'technician',
  ),
  'copy-absent': warning('No USB stick is in, so there is no second copy.', 'KPPS'),
  'copy-fault': warning('The second copy cannot be written, for the reason given.', 'KPPS'),
  'copy-whole': info('The second copy holds all that the kit holds.'),
  'readiness-checked': info(
    'The self-test was run; `worst` is its worst verdict, and each part that is not well is named with how it is.',
  ),
  'diagnosis-made': info('A file for the technician was made, on the stick or on the kit.'),
  'diagnosis-not-made': warning('The file for the technician could not be written.', 'technician'),
  'events-lost': warning('So many events could not be written down before this one.', 'technician'),
} as const satisfies Readonly<Record<string, Entry>>;

export type EventId = keyof typeof CATALOGUE;
export const EVENT_IDS = Object.keys(CATALOGUE) as [EventId, ...EventId[]];

/**
 * Codes and numbers that say which: a form, a page, a figure, an officer's code. Never a name, a NIK, a PIN, a
 * picture, or what a figure says.
 */
export type Details = Readonly<Record<string, string | number>>;

/** Something that happened, before it has a number and a time. */
export interface Happened {
  readonly id: EventId;
  readonly details: Details;
}

export function happened(id: EventId, details: Details = {}): Happened {
  return { id, details };
}

function info(meaning: string): Entry {
  return { level: 'info', meaning, who: 'nobody' };
}

function warning(meaning: string, who: Actor): Entry {
  return { level: 'warning', meaning, who };
}

function error(meaning: string, who: Actor): Entry {
  return { level: 'error', meaning, who };
}
