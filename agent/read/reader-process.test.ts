import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeJpegSize } from '#agent/page/jpeg.ts';
import { MODEL_FILE } from './model-file.ts';
import { type ReaderProcess, startReader } from './reader-process.ts';

const DIED = { kind: 'refused', code: 'reader-died' };
const NOT_A_PICTURE = { kind: 'refused', code: 'not-a-picture' };
const NO_PAGE = { kind: 'refused', code: 'page-not-found' };

describe('the seeing process', () => {
  const wall = blankJpeg();
  let reader: ReaderProcess;

  beforeAll(async () => {
    reader = await startReader({ modelFile: MODEL_FILE, limitMs: 20_000 });
  });
  afterAll(async () => {
    await reader.close();
  });

  const stopped = () => {
    const pid = reader.pid();
    if (pid === null) throw new Error('no seeing process is at work');
    process.kill(pid, 'SIGSTOP');
    return pid;
  };

  it('refuses a picture that shows no page', async () => {
    expect(await reader.read(wall, null)).toEqual(NO_PAGE);
  });

  it.each([
    ['an empty file', new Uint8Array()],
    ['a torn JPEG', wall.subarray(0, wall.length / 2)],
    ['another kind of file', new TextEncoder().encode('bukan foto')],
  ])('refuses %s as no picture', async (_name, bytes) => {
    expect(await reader.read(bytes, null)).toEqual(NOT_A_PICTURE);
  });

  it('makes JPEGs of raw frames between reads, and none where it is killed over one', async () => {
    const frame = { width: 1280, height: 720, stride: 2560, bytes: new Uint8Array(2560 * 720).fill(0x80) };
    expect(completeJpegSize((await reader.encode(frame)) ?? new Uint8Array())).toEqual({ width: 1280, height: 720 });
    const pid = stopped();
    const none = reader.encode(frame);
    setTimeout(() => process.kill(pid, 'SIGKILL'), 50);
    expect(await none).toBeNull();
    expect(await reader.read(wall, null)).toEqual(NO_PAGE);
  });

  it('answers for a process killed in the middle of a read, and reads the next photo', async () => {
    await reader.read(wall, null);
    const pid = stopped();
    const answer = reader.read(wall, null);
    const next = reader.read(wall, null);
    setTimeout(() => process.kill(pid, 'SIGKILL'), 50);
    expect(await answer).toEqual(DIED);
    expect(await next).toEqual(NO_PAGE);
    expect(reader.pid()).not.toBe(pid);
  });

  it('reads on after its process died between two reads', async () => {
    await reader.read(wall, null);
    process.kill(reader.pid() ?? 0, 'SIGKILL');
    const answers = [await reader.read(wall, null), await reader.read(wall, null)];
    expect(answers[1]).toEqual(NO_PAGE);
  });

  it('gives up a process that no longer answers', async () => {
    const impatient = await startReader({ modelFile: MODEL_FILE, limitMs: 300 });
    process.kill(impatient.pid() ?? 0, 'SIGSTOP');
    expect(await impatient.read(wall, null)).toEqual(DIED);
    await impatient.close();
  });
});

function blankJpeg(): Uint8Array {
  const canvas = createCanvas(800, 1000);
  const context = canvas.getContext('2d');
  context.fillStyle = '#cccccc';
  context.fillRect(0, 0, 800, 1000);
  return canvas.toBuffer('image/jpeg');
}
