import type { Command } from 'commander';
import { labelsPdf } from '#provisioning/paper/labels-pdf.ts';
import { paperCommand } from './paper-command.ts';

const LABELS_A_SHEET = 24;

/** `tps-provision labels`: what is stuck on the kits. */
export function labelsCommand(): Command {
  return paperCommand({
    name: 'labels',
    description:
      'Mencetak label alat: lembar A4 dengan 24 label 70 × 37 mm, skala 100 %.\nPrints labels for the kits: A4 sheets of 24 labels of 70 × 37 mm, at 100 %.',
    pdf: (kits) =>
      labelsPdf(kits.map(({ kit, name, kelurahan, kecamatan }) => ({ kit, tps: name, kelurahan, kecamatan }))),
    says: (kits) => `${kits} label, ${Math.ceil(kits / LABELS_A_SHEET)} lembar`,
  });
}
