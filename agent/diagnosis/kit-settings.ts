import type { Configuration } from '#agent/configuration.ts';

/** What of a configuration helps to find a fault: no path of a key, and no address but the brokers' host and port. */
export type KitSettings = Pick<
  Configuration,
  'kit' | 'tps' | 'mode' | 'forms' | 'data' | 'copy' | 'camera' | 'readLimit' | 'gpio' | 'barcode' | 'printer' | 'slip'
> & {
  readonly brokers: readonly string[];
  readonly asksOfficers: boolean;
};

export function settingsOf(configuration: Configuration): KitSettings {
  const { kit, tps, mode, forms, data, copy, camera, readLimit, gpio, barcode, printer, slip } = configuration;
  return {
    ...{ kit, tps, mode, forms, data, camera, readLimit, slip },
    ...(copy === undefined ? {} : { copy }),
    ...(gpio === undefined ? {} : { gpio }),
    ...(barcode === undefined ? {} : { barcode }),
    ...(printer === undefined ? {} : { printer }),
    brokers: configuration.broker.url.map(hostOf),
    asksOfficers: configuration.officers !== undefined,
  };
}

/** An address may carry a password. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'not an address';
}
