import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cameraContract } from './camera.contract.ts';
import { openTrayCamera } from './tray-camera.ts';

const folder = mkdtempSync(join(tmpdir(), 'tps-kit-tray-'));
for (const name of ['b.jpg', 'a.jpg'])
  writeFileSync(join(folder, name), Uint8Array.of(0xff, 0xd8, 0xff, 1, name.length));
writeFileSync(join(folder, 'torn.jpg'), Uint8Array.of(0, 0));
afterAll(() => rmSync(folder, { recursive: true }));

const laid = (name: string) => {
  const camera = openTrayCamera(folder);
  camera.lay(name);
  return camera;
};

cameraContract('the camera over a tray', {
  open: async () => laid('a.jpg'),
  gone: async () => {
    const camera = laid('a.jpg');
    camera.plug(false);
    return camera;
  },
});

describe('the camera over a tray', () => {
  it('photographs what lies on the stand, and nothing where nothing does', async () => {
    const camera = openTrayCamera(folder);
    expect(await camera.tray()).toEqual(['a.jpg', 'b.jpg', 'torn.jpg']);
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'no-sheet' });
    camera.lay('b.jpg');
    expect([(await camera.capture()).kind, (await camera.capture()).kind, camera.laid()]).toEqual([
      'picture',
      'picture',
      'b.jpg',
    ]);
    camera.lay('torn.jpg');
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'bad-picture' });
    camera.lay(null);
    expect(await camera.capture()).toEqual({ kind: 'no-picture', code: 'no-sheet' });
  });

  it('lays down no file from elsewhere', async () => {
    const camera = laid('../../etc/passwd');
    expect([camera.laid(), await camera.capture()]).toEqual([null, { kind: 'no-picture', code: 'no-sheet' }]);
  });
});
