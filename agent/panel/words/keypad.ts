export const KEYPAD = { use: 'Pakai', erase: 'Hapus' } as const;
