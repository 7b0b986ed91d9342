import { type Corrected, compose } from '#agent/record/compose.ts';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import type { ResultRecord } from '#contract/wire/record.ts';
import type { SessionPorts } from './ports.ts';
import { formOf, type Rulebook } from './rulebook.ts';
import type { Correction, Draft, KeptRecord, Stage } from './state.ts';

/** The record of a confirmed document. Throws where the machine let something through that is still open, which is a bug. */
export function recordOf(
  ports: SessionPorts,
  book: Rulebook,
  draft: Draft,
  correction: Correction | null,
  officer: string | null,
): ResultRecord {
  const { kit, tps, agent, reader, clock, store } = ports;
  const composed = compose({
    mode: store.mode,
    tps,
    kit,
    form: formOf(book, draft),
    pages: draft.pages.map(({ page, photo }) => ({ page, ...photo })),
    machine: { figures: draft.read.figures, ask: draft.decided.ask },
    answers: draft.answers,
    answeredBy: draft.answeredBy,
    confirmedBy: officer,
    countersigned: draft.countersigned,
    declared: draft.declared.map(({ rule }) => rule),
    corrects: correction && correctedBy(correction, store.records()),
    head: store.head(),
    clock: {
      bootId: clock.bootId,
      monotonicMs: clock.monotonicMs(),
      wall: clock.wall(),
      synchronised: clock.isSynchronised(),
    },
    agent,
    model: reader.model,
    wordsModel: reader.wordsModel,
  });
  if (!composed.ok) throw new Error(`a confirmed document is not whole: ${composed.code}`);
  return composed.record;
}

function correctedBy({ sequence, reason }: Correction, records: readonly OutboxRecord[]): Corrected {
  const record = records.find((kept) => kept.sequence === sequence);
  if (!record) throw new Error(`record ${sequence} is to be corrected and is not there`);
  return { version: record.version, digest: record.digest, reason };
}

/** A record of the store as the machine knows it. That it was handed to the broker is not durable, and is told again. */
export function keptRecord({ sequence, digest, form, answer }: OutboxRecord): KeptRecord {
  return { sequence, digest, form, stage: stageOf(answer) };
}

function stageOf(answer: OutboxRecord['answer']): Stage {
  switch (answer.kind) {
    case 'waiting':
      return 'tersimpan';
    case 'received':
      return 'diterima-pusat';
    case 'refused':
      return 'ditolak-pusat';
  }
}
