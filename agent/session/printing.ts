import { type Happened, happened } from '#agent/event-log/catalogue.ts';
import { recordIn } from '#agent/record/kept-chain.ts';
import { composeSlip } from '#agent/slip/compose-slip.ts';
import type { OutboxRecord } from '#agent/store/outbox-record.ts';
import type { FormRegistry } from '#contract/form/registry.ts';
import type { Printer, PrinterFault } from '#drivers/printer/printer.ts';

/** How slips are printed. */
export interface SlipSetting {
  /** One for each witness, and one that stays with the KPPS. */
  readonly copies: number;
  /** Characters of a line. */
  readonly columns: number;
  /** Address at which the centre answers for a record's digest; null where there is none. */
  readonly checkAt: string | null;
}

/** What a screen shows of the printer; after a fault until the next slip is printed. */
export type PrinterView =
  | { readonly kind: 'idle' | 'printing' }
  | { readonly kind: 'fault'; readonly code: PrinterFault };

export interface Printing {
  view(): PrinterView;
  /** Prints the slips of a stored record: all of them anew, marked as copies where they were printed before. */
  print(record: OutboxRecord, before: number): Promise<void>;
}

export interface PrintingSetting {
  readonly printer: Printer;
  readonly slip: SlipSetting;
  readonly forms: FormRegistry;
  /** The first slip of the record is out. */
  printed(sequence: number): void;
  /** Writes down what happened. */
  note(happened: Happened): void;
  onChange(): void;
}

export function printing({ printer, slip, forms, printed, note, onChange }: PrintingSetting): Printing {
  let shown: PrinterView = { kind: 'idle' };
  const show = (next: PrinterView) => {
    shown = next;
    onChange();
  };

  return {
    view: () => shown,
    async print(kept, before) {
      const record = recordIn(kept.jws);
      const form = record && forms.byId(record.form);
      if (!record || !form) throw new Error(`record ${kept.sequence} is stored and cannot be printed`);
      if (shown.kind === 'printing') return;
      show({ kind: 'printing' });
      const received = kept.answer.kind === 'received';
      const strip = composeSlip({ record, digest: kept.digest, form, received, copy: before + 1, ...slip });
      for (let n = 0; n < slip.copies; n++) {
        const outcome = await printer.print(strip);
        if (outcome !== 'printed') {
          note(happened('printer-fault', { sequence: kept.sequence, code: outcome }));
          return show({ kind: 'fault', code: outcome });
        }
        if (n === 0) printed(kept.sequence);
      }
      show({ kind: 'idle' });
    },
  };
}
