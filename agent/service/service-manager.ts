import { execFile } from 'node:child_process';

/**
 * The service manager that started the kit's program, told how it is (sd_notify(3)). It is told by the program
 * `systemd-notify`: Node has no datagram sockets of the kind that $NOTIFY_SOCKET is. A word every ten seconds costs less
 * than native code that must be kept.
 */
export interface ServiceManager {
  tell(...words: readonly string[]): void;
  /** How often it wants a sign of life, ms; null where it wants none. */
  readonly watchdogMs: number | null;
}

/** Nobody is told where no manager asks for it: from a clone, in tests. */
export function serviceManagerOf(environment: NodeJS.ProcessEnv): ServiceManager {
  if (!environment['NOTIFY_SOCKET']) return { tell: () => undefined, watchdogMs: null };
  const watchdogUs = Number(environment['WATCHDOG_USEC']);
  return {
    watchdogMs: watchdogUs > 0 ? watchdogUs / 1000 : null,
    tell(...words) {
      // What is not heard is said again at the next sign of life, or ends in a restart, which is what it should.
      execFile('systemd-notify', [...words], { timeout: 5_000 }, (error) => {
        if (error) console.error(`kit: systemd-notify: ${error.message.trim()}`);
      });
    },
  };
}
