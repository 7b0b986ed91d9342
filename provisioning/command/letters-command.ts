import type { Command } from 'commander';
import { labelOf } from '#provisioning/issue/officers.ts';
import { forgetPins, readPins } from '#provisioning/issue/pin-file.ts';
import { fullName, type SelectedKit } from '#provisioning/issue/selected-kits.ts';
import { lettersPdf, type PinLetter } from '#provisioning/paper/letters-pdf.ts';
import { paperCommand } from './paper-command.ts';

/** `tps-provision letters`: the PINs of each TPS, in a letter to its chair. */
export function lettersCommand(): Command {
  return paperCommand({
    name: 'letters',
    description:
      'Mencetak surat PIN, satu lembar tiap TPS, untuk dilipat dan direkatkan.\nPrints the letters with the PINs, one sheet a TPS, to be folded and sealed.',
    async pdf(kits, authority) {
      const letters: PinLetter[] = [];
      for (const kit of kits) {
        const letter = await letterOf(kit, authority);
        if (!letter) return `PIN ${kit.kit} sudah dihapus; cabut dan terbitkan lagi / its PINs were erased`;
        letters.push(letter);
      }
      return lettersPdf(letters);
    },
    secrets: {
      what: 'PIN alat',
      isKept: async ({ kit }, authority) => (await readPins(authority, kit)) !== null,
      forget: ({ kit }, authority) => forgetPins(authority, kit),
    },
    says: (kits) => `${kits} surat`,
  });
}

async function letterOf(selected: SelectedKit, authority: string): Promise<PinLetter | null> {
  const kept = await readPins(authority, selected.kit);
  if (!kept) return null;
  const chairFirst = [...kept.pins].sort((a, b) => Number(b.role === 'ketua') - Number(a.role === 'ketua'));
  const officers = chairFirst.map(({ code, role, pin }) => ({ label: labelOf(code, role), pin }));
  return { place: fullName(selected), kit: selected.kit, officers };
}
