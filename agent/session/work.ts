import { happened } from '#agent/event-log/catalogue.ts';
import type { PageReading } from '#agent/read/reading.ts';
import { isRestricted } from '#contract/form/document.ts';
import type { DurableMachine } from './durable-machine.ts';
import type { Effect } from './event.ts';
import { recordOf } from './kept-record.ts';
import type { PagePictures } from './page-pictures.ts';
import { verdictOf } from './picture-verdict.ts';
import type { SessionPorts } from './ports.ts';
import type { Printing } from './printing.ts';
import type { Rulebook } from './rulebook.ts';
import { tuneOf } from './signals.ts';

/** Does the machine's effects with the devices, and tells it what came of them. */
export function workOf(
  ports: SessionPorts,
  book: Rulebook,
  machine: DurableMachine,
  pictures: PagePictures,
  slips: Printing | null,
): (effect: Effect) => void {
  const { store, camera, reader } = ports;

  /** The photo taken last; on the disk it lies once it is known whether it shows personal data. */
  let photo: Uint8Array | null = null;

  async function capture(turn: number): Promise<void> {
    const taken = await camera.capture();
    if (taken.kind === 'no-picture') return machine.dispatch({ kind: 'capture-failed', turn, code: taken.code });
    photo = taken.jpeg;
    return machine.dispatch({ kind: 'captured', turn });
  }

  async function read({ turn, choice }: Extract<Effect, { kind: 'read' }>): Promise<void> {
    if (!photo) throw new Error('a photo is to be read, and none was taken');
    const jpeg = photo;
    const reading = await reader.read(jpeg, choice);
    ports.note(happened('picture-judged', verdictOf(reading)));
    if (reading.kind === 'refused') camera.remeasure();
    const form = reading.kind === 'read' ? book.forms.byId(reading.form) : undefined;
    // What it shows is not known, or is for the central office alone.
    const restricted = !form || isRestricted(form);
    const put = await store.pictures.put(restricted ? await ports.seal(jpeg) : jpeg);
    if (reading.kind === 'refused') return machine.dispatch({ kind: 'page-refused', turn, refusal: reading });
    if (!put.ok) return machine.dispatch({ kind: 'photo-not-kept', turn, code: put.code });
    const { sha256, bytes } = put.picture;
    if (!restricted) pictures.keep(sha256, reading);
    const kept = { sha256, bytes, ...(restricted ? ({ restricted } as const) : {}) };
    return machine.dispatch({ kind: 'page-read', turn, ...seenOn(reading), photo: kept });
  }

  async function keepRecord({
    turn,
    draft,
    correction,
    officer,
  }: Extract<Effect, { kind: 'keep-record' }>): Promise<void> {
    const record = recordOf(ports, book, draft, correction, officer);
    const signed = await ports.sign(record);
    const { sequence, form } = record;
    const kept = { sequence, digest: signed.digest, form, stage: 'tersimpan' } as const;
    const confirmed = await machine.confirm(record, signed, { kind: 'record-kept', record: kept });
    if (confirmed.ok) return;
    // One writer alone appends to the chain, so a record that does not follow it is a bug.
    if (confirmed.code === 'not-next') throw new Error(confirmed.reason);
    return machine.dispatch({ kind: 'record-not-kept', turn, code: confirmed.code });
  }

  return (effect) => {
    switch (effect.kind) {
      case 'sound':
        ports.buzzer.play(tuneOf(effect.sound));
        break;
      case 'start-timer':
        setTimeout(() => void machine.dispatch({ kind: 'timer', turn: effect.turn }), effect.ms).unref();
        break;
      case 'capture':
        void capture(effect.turn);
        break;
      case 'read':
        void read(effect);
        break;
      case 'keep-record':
        void keepRecord(effect);
        break;
      case 'print': {
        const record = store.records().find(({ sequence }) => sequence === effect.sequence);
        if (record) void slips?.print(record, store.state().printed[effect.sequence] ?? 0);
        break;
      }
    }
  };
}

function seenOn({ form, page, evidence, byHand }: PageReading) {
  return { form, page, evidence, ...(byHand ? { byHand } : {}) };
}
