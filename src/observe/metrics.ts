import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Figures of the station for a scraper on the same machine. Labels are codes and kinds, never a person. */
export function createMetrics() {
  const registry = new Registry();
  registry.setDefaultLabels({});
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    visits: new Counter({
      name: 'thuengban_visits_total',
      help: 'Visits by outcome (abandoned = card pulled first)',
      labelNames: ['outcome'],
      registers,
    }),
    faults: new Counter({ name: 'thuengban_faults_total', help: 'Faults by code', labelNames: ['code'], registers }),
    sent: new Counter({ name: 'thuengban_events_sent_total', help: 'Events that the broker took', registers }),
    sentAgain: new Counter({
      name: 'thuengban_events_sent_again_total',
      help: 'Events that the broker took and had taken before',
      registers,
    }),
    unheard: new Counter({
      name: 'thuengban_events_unheard_total',
      help: 'Events that the broker took while nobody listened (PUBACK 0x10)',
      registers,
    }),
    quarantined: new Counter({
      name: 'thuengban_events_quarantined_total',
      help: 'Events that the server keeps and does not believe',
      registers,
    }),
    refused: new Counter({
      name: 'thuengban_link_refused_total',
      help: 'Messages to this station that were not believed',
      labelNames: ['kind', 'code'],
      registers,
    }),
    commands: new Counter({
      name: 'thuengban_commands_total',
      help: "The server's commands by answer",
      labelNames: ['name', 'result'],
      registers,
    }),
    connections: new Counter({
      name: 'thuengban_link_connections_total',
      help: 'Connections to the broker',
      registers,
    }),
    unsettled: new Gauge({
      name: 'thuengban_events_unsettled',
      help: 'Events that the ingest has not acknowledged',
      registers,
    }),
    partReady: new Gauge({
      name: 'thuengban_part_ready',
      help: '1 when the part is ready',
      labelNames: ['part'],
      registers,
    }),
    stage: new Histogram({
      name: 'thuengban_stage_seconds',
      help: 'Duration of a stage of the visit',
      labelNames: ['stage'],
      buckets: [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60],
      registers,
    }),
    text: () => registry.metrics(),
    figures: () => figures(registry),
  };
}

/** Of the program itself only these are told to the server. */
const PROCESS = ['process_resident_memory_bytes', 'process_cpu_seconds_total', 'nodejs_eventloop_lag_p99_seconds'];
const MOST_FIGURES = 200;

/** Every figure by its name and labels; of a histogram only sum and count. */
async function figures(registry: Registry): Promise<Readonly<Record<string, number>>> {
  const all = (await registry.getMetricsAsJSON()).flatMap(({ name, type, values }) => {
    if (!name.startsWith('thuengban_') && !PROCESS.includes(name)) return [];
    const isHistogram = String(type) === 'histogram';
    return (values as readonly Value[])
      .filter(({ metricName }) => !isHistogram || metricName?.endsWith('_sum') || metricName?.endsWith('_count'))
      .map(({ value, labels, metricName }) => [`${metricName ?? name}${labelText(labels)}`, value] as const);
  });
  return Object.fromEntries(
    all.filter(([name, value]) => name.length <= 100 && Number.isFinite(value)).slice(0, MOST_FIGURES),
  );
}

interface Value {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName?: string;
}

function labelText(labels: Value['labels']): string {
  const text = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  return text.length === 0 ? '' : `{${text.join(',')}}`;
}
export type Metrics = ReturnType<typeof createMetrics>;
