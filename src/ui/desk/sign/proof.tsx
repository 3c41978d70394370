import { useEffect, useState } from 'preact/hooks';
import type { Credential, Refusal, StaffLine } from '../../../kiosk/desk-protocol.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useScanned } from '../use-desk.ts';
import { PinPad } from './pin-pad.tsx';

interface ProofProps {
  /** Who is offered first: whoever is signed in. */
  readonly first: string | null;
  readonly may: (staff: StaffLine) => boolean;
  /** @returns why it was not taken, or `undefined` */
  readonly onProve: (credential: Credential) => Promise<Refusal | undefined>;
}

/** Somebody shows who they are: name and PIN, or a badge before the scanner, or their own card in the second reader. */
export function Proof({ first, may, onProve }: ProofProps) {
  const t = useText();
  const language = useLanguage();
  const { answer: staff, refusal: noList, again } = useAnswer({ do: 'staff' });
  const [chosen, setChosen] = useState<StaffLine | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const waitS = useCountdown(refusal);
  const prove = (credential: Credential) => {
    setRefusal(null);
    void onProve(credential).then((why) => setRefusal(why ?? null));
  };
  useScanned((what) => {
    if (what.kind === 'badge') prove({ by: what.by });
  });
  const said = refusal ? (
    <p class="said" role="alert" data-testid="proof-refused">
      {refusal.words[language]}
      {waitS > 0 ? <strong> {t('sign.wait', { n: waitS })}</strong> : null}
    </p>
  ) : null;

  if (chosen) {
    return (
      <section class="proof">
        <div class="proof-head">
          <h2>{t('sign.pin-of', { name: chosen.name })}</h2>
          <button type="button" class="tool" onClick={() => setChosen(null)}>
            {t('sign.other')}
          </button>
        </div>
        {said}
        <PinPad isWaiting={waitS > 0} onPin={(pin) => prove({ by: 'pin', staff: chosen.id, pin })} />
      </section>
    );
  }
  if (!staff) return <Waiting refusal={noList} again={again} />;
  const offered = staff.filter((one) => one.hasPin && may(one));
  const sorted = [...offered].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return (
    <section class="proof">
      {said}
      {sorted.length === 0 ? <p>{t('sign.nobody')}</p> : null}
      <ul class="staff-names">
        {sorted.map((one) => (
          <li key={one.id}>
            <button type="button" class="staff-name" data-staff={one.id} onClick={() => setChosen(one)}>
              <Icon name="person" />
              <span>
                <strong>{one.id === first ? t('judge.me', { name: one.name }) : one.name}</strong>
                <small>{t(`role.${one.role}`)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="hint">
        <Icon name="badge" /> {t('sign.scan')}
      </p>
      <p class="hint">
        <Icon name="card" /> {t('sign.card-help')}
        <button type="button" class="second" data-testid="prove-card" onClick={() => prove({ by: 'card' })}>
          {t('sign.card')}
        </button>
      </p>
    </section>
  );
}

/** Seconds that are left of a refusal's wait, counted down. */
function useCountdown(refusal: Refusal | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const until = Date.now() + (refusal?.waitS ?? 0) * 1_000;
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1_000)));
    count();
    if (!refusal?.waitS) return;
    const tick = setInterval(count, 250);
    return () => clearInterval(tick);
  }, [refusal]);
  return left;
}
