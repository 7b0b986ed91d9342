import { join } from 'node:path';
import { type FormRegistry, registryOf } from '#contract/form/registry.ts';
import { shippedForms } from '#contract/forms.ts';
import type { Officer } from '#contract/officers/officer-register.ts';
import { signRecord } from '#contract/wire/envelope.ts';
import { sealPicture } from '#contract/wire/sealed-picture.ts';
import { systemClock } from '#drivers/clock/system-clock.ts';
import { type Configuration, loadConfiguration, storeFolder } from './configuration.ts';
import { loadCredentials, renewedBroker } from './credentials.ts';
import { closeDevices, openDevices } from './devices.ts';
import { diagnoseThisKit, findingsOf } from './diagnosing.ts';
import { happened } from './event-log/catalogue.ts';
import { EVENTS_FILE, type EventLog, openEventLog } from './event-log/event-log.ts';
import { copyOf, openMemory } from './memory.ts';
import { becomeOfficial, inCurrentMode } from './mode.ts';
import { serveFault } from './panel/fault-page.ts';
import { servePanel } from './panel/server.ts';
import type { StartFault } from './panel/words/start-fault.ts';
import { MODEL_FILE } from './read/model-file.ts';
import { startReader } from './read/reader-process.ts';
import { selfTest } from './self-test.ts';
import { serviceManagerOf } from './service/service-manager.ts';
import { startWatchdog, stuckAfterMs } from './service/watchdog.ts';
import { DELAYS } from './session/delays.ts';
import type { SlipSetting } from './session/printing.ts';
import { createSession } from './session/session.ts';
import { OUTBOX_LIMITS } from './store/outbox.ts';
import { copyEvents, eventsOfUplink, lineOfUplink } from './told.ts';
import { BACK_OFF } from './uplink/back-off.ts';
import { KEEP_ALIVE_S } from './uplink/connection.ts';
import { HEALTH_EVERY_MS, startUplink } from './uplink/uplink.ts';
import { AGENT } from './version.ts';

/** The kit's program, and the one place where its parts are wired: `agent/start <kit.json>`. */

const manager = serviceManagerOf(process.env);
const [file = 'kit.json'] = process.argv.slice(2);
const loaded = loadConfiguration(file);
if (!loaded.ok) giveUp(loaded.reason);
const first = await run(await inCurrentMode(loaded.configuration), 'started');
// The screen that is open finds the kit again where it was.
if (first.ended === 'official-begins') {
  const panel = { port: first.port };
  await run(await inCurrentMode({ ...loaded.configuration, panel }), first.ended);
}
process.exit(0);

type Ended = 'told' | 'official-begins';

/** Runs the kit until it is told to end, or until practice gives way to the official evening. */
async function run(
  configuration: Configuration,
  why: 'started' | 'official-begins',
): Promise<{ ended: Ended; port: number }> {
  const halt = haltOn(configuration);
  const forms = await formsOf(configuration, halt);
  const loaded = loadCredentials(configuration);
  if (!loaded.ok) return halt('setting', loaded.reason);
  const { signer, broker, central, sealing, officers } = loaded.credentials;
  const memory = await openMemory(configuration);
  for (const line of memory.says) log(line);
  if (!memory.ok) return memory.fault === 'in-use' ? giveUp(memory.reason) : halt(memory.fault, memory.reason);
  const { store, evening, found } = memory;
  const clock = systemClock();
  const events = await openEventLog({ file: eventsFile(configuration), run: store.run, clock });
  events.note(happened('kit-started', { agent: AGENT, memory: found }));
  if (why === 'official-begins') events.note(happened('official-begun'));
  if (found === 'damaged' || found === 'restored') events.note(happened(`memory-${found}`));
  if (!clock.isSynchronised()) events.note(happened('clock-not-set'));
  const reader = await startReader({ modelFile: MODEL_FILE, limitMs: configuration.readLimit * 1000 }).catch((error) =>
    halt('model', `the model cannot be read, install the kit's program again: ${error}`),
  );
  const devices = openDevices(configuration, { encode: reader.encode, tell: log });
  const session = await createSession({
    kit: configuration.kit,
    tps: configuration.tps,
    agent: AGENT,
    forms,
    officers,
    delays: DELAYS,
    store,
    evening,
    memory: found,
    sign: (record) => signRecord(record, signer),
    seal: (jpeg) => sealPicture(jpeg, sealing),
    reader,
    note: events.note,
    slip: slipSetting(configuration, officers),
    ...devices,
    clock,
  });
  const uplink = startUplink({
    store,
    kit: configuration.kit,
    broker: renewedBroker(configuration, broker, (reason) => {
      log(`certificates stay as they were: ${reason}`);
      events.note(happened('certificates-not-renewed'));
    }),
    central,
    agent: AGENT,
    clock,
    chance: Math.random,
    backOff: BACK_OFF,
    keepAliveS: KEEP_ALIVE_S,
    limits: OUTBOX_LIMITS,
    healthEveryMs: HEALTH_EVERY_MS,
    note: (note) => {
      log(lineOfUplink(note));
      for (const event of eventsOfUplink(note)) events.note(event);
    },
  });
  uplink.onChange(() => session.hearUplink(uplink.state()));
  session.hearUplink(uplink.state());
  const copy = copyOf(configuration, store);
  const tellCopy = copyEvents(events.note);
  copy?.onChange(() => {
    session.hearCopy(copy.state());
    tellCopy(copy.state());
  });
  if (copy) session.hearCopy(copy.state());
  const readiness = selfTest(configuration, { devices, reader, session, uplink, clock, signer, events });
  void readiness.run('without-camera');
  const diagnosing = diagnoseThisKit(configuration, {
    ...{ buttons: devices.buttons, buzzer: devices.buzzer, clock, events },
    now: () => findingsOf(session.view(), readiness.view()),
  });
  const { promise: ending, resolve: end } = Promise.withResolvers<Ended>();
  const beginOfficial = async () => {
    await becomeOfficial(configuration, clock.wall());
    end('official-begins');
  };
  const panel = await servePanel(session, configuration.panel, {
    ...{ stand: devices.stand, readiness, diagnosing },
    beginOfficial: configuration.mode === 'latihan' ? beginOfficial : null,
  }).catch((error) => giveUp(`the panel cannot be shown, choose another "panel.port": ${error}`));
  log(`panel at ${panel.url}`);
  manager.tell('READY=1', `STATUS=${configuration.kit}, TPS ${configuration.tps}, ${configuration.mode}`);
  const stopWatchdog = startWatchdog({
    manager,
    probes: {
      session: session.working,
      store: () => store.settled().then(() => null),
      uplink: uplink.working,
    },
    monotonicMs: clock.monotonicMs,
    limitMs: stuckAfterMs(configuration.readLimit * 1000),
    onStuck: (part) => events.note(happened('part-stuck', { part })),
  });

  const told = () => end('told');
  process.once('SIGTERM', told);
  process.once('SIGINT', told);
  const ended = await ending;
  log('closing');
  stopWatchdog();
  events.note(happened('kit-closing'));
  await panel.close();
  await uplink.close();
  await copy?.close();
  readiness.close();
  await diagnosing.close();
  await session.close();
  await reader.close();
  await closeDevices(devices);
  await events.settled();
  process.off('SIGTERM', told);
  process.off('SIGINT', told);
  await memory.close();
  if (ended === 'official-begins') log('official from now on');
  return { ended, port: Number(new URL(panel.url).port) };
}

