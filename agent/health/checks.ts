import type { PageRefusal } from '#agent/page/refusal.ts';
import type { LinkState } from '#agent/uplink/connection.ts';
import { BUTTONS, type Button } from '#drivers/buttons/buttons.ts';
import type { CaptureFault } from '#drivers/camera/camera.ts';
import type { SetBy } from '#drivers/clock/clock.ts';
import type { PrinterState } from '#drivers/printer/printer.ts';

/**
 * What the self-test found of each part, and what that means for the evening. Pure. green: ready. amber: the kit
 * works, and something should be done. red: results cannot be sent, read or kept as they are now. look: only a
 * person can tell.
 */
export const CHECKS = [
  'camera',
  'model',
  'buttons',
  'lights',
  'printer',
  'barcode',
  'disk',
  'clock',
  'network',
  'certificate',
] as const;
export type CheckId = (typeof CHECKS)[number];
export type Verdict = 'green' | 'amber' | 'red' | 'look';

export interface Check {
  readonly id: CheckId;
  readonly verdict: Verdict;
  /** Which sentence tells it. */
  readonly code: string;
  /** The number in that sentence, where there is one: GB, days, buttons. */
  readonly count: number | null;
}

/** What was measured. null of a device: this kit has none. */
export interface Facts {
  readonly camera:
    | { readonly kind: 'read' }
    | PageRefusal
    | { readonly kind: 'no-picture'; readonly code: CaptureFault };
  readonly model: 'right' | 'wrong' | 'dead';
  readonly pressed: ReadonlySet<Button>;
  readonly stuck: readonly Button[];
  /** Keys that are not wired to anything that is there. */
  readonly absent: readonly Button[];
  /** Whether lamps and buzzer can be switched. */
  readonly signals: boolean;
  readonly printer: PrinterState | null;
  readonly barcode: boolean | null;
  readonly freeBytes: number | null;
  readonly clock: SetBy;
  readonly link: LinkState['kind'] | null;
  /** Until the certificate ends with which the kit signs; negative after. */
  readonly certificateDays: number;
}

/** Pictures of an evening and its corrections take less than this; below the other no scan is taken any more. */
const ENOUGH_BYTES = 1_000_000_000;
const LEAST_BYTES = 200_000_000;
/** A certificate that ends sooner is renewed before the kit leaves the warehouse. */
const ENOUGH_DAYS = 14;

export function checksOf(facts: Facts): readonly Check[] {
  return [
    cameraCheck(facts.camera),
    check('model', facts.model === 'right' ? 'green' : 'red', facts.model),
    buttonsCheck(facts),
    facts.signals ? check('lights', 'look', 'look') : check('lights', 'amber', 'absent'),
    ...(facts.printer === null ? [] : [printerCheck(facts.printer)]),
    ...(facts.barcode === null
      ? []
      : [check('barcode', facts.barcode ? 'green' : 'amber', facts.barcode ? 'there' : 'gone')]),
    diskCheck(facts.freeBytes),
    check('clock', facts.clock === 'network' ? 'green' : 'amber', facts.clock),
    check(
      'network',
      facts.link === 'connected' ? 'green' : 'amber',
      facts.link === 'connected' ? 'connected' : 'waiting',
    ),
    certificateCheck(facts.certificateDays),
  ];
}

/** The verdict of the whole: the worst of its parts. */
export function worstOf(checks: readonly Check[]): Exclude<Verdict, 'look'> {
  if (checks.some(({ verdict }) => verdict === 'red')) return 'red';
  return checks.some(({ verdict }) => verdict === 'amber') ? 'amber' : 'green';
}

function check(id: CheckId, verdict: Verdict, code: string, count: number | null = null): Check {
  return { id, verdict, code, count };
}

/** Any page with a tag is a test sheet: a page that can be read is sharp and light enough. */
function cameraCheck(camera: Facts['camera']): Check {
  switch (camera.kind) {
    case 'read':
      return check('camera', 'green', 'sharp');
    case 'no-picture':
      return noPictureCheck(camera.code);
    case 'refused':
      break;
  }
  switch (camera.code) {
    case 'blurred':
    case 'too-dark':
      return check('camera', 'red', camera.code);
    case 'page-not-found':
    case 'unknown-tag':
    case 'practice-sheet':
      return check('camera', 'amber', 'no-sheet');
    default:
      return check('camera', 'amber', 'stand');
  }
}

function noPictureCheck(code: CaptureFault): Check {
  if (code === 'no-sheet') return check('camera', 'amber', 'no-sheet');
  return check('camera', 'red', code === 'disconnected' ? 'disconnected' : 'no-picture');
}

/** A key that was never pressed since the start has not shown that it works; one that is not there is on the screen. */
function buttonsCheck({ pressed, stuck, absent }: Facts): Check {
  if (absent.length > 0) return check('buttons', 'amber', 'absent', absent.length);
  if (stuck.length > 0) return check('buttons', 'red', 'stuck', stuck.length);
  const missing = BUTTONS.filter((button) => !pressed.has(button)).length;
  return check('buttons', missing === 0 ? 'green' : 'amber', missing === 0 ? 'all' : 'press', missing);
}

function printerCheck(state: PrinterState): Check {
  return check('printer', state === 'ready' ? 'green' : 'amber', state);
}

function diskCheck(free: number | null): Check {
  if (free === null) return check('disk', 'red', 'fault');
  const gigabytes = Math.floor(free / 100_000_000) / 10;
  if (free < LEAST_BYTES) return check('disk', 'red', 'full', gigabytes);
  return check('disk', free < ENOUGH_BYTES ? 'amber' : 'green', free < ENOUGH_BYTES ? 'low' : 'enough', gigabytes);
}

function certificateCheck(days: number): Check {
  const whole = Math.max(0, Math.floor(days));
  if (days <= 0) return check('certificate', 'red', 'ended', whole);
  return check('certificate', days < ENOUGH_DAYS ? 'amber' : 'green', days < ENOUGH_DAYS ? 'soon' : 'valid', whole);
}
