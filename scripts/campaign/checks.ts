import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/hub/open-database.ts';
import type { EntryState, PersonDetail } from '../../src/kiosk/desk-protocol.ts';
import { pause } from '../../src/shared/wait.ts';
import { VISIT_COMPLETED } from '../../src/visit/record.ts';
import type { NextStepId, OutcomeKind } from '../../src/visit/types.ts';
import { OFF_LIST } from './cards.ts';
import type { Play } from './play.ts';

const SETTLE_LIMIT_MS = 120_000;
const LOOK_MS = 500;
const SERVED: ReadonlySet<string> = new Set([
  'verified',
  'confirmed-by-officer',
  'represented',
] satisfies OutcomeKind[]);

/** One thing that must hold at the end. */
export interface Check {
  readonly id: string;
  readonly isWell: boolean;
  /** Figures, and ids of entries at most: nobody's name. */
  readonly detail: string;
}

export interface Findings {
  readonly checks: readonly Check[];
  readonly people: readonly PersonDetail[];
  readonly standing: Readonly<Record<EntryState, number>>;
  /** Of whoever is neither served nor closed. */
  readonly nextSteps: Readonly<Partial<Record<NextStepId, number>>>;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  readonly visits: number;
  readonly events: number;
  readonly receipts: number;
  readonly superseded: number;
  readonly inVault: number;
}

interface VaultRow {
  readonly id: string;
  readonly outcome: string;
  readonly doc: {
    readonly supersedes: string | null;
    readonly entry: string | null;
    readonly subject: string | null;
    readonly visitId: string;
    readonly receipt: string;
  };
}

/** Holds the station's books, the server's and the truth against each other. The station runs; it is stopped here. */
export async function checkAll(play: Play): Promise<Findings> {
  const { book, order, pages } = play;
  const checks: Check[] = [];
  const check = (id: string, isWell: boolean, detail: string) => checks.push({ id, isWell, detail });

  await play.signIn();
  const people: PersonDetail[] = [];
  for (const { entry } of order.people) people.push(await pages.ask<'person'>({ do: 'person', entry }));
  const open = people.filter(({ state }) => state !== 'served' && state !== 'closed');
  const adrift = open.filter(({ last }) => !last || (last.nextStep.where === null && last.nextStep.due === null));
  check('everybody-has-an-end-or-a-next-step', adrift.length === 0, listed(adrift.map(({ entry }) => entry)));
  const over = people.filter(({ attempts }) => attempts.used > attempts.allowed);
  check('budgets-kept', over.length === 0, listed(over.map(({ entry }) => entry)));
  check(
    'days-reconciled',
    book.days.every(({ isReconciled }) => isReconciled),
    `${book.days.length} days`,
  );
  const played = sum(book.days.map(({ visits }) => visits));
  check(
    'every-played-visit-is-booked',
    played === book.visits.length,
    `${book.visits.length} played, ${played} booked`,
  );

  const verdicts = await checkReceipts(play);
  check(
    'receipts-genuine',
    verdicts.every((one) => one === 'genuine genuine') && verdicts.length > 0,
    listed(verdicts),
  );

  const settled = await untilSettled(play);
  check('server-has-everything', settled.unsettled === 0, `${settled.unsettled} of ${settled.events} wait`);
  check('journal-whole', settled.whole, `${settled.events} events`);
  const metrics = await (await fetch(pages.url('/metrics'))).text();
  await play.switchOff();

  const own = settled.ids.filter(({ type }) => type === VISIT_COMPLETED).map(({ id }) => id);
  const vault = await readVault(play);
  const held = new Set(vault.map(({ id }) => id));
  const missing = own.filter((id) => !held.has(id));
  const isSame = missing.length === 0 && held.size === own.length && vault.length === own.length;
  check('vault-has-exactly-the-stations-visits', isSame, `${own.length} at the station, ${vault.length} in the vault`);

  const replaced = new Set(vault.flatMap(({ doc }) => doc.supersedes ?? []));
  const counted = vault.filter(({ id }) => !replaced.has(id));
  const stationSays = outcomeSums(book.days.map(({ outcomes }) => outcomes));
  const vaultSays = outcomeSums(counted.map(({ outcome }) => ({ [outcome]: 1 })));
  check('outcomes-agree', JSON.stringify(stationSays) === JSON.stringify(vaultSays), JSON.stringify(vaultSays));
  const playedSays = outcomeSums(book.visits.map(({ outcome }) => ({ [outcome]: 1 })));
  check(
    'outcomes-as-they-were-seen',
    JSON.stringify(playedSays) === JSON.stringify(stationSays),
    JSON.stringify(playedSays),
  );
  const visits = new Set(vault.map(({ doc }) => doc.visitId)).size;
  const receipts = new Set(counted.map(({ doc }) => doc.receipt)).size;
  const stationReceipts = sum(book.days.map((one) => one.receipts));
  const isEven = visits === counted.length && visits === receipts && visits === played && receipts === stationReceipts;
  check(
    'visits-outcomes-events-receipts',
    isEven && own.length - replaced.size === visits,
    `${visits} visits, ${counted.length} outcomes, ${own.length} events − ${replaced.size}, ${stationReceipts} receipts`,
  );
  const served = counted
    .filter(({ outcome }) => SERVED.has(outcome))
    .map(({ doc }) => doc.entry ?? doc.subject ?? doc.visitId);
  check('nobody-doubled', new Set(served).size === served.length, `${served.length} served`);
  const told = lookForPeople(play, metrics);
  check('nobody-named', told.length === 0, listed(told));
  const { brokerUp, onPaper } = play.options.troubles;
  const wanted = 2 + (brokerUp === null ? 0 : 1) + (onPaper === null ? 0 : 1);
  const came = new Set(book.troubles.map(({ kind }) => kind));
  check('troubles-came', came.size === wanted, [...came].join(' '));

  const nextSteps: Partial<Record<NextStepId, number>> = {};
  for (const { last } of open) if (last) nextSteps[last.nextStep.id] = (nextSteps[last.nextStep.id] ?? 0) + 1;
  const standing = book.days.at(-1)?.standing ?? { left: 0, 'due-today': 0, 'new-card': 0, served: 0, closed: 0 };
  return {
    ...{ checks, people, standing, nextSteps, outcomes: stationSays, visits },
    ...{ events: settled.events, receipts, superseded: replaced.size, inVault: vault.length },
  };
}