function eventsFile(configuration: Configuration): string {
  return join(storeFolder(configuration), EVENTS_FILE);
}

/** A slip for each witness, and one that stays with the KPPS. */
function slipSetting({ slip }: Configuration, officers: readonly Officer[]): SlipSetting {
  const witnesses = officers.filter(({ role }) => role === 'saksi').length;
  return { copies: slip.copies ?? witnesses + 1, columns: slip.columns, checkAt: slip.checkAt ?? null };
}

/** The forms this TPS fills. The reader knows every shipped form, so a sheet of another is named, not misread. */
async function formsOf({ forms }: Configuration, halt: Halt): Promise<FormRegistry> {
  const shipped = shippedForms();
  const missing = forms.filter((id) => !shipped.byId(id));
  if (missing.length > 0)
    return halt('setting', `no definition of ${missing.join(', ')} is installed: correct "forms"`);
  const chosen = registryOf(shipped.forms.filter(({ id }) => forms.includes(id)));
  if (!chosen.ok) return halt('setting', chosen.reason);
  return chosen.registry;
}

function log(line: string): void {
  console.log(`kit: ${line}`);
}

/** Shows on the panel why the kit cannot begin, until it is switched off. */
type Halt = (fault: StartFault, reason: string) => Promise<never>;

function haltOn(configuration: Configuration): Halt {
  return async (fault, reason) => {
    const shown = await serveFault(fault, reason, configuration.panel).catch(() => giveUp(reason));
    console.error(`kit: ${reason}`);
    const events = await openEventLog({ file: eventsFile(configuration), run: 0, clock: systemClock() });
    events.note(happened('cannot-begin', { code: fault }));
    await events.settled();
    log(`cannot begin, see ${shown.url}`);
    diagnoseHalted(configuration, fault, events);
    manager.tell('READY=1', `STATUS=cannot begin: ${fault}`);
    // The screen that says why is all there is to keep alive.
    if (manager.watchdogMs !== null) setInterval(() => manager.tell('WATCHDOG=1'), manager.watchdogMs / 3);
    await new Promise((ended) => {
      process.once('SIGTERM', ended);
      process.once('SIGINT', ended);
    });
    process.exit(2);
  };
}

/** The keys still ask for a diagnosis, and what becomes of it is heard. */
function diagnoseHalted(configuration: Configuration, fault: StartFault, events: EventLog): void {
  const { buttons, buzzer } = openDevices(configuration, { encode: async () => null, tell: log });
  const now = () => [{ part: 'start', says: fault }];
  diagnoseThisKit(configuration, { buttons, buzzer, clock: systemClock(), events, now });
}

function giveUp(reason: string): never {
  console.error(`kit: ${reason}`);
  process.exit(2);
}
