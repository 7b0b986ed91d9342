import { type Happened, happened } from '#agent/event-log/catalogue.ts';
import { type Disk, nodeDisk } from '#agent/store/disk.ts';
import type { Buttons } from '#drivers/buttons/buttons.ts';
import type { Diagnosis } from './diagnosis.ts';
import { keepNewest, type WrittenDiagnosis, writeDiagnosis } from './diagnosis-file.ts';

/** Makes a diagnosis whenever somebody holds the grip, and shows for a while what became of it. */
export interface Diagnosing {
  /** Null while there is nothing to tell. */
  view(): DiagnosisView | null;
  onChange(listener: () => void): () => void;
  /** Resolves once the one that is being made is there. */
  close(): Promise<void>;
}

export type DiagnosisView =
  | { readonly kind: 'gathering' }
  /** On the stick, or on the kit itself where none is in or it cannot be written. */
  | { readonly kind: 'made'; readonly on: 'stick' | 'kit'; readonly name: string }
  /** fault: gathering it failed, which is a fault of the program and no reason to stop the evening. */
  | { readonly kind: 'not-made'; readonly code: 'disk-full' | 'disk-fault' | 'fault' };

type Outcome = Exclude<DiagnosisView, { kind: 'gathering' }>;

export interface DiagnosingPorts {
  readonly buttons: Pick<Buttons, 'onGrip'>;
  collect(): Promise<Diagnosis>;
  /** Mount point of the stick; null where none is in. */
  stick(): Promise<string | null>;
  /** A folder of the kit's own. */
  readonly own: string;
  readonly disk?: Disk;
  note(happened: Happened): void;
  /** Lets a person hear it, who may have no screen. */
  sound(heard: 'begin' | 'good' | 'refused'): void;
  /** What became of it is shown for so long, ms. */
  readonly shownMs: number;
}

export function diagnoseOnGrip(ports: DiagnosingPorts): Diagnosing {
  const { disk = nodeDisk } = ports;
  const listeners = new Set<() => void>();
  let view: DiagnosisView | null = null;
  let making: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  function show(next: DiagnosisView | null): void {
    view = next;
    for (const listener of [...listeners]) listener();
  }

  async function make(): Promise<void> {
    if (timer) clearTimeout(timer);
    ports.sound('begin');
    show({ kind: 'gathering' });
    const outcome = await ports.collect().then(put, (): Outcome => ({ kind: 'not-made', code: 'fault' }));
    ports.sound(outcome.kind === 'made' ? 'good' : 'refused');
    ports.note(
      outcome.kind === 'made'
        ? happened('diagnosis-made', { on: outcome.on })
        : happened('diagnosis-not-made', { code: outcome.code }),
    );
    show(outcome);
    timer = setTimeout(show, ports.shownMs, null).unref();
  }

  async function put(diagnosis: Diagnosis): Promise<Outcome> {
    const stick = await ports.stick();
    const onStick = stick === null ? null : await writeDiagnosis(disk, stick, diagnosis);
    if (onStick?.ok) return { kind: 'made', on: 'stick', name: onStick.name };
    const kept: WrittenDiagnosis = await writeDiagnosis(disk, ports.own, diagnosis);
    if (!kept.ok) return { kind: 'not-made', code: kept.code };
    // Too many of them harm nobody tonight.
    await keepNewest(disk, ports.own).catch(() => undefined);
    return { kind: 'made', on: 'kit', name: kept.name };
  }

  const stop = ports.buttons.onGrip(() => {
    making ??= make().finally(() => {
      making = null;
    });
  });

  return {
    view: () => view,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stop();
      if (timer) clearTimeout(timer);
      await making;
    },
  };
}
