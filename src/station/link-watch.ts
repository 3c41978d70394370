import type { Log } from '../observe/log.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { LinkWatch } from '../publish/watch.ts';
import type { PartBoard } from './parts.ts';

const NOBODY_LISTENS = 0x10;

/** Tells log, metrics and part board what happens on the link. */
export function linkWatch(
  { board, log, metrics }: { readonly board: PartBoard; readonly log: Log; readonly metrics: Metrics },
  address: string,
  { onSent, onOrders }: { readonly onSent: (eventId: string) => void; readonly onOrders: () => void },
): LinkWatch {
  return {
    state(state) {
      if (state.kind === 'connected') {
        metrics.connections.inc();
        board.set('uplink', { state: 'ready', name: address, code: null });
        log.info('uplink-state', { state: state.kind });
        onOrders();
      } else if (state.kind === 'dialling' && state.code) {
        board.set('uplink', { state: 'degraded', name: address, code: state.code });
        log.warn('uplink-state', { state: state.kind, attempt: state.attempt, code: state.code, detail: state.detail });
      }
    },
    sent({ id, seq }, reason, isAgain) {
      if (isAgain) metrics.sentAgain.inc();
      if (reason === NOBODY_LISTENS) metrics.unheard.inc();
      log.info('event-sent', { eventId: id, seq, reason });
      onSent(id);
    },
    refused(kind, { code, detail }) {
      metrics.refused.inc({ kind, code });
      log.warn('word-refused', { kind, code, detail });
    },
    quarantined(seq, code) {
      metrics.quarantined.inc();
      log.error('event-quarantined', { seq, code });
    },
    tooLarge: ({ id, seq, body }) => log.error('event-too-large', { eventId: id, seq, bytes: body.length }),
    ingest: (state) => log.info('ingest-state', { state }),
    command(name, cmdSeq, result, code) {
      metrics.commands.inc({ name, result });
      log.info('command-answered', { command: name, cmdSeq, result, code });
    },
    taken(kind, rev) {
      log.info('word-taken', { kind, rev });
      if (kind === 'orders') onOrders();
    },
  };
}
