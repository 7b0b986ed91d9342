import { describe, expect, it } from 'vitest';
import { OfficerRegister } from './officer-register.ts';
import { badgeHash, hashPin, isPin, PIN_COST } from './pin.ts';
import { sampleOfficers } from './testing/sample-officers.ts';

describe('a PIN', () => {
  it('is kept as scrypt derives it (RFC 7914, the third test vector)', async () => {
    const kept = await hashPin('pleaseletmein', Buffer.from('SodiumChloride'), { cost: 16_384, blockSize: 8 });
    expect(kept.hash).toBe('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2');
  });

  it('is right for who knows it, and for nobody else', async () => {
    const kept = await hashPin('123456', Buffer.from('0123456789abcdef'));
    expect(kept).toMatchObject(PIN_COST);
    expect(await isPin(kept, '123456')).toBe(true);
    for (const other of ['123457', '', '1234567', '654321']) expect(await isPin(kept, other)).toBe(false);
    expect(JSON.stringify(kept)).not.toContain('123456');
  });
});

describe('a register of officers', () => {
  const parse = (officers: unknown) => OfficerRegister.safeParse({ schema: 1, tps: '1671010001001', officers });

  it('names each officer by a code and a role, and has a chair', async () => {
    const officers = await sampleOfficers();
    expect(parse(officers).success).toBe(true);
    expect(parse(officers.slice(1)).error?.issues[0]?.message).toMatch(/no ketua/);
  });

  it('has no code and no badge twice', async () => {
    const [ketua, anggota] = await sampleOfficers();
    expect(parse([ketua, { ...anggota, code: 'kpps-1' }]).error?.issues[0]?.message).toMatch(/one code/);
    expect(parse([ketua, { ...anggota, badge: badgeHash('KPPS-1') }]).error?.issues[0]?.message).toMatch(/one badge/);
  });

  it('holds no PIN and no name', async () => {
    const [ketua] = await sampleOfficers();
    expect(parse([{ ...ketua, pin: '111111' }]).success).toBe(false);
    expect(parse([{ ...ketua, name: 'Siti' }]).success).toBe(false);
  });
});