/** Held before the station, and by the project's command against the list that the server has signed. */
async function checkReceipts({ book, pages, options }: Play): Promise<readonly string[]> {
  const { run, hubDir, folder } = options.setting;
  const list = join(folder, 'receipt-trust.jws');
  await run('hub', 'receipt-trust', '--out', list, '--dir', hubDir);
  const server = join(hubDir, 'trust.json');
  const check = async ([kind, text]: readonly [string, string]) => {
    const { state } = await pages.ask<'verify-receipt'>({ do: 'verify-receipt', text });
    const file = join(folder, `receipt-${kind}.txt`);
    writeFileSync(file, text);
    const said = await run('receipt', 'verify', file, '--trust', list, '--server', server, '--json').catch(
      (error: { readonly stdout?: string }) => error.stdout || '{}',
    );
    return `${state} ${(JSON.parse(said) as { readonly state?: string }).state ?? 'unreadable'}`;
  };
  // Each is a program of its own; in a test two of them are enough.
  const sample = [...book.receipts].slice(0, options.isSmall ? 2 : undefined);
  const verdicts: string[] = [];
  for (const one of sample) verdicts.push(await check(one));
  return verdicts;
}

async function untilSettled(play: Play) {
  const limit = performance.now() + SETTLE_LIMIT_MS;
  for (;;) {
    const facts = await play.station.journal();
    if (facts.unsettled === 0 || performance.now() > limit) return facts;
    await pause(LOOK_MS, new AbortController().signal);
  }
}

/** Opens everything with the programme's key, as the vault's command does, and reads what it has written. */
async function readVault({ options }: Play): Promise<readonly VaultRow[]> {
  const { run, ingest, databaseUrl, hubDir } = options.setting;
  await ingest.kill('SIGTERM');
  await run('hub', 'vault', '--once', '--db', databaseUrl, '--vault-dir', `${hubDir}-vault`, '--json');
  await using database = await openDatabase(databaseUrl);
  return await database.transaction((sql) =>
    sql.query<VaultRow>('SELECT id, outcome, doc FROM vault.record WHERE type = $1 ORDER BY seq', [VISIT_COMPLETED]),
  );
}

/** Looks for everybody's number and full name in all that left the station or was logged. */
function lookForPeople({ options, order }: Play, metrics: string): readonly string[] {
  const { setting, days } = options;
  const logs = days.map((_, i) => setting.logFile(i + 1)).filter((file) => existsSync(file));
  const places: Readonly<Record<string, string>> = {
    logs: logs.map((file) => readFileSync(file, 'utf8')).join('\n'),
    broker: setting.heard.join('\n'),
    metrics,
  };
  const canaries = [
    ...order.people.flatMap(({ name }, index) => [setting.numberOf(index), `${name.given} ${name.family}`]),
    ...Object.values(OFF_LIST).map((index) => setting.numberOf(index)),
  ];
  return Object.entries(places).flatMap(([place, text]) => {
    if (text.length < 1_000) return [`${place} is empty`];
    const found = canaries.filter((canary) => text.includes(canary)).length;
    return found === 0 ? [] : [`${place}: ${found}`];
  });
}

const KINDS: readonly OutcomeKind[] = [
  'verified',
  'confirmed-by-officer',
  'represented',
  'referred',
  'declined',
  'not-served',
  'undetermined',
];

function outcomeSums(all: readonly Readonly<Partial<Record<string, number>>>[]): Readonly<Record<OutcomeKind, number>> {
  return Object.fromEntries(KINDS.map((kind) => [kind, sum(all.map((one) => one[kind] ?? 0))])) as Record<
    OutcomeKind,
    number
  >;
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const listed = (items: readonly string[]) => (items.length === 0 ? 'none' : items.slice(0, 8).join(', '));
