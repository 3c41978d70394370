import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';
import { useDesk } from '../use-desk.ts';

/** Seconds before the lock in which it is told. */
const TOLD_S = 15;
/** The station hears of use at most this often. */
const TELL_EVERY_MS = 10_000;
const TICK_MS = 500;
const USES = ['pointerdown', 'keydown', 'input'] as const;

/** Counts the time without use: tells it at the end, then covers the page at once and signs out. */
export function IdleLock({ idleLockS }: { readonly idleLockS: number }) {
  const t = useText();
  const desk = useDesk();
  const [leftS, setLeftS] = useState(idleLockS);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let usedAt = Date.now();
    let toldAt = usedAt;
    const tell = () => {
      toldAt = Date.now();
      void desk.tryAsk({ do: 'still-here' });
    };
    const use = () => {
      usedAt = Date.now();
      setLeftS(idleLockS);
      if (usedAt - toldAt >= TELL_EVERY_MS) tell();
    };
    const tick = setInterval(() => {
      const now = Date.now();
      // A use that was not told because it came too soon: the station's clock must not run ahead of this one.
      if (usedAt > toldAt && now - toldAt >= TELL_EVERY_MS) tell();
      const left = Math.ceil(idleLockS - (now - usedAt) / 1_000);
      setLeftS(left);
      if (left > 0) return;
      clearInterval(tick);
      desk.isCovered.value = true;
      void desk.tryAsk({ do: 'sign-out' });
    }, TICK_MS);
    for (const event of USES) document.addEventListener(event, use, { capture: true, passive: true });
    return () => {
      clearInterval(tick);
      for (const event of USES) document.removeEventListener(event, use, { capture: true });
    };
  }, [desk, idleLockS]);
  const isTold = leftS <= TOLD_S;
  // Above any sheet that is open.
  useEffect(() => {
    if (isTold) box.current?.showPopover();
    else box.current?.hidePopover();
  }, [isTold]);
  return (
    <div ref={box} popover="manual" class="lock-soon" role="timer">
      {isTold ? t('bar.lock-soon', { n: Math.max(leftS, 0) }) : null}
    </div>
  );
}
