import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '#agent/configuration.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe('the configuration that the package shows as an example', () => {
  it('is one that the kit takes', () => {
    expect(loadConfiguration(at('./debian/kit.json'))).toMatchObject({ ok: true });
  });

  it('has its panel where the kiosk looks for it, and its second copy where a stick is mounted', () => {
    const loaded = loadConfiguration(at('./debian/kit.json'));
    const { panel, copy } = loaded.ok ? loaded.configuration : { panel: null, copy: null };
    expect(readFileSync(at('../systemd/tps-kit-kiosk.service'), 'utf8')).toContain(`http://127.0.0.1:${panel?.port}/`);
    expect(readFileSync(at('../systemd/media-tpskit.mount'), 'utf8')).toContain(`Where=${copy}\n`);
  });
});
