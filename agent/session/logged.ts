import { type Happened, happened } from '#agent/event-log/catalogue.ts';
import type { Event } from './event.ts';
import { isLocked } from './officers.ts';
import { draftOf, type Notice, type State } from './state.ts';

/** What of a step is written down. Pure: the same step tells the same events. */
export function eventsOf(before: State, event: Event, after: State): readonly Happened[] {
  if (before === after) return [];
  return [...ofEvent(before, event, after), ...ofNotice(before, after), ...ofPhase(before, after)];
}

function ofEvent(before: State, event: Event, after: State): readonly Happened[] {
  const form = draftOf(after.phase)?.form ?? draftOf(before.phase)?.form ?? '';
  switch (event.kind) {
    case 'page-read': {
      const isThere = draftOf(after.phase)?.pages.some(({ photo }) => photo.sha256 === event.photo.sha256) ?? false;
      return isThere ? [happened('page-read', { form: event.form, page: event.page })] : [];
    }
    case 'answer':
      return [happened('figure-answered', { form, figure: event.figure, ...by(after) })];
    case 'reopen':
      return [happened('correction-begun', { form: event.form, reason: event.reason, ...by(after) })];
    case 'record-kept':
      return [happened('document-stored', { form: event.record.form, sequence: event.record.sequence })];
    case 'record-not-kept':
      return [happened('document-not-stored', { form, code: event.code })];
    case 'stage':
      return stageEvents(event.digest, after);
    case 'logged-in':
      return [happened('logged-in', { officer: event.officer })];
    case 'countersigned':
      return [happened('countersigned', { officer: event.officer, form })];
    case 'pin-wrong':
      return wrongPin(event.officer, after);
    case 'log-out':
      return [happened('logged-out', { officer: before.officer ?? '' })];
    case 'printed':
      return [happened('slips-printed', { sequence: event.sequence, times: after.printed[event.sequence] ?? 0 })];
    default:
      return [];
  }
}

function stageEvents(digest: string, { records }: State): readonly Happened[] {
  const record = records.find((kept) => kept.digest === digest);
  if (!record) return [];
  const { sequence, form, stage } = record;
  if (stage === 'diterima-pusat') return [happened('document-received', { form, sequence })];
  return stage === 'ditolak-pusat' ? [happened('document-refused', { form, sequence })] : [];
}

function wrongPin(officer: string, { wrongPins }: State): readonly Happened[] {
  const times = wrongPins[officer] ?? 0;
  return [happened('pin-wrong', { officer, times }), ...(isLocked(times) ? [happened('pin-locked', { officer })] : [])];
}

function ofNotice(before: State, after: State): readonly Happened[] {
  const notice = noticeOf(after);
  return notice && notice !== noticeOf(before) ? noticeEvents(notice) : [];
}

function noticeOf({ phase }: State): Notice | null {
  return phase.name === 'menunggu' || phase.name === 'konfirmasi' ? phase.notice : null;
}

function noticeEvents(notice: Notice): readonly Happened[] {
  switch (notice.kind) {
    case 'page-refused':
      return [happened('page-refused', { code: notice.refusal.code })];
    case 'already-scanned':
      return [happened('page-not-placed', { code: notice.kind, page: notice.page })];
    case 'wrong-form':
    case 'form-not-expected':
      return [happened('page-not-placed', { code: notice.kind, form: notice.found })];
    case 'already-recorded':
      return [happened('page-not-placed', { code: notice.kind, form: notice.form })];
    case 'camera':
      return [happened('camera-fault', { code: notice.code })];
    case 'store':
      return [happened('store-fault', { code: notice.code })];
    case 'page-discarded':
      return [happened('page-discarded', { page: notice.page })];
    case 'state-lost':
      return [happened('work-lost')];
    case 'ketua-needed':
      return [happened('confirmation-not-allowed')];
    case 'pages-missing':
      return [happened('pages-missing', { count: notice.pages.length })];
    case 'restarted':
      return [happened('work-resumed')];
  }
}

function ofPhase(before: State, after: State): readonly Happened[] {
  const events: Happened[] = [];
  const [was, is] = [draftOf(before.phase), draftOf(after.phase)];
  if (before.phase.name === 'konfirmasi' && after.phase.name === 'menyimpan') {
    events.push(happened('document-confirmed', { form: after.phase.draft.form, ...by(before) }));
  }
  if (was && is && !was.closed && is.closed) {
    events.push(happened('pages-complete', { form: is.form, pages: is.pages.length }));
  }
  for (const { rule } of is?.declared.slice(was?.declared.length ?? 0) ?? []) {
    events.push(happened('breach-declared', { form: is?.form ?? '', rule, ...by(after) }));
  }
  if (before.correction && !after.correction && after.phase.name === 'menunggu') {
    events.push(happened('correction-abandoned', { form: before.correction.form }));
  }
  return events;
}

function by({ officer }: State): { readonly officer?: string } {
  return officer === null ? {} : { officer };
}
