import { asFault } from '../shared/fault.ts';
import { backOffMs, pause } from '../shared/wait.ts';
import { runSession } from './session.ts';
import { type UplinkOptions, uplinkState } from './uplink-state.ts';

/** Connected this long, or of use, the next failure starts the back-off anew. */
const STABLE_MS = 10_000;

/**
 * Drains the outbox to the broker, oldest first, and settles on the ingest's signed acknowledgement: a PUBACK only says that
 * the broker took it. Takes commands and settings from the same connection. Dials again for ever, later and later, each time
 * with a fresh client. Runs until `signal` aborts; the visit never waits for it.
 */
export async function runUplink(options: UplinkOptions, signal: AbortSignal): Promise<void> {
  const { watch, config, dialler, random } = options;
  const state = uplinkState(options);
  const stop = options.onInfoChange(() => state.info.ring());
  let attempt = 0;
  for (let session = 1; !signal.aborted; session++) {
    watch.state({ kind: 'dialling', attempt, code: null, detail: '' });
    const startedAt = performance.now();
    try {
      await runSession(state, session, signal);
      if (signal.aborted) break;
      watch.state({ kind: 'dialling', attempt, code: 'BROKER_UNREACHABLE', detail: 'the connection ended' });
    } catch (error) {
      if (signal.aborted) break;
      const fault = asFault(error, 'BROKER_UNREACHABLE', dialler.address);
      watch.state({ kind: 'dialling', attempt, code: fault.code, detail: fault.message });
    }
    // A line that breaks every few seconds and carries something each time is worth dialling soon.
    const wasStable = performance.now() - startedAt > STABLE_MS || state.outbox.hasProgressed;
    await pause(backOffMs(wasStable ? 0 : attempt, config.backOffMinMs, config.backOffMaxMs, random), signal);
    attempt = wasStable ? 1 : attempt + 1;
  }
  stop();
  watch.state({ kind: 'off' });
}
