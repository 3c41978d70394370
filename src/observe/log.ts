import { hostname } from 'node:os';
import pino, { type DestinationStream } from 'pino';

/** Every log event has its name here, so that a reader of logs can look up what it means. */
export const LOG_EVENTS = {
  'station-started': 'The station is up; the kiosk answers',
  'station-stopping': 'SIGTERM or SIGINT came',
  'part-changed': 'A peripheral or service changed its state',
  'visit-phase': 'A visit entered a phase',
  'visit-recorded': 'An outcome is on disk',
  'record-failed': 'An event could not be written; the screen did not say saved',
  'visit-abandoned': 'The card left before an outcome',
  'card-read': 'A card was read; figures only',
  'card-fault': 'A card could not be read; the code says why',
  'second-card-read': 'A card in the second reader was read; whose is not told',
  'second-card-fault': 'A card in the second reader could not be read; the code says why',
  'journal-set-aside': 'A damaged or rolled-back journal was set aside; a new epoch has begun',
  'events-shredded': 'Events that the server has were made unreadable here',
  'door-changed': 'The enclosure was opened or shut',
  'power-changed': 'The supply failed or came back',
  'presence-changed': 'Somebody stepped before the station, or left',
  'capture-ended': 'A capture gave probes, or none',
  'code-scanned': 'A code was held before the scanner; its kind only',
  'code-refused': 'A scan was not taken; the reason only',
  compared: 'A comparison was made; figures only',
  'effect-failed': 'An effect of the visit threw',
  'uplink-state': 'The link to the broker changed',
  'event-sent': 'The broker took an event',
  'event-too-large': 'An event does not fit through this broker and stays in the outbox',
  'event-quarantined': 'The server keeps an event and does not believe it',
  'word-refused': 'A message to this station was not believed; the code says why, and nothing has changed',
  'word-taken': 'Settings, a work order or revocations of the server were taken over',
  orders: 'A work order was taken over, refused or could not be fetched; or its lease is over',
  'ingest-state': 'The ingest came or went; the outbox waits while it is offline',
  'command-answered': 'A command of the server was answered',
  'settings-fallback': 'settings.json is broken; its .bak copy is in use',
  simulator: 'The demo panel changed the simulated world',
  kiosk: 'The kiosk server speaks',
  program: 'A program of the demo started, ended or complained',
} as const;
export type LogEvent = keyof typeof LOG_EVENTS;

/** Values that are safe to log: codes, counts, durations, ids of visits and events. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined | readonly string[]>>;

export interface Log {
  info(event: LogEvent, fields: LogFields): void;
  warn(event: LogEvent, fields: LogFields): void;
  error(event: LogEvent, fields: LogFields): void;
}

/** Should a field of this name ever get near the log, it is cut out. */
const NEVER = [
  'citizenId',
  'nameThai',
  'nameEnglish',
  'name',
  'address',
  'birthDate',
  'photo',
  'jpeg',
  'template',
  'vector',
];
const REDACT = [...NEVER, ...NEVER.map((field) => `*.${field}`)];
/** Thirteen digits in a row, also with the hyphens of the printed number: no text of a log needs them. */
const CITIZEN_NUMBER = /(?<![\w-])\d-?\d{4}-?\d{5}-?\d{2}-?\d(?![\w-])/g;

/** JSON lines on standard error, so that standard output stays free for data. */
export function createLog(
  level: string,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Log {
  const logger = pino(
    { level, redact: { paths: REDACT, censor: '[removed]' }, base: { pid: process.pid, host: hostname() } },
    destination,
  );
  const write = (method: 'info' | 'warn' | 'error') => (event: LogEvent, fields: LogFields) =>
    logger[method]({ event, ...scrub(fields) });
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

function scrub(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.replace(CITIZEN_NUMBER, '[number]') : value,
    ]),
  );
}
