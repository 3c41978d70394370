/** One thing that the protocol asks of the other side. */
export interface Check<Context> {
  readonly id: string;
  /** Clauses of `contract/clauses.ts` that it proves. */
  readonly clauses: readonly string[];
  readonly says: { readonly th: string; readonly en: string };
  /** @throws Breach when the other side breaks a clause; any other error counts as a breach too */
  run(context: Context, signal: AbortSignal): Promise<void>;
}

/** What the other side did, or did not do in time. */
export class Breach extends Error {
  override readonly name = 'Breach';
}

export interface CheckResult {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly says: { readonly th: string; readonly en: string };
  readonly verdict: 'passed' | 'failed';
  /** Empty when it passed. */
  readonly detail: string;
}

/** Runs the checks one after the other: they share one broker and one retained acknowledgement. */
export async function* runChecks<Context>(
  checks: readonly Check<Context>[],
  context: Context,
  signal: AbortSignal,
): AsyncGenerator<CheckResult, void, undefined> {
  for (const check of checks) {
    const { id, clauses, says } = check;
    let detail = '';
    try {
      await check.run(context, signal);
    } catch (error) {
      signal.throwIfAborted();
      detail = error instanceof Error ? error.message : String(error);
    }
    yield { id, clauses, says, verdict: detail === '' ? 'passed' : 'failed', detail };
  }
}
