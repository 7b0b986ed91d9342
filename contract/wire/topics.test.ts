import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mode } from './record.ts';
import { healthTopic, parseTopic, pictureTopic, receiptTopic, recordTopic, statusTopic } from './topics.ts';

const aKit = fc.stringMatching(/^[a-z0-9-]{3,20}$/);
const aMode = fc.constantFrom(...Mode.options);
const aDigest = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('a topic', () => {
  it('tells whose message it is, and whether it is practice', () => {
    fc.assert(
      fc.property(aKit, aMode, aDigest, fc.nat(99_999), (kit, mode, sha256, chunk) => {
        expect(parseTopic(recordTopic(kit, mode))).toEqual({ kind: 'record', kit, mode });
        expect(parseTopic(pictureTopic(kit, mode, sha256, chunk))).toEqual({ kind: 'picture', kit, sha256, chunk });
        expect(parseTopic(statusTopic(kit))).toEqual({ kind: 'status', kit });
        expect(parseTopic(healthTopic(kit))).toEqual({ kind: 'health', kit });
      }),
    );
  });

  it('of practice is never one of the official evening', () => {
    const sha256 = 'a'.repeat(64);
    expect(recordTopic('kit', 'latihan')).not.toBe(recordTopic('kit', 'resmi'));
    expect(pictureTopic('kit', 'latihan', sha256, 0)).not.toBe(pictureTopic('kit', 'resmi', sha256, 0));
  });

  it.each([
    receiptTopic('kit'),
    'tps/v1/kit',
    'tps/v1/kit/record/more',
    'tps/v1/kit/latihan-status',
    'tps/v1/kit/latihan-',
    'tps/v1/KIT/record',
    'tps/v2/kit/record',
    'tps/v1/kit/picture/zz/0',
    '',
  ])('that is not one of a kit’s is nobody’s: %s', (topic) => {
    expect(parseTopic(topic)).toBeNull();
  });
});
