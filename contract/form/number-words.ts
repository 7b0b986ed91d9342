const UNITS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan'] as const;

/** The Indonesian words of a whole number from 0 to 999,999, in lower case: 215 is "dua ratus lima belas". */
export function numberWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 999_999) throw new RangeError(`no words for ${value}`);
  if (value === 0) return UNITS[0];
  return wordsOf(value).join(' ');
}

function wordsOf(value: number): string[] {
  if (value >= 1000) {
    const thousands = Math.floor(value / 1000);
    return [...(thousands === 1 ? ['seribu'] : [...wordsOf(thousands), 'ribu']), ...wordsOf(value % 1000)];
  }
  if (value >= 100) {
    const hundreds = Math.floor(value / 100);
    return [...(hundreds === 1 ? ['seratus'] : [...wordsOf(hundreds), 'ratus']), ...wordsOf(value % 100)];
  }
  if (value >= 20) return [...wordsOf(Math.floor(value / 10)), 'puluh', ...wordsOf(value % 10)];
  if (value > 11) return [...wordsOf(value % 10), 'belas'];
  if (value === 11) return ['sebelas'];
  if (value === 10) return ['sepuluh'];
  return value === 0 ? [] : [UNITS[value] ?? ''];
}
