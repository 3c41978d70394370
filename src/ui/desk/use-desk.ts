import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { AnswerTo, Ask, Refusal, Scanned } from '../../kiosk/desk-protocol.ts';
import { type Desk, isRefusal } from './desk.ts';

/** The desk of everything below it. */
export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('a part of the desk stands outside of it');
  return desk;
}

export interface Asked<A extends Ask> {
  readonly answer: AnswerTo<A['do']> | undefined;
  readonly refusal: Refusal | undefined;
  again(): void;
}

/**
 * Asks when the part appears, when the question changes, and when the station has moved on (a visit ended, lists came).
 * The answer lives in the part and goes with it. `null` asks nothing.
 */
export function useAnswer<A extends Ask>(ask: A | null): Asked<A> {
  const desk = useDesk();
  const [reply, setReply] = useState<Pick<Asked<A>, 'answer' | 'refusal'>>({ answer: undefined, refusal: undefined });
  const [turn, setTurn] = useState(0);
  const { visit, day, hasOrders } = desk.state.value ?? {};
  const key = JSON.stringify([ask, visit?.visitId, visit?.outcome, day, hasOrders, turn]);
  useEffect(() => {
    if (!ask) return setReply({ answer: undefined, refusal: undefined });
    let isCurrent = true;
    void desk.tryAsk(ask).then((answer) => {
      if (!isCurrent) return;
      setReply(isRefusal(answer) ? { answer: undefined, refusal: answer } : { answer, refusal: undefined });
    });
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return { ...reply, again: useCallback(() => setTurn((now) => now + 1), []) };
}

/** Calls back with what is held before the scanner from now on; what was scanned earlier does not count. */
export function useScanned(onScan: (what: Scanned) => void): void {
  const desk = useDesk();
  const { scanned } = desk.state.value ?? {};
  const [seen, setSeen] = useState(scanned?.at);
  useEffect(() => {
    if (!scanned || scanned.at === seen) return;
    setSeen(scanned.at);
    onScan(scanned.what);
  }, [scanned?.at]);
}
