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
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
