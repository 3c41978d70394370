import { useText } from '../i18n/use-text.ts';

const NAMES = ['step.card', 'step.face', 'step.end'] as const;

export type Step = 1 | 2 | 3;

/** Top left: three dots, the one at hand named. Done ones carry a tick, so colour is never alone. */
export function StepMark({ step }: { readonly step: Step }) {
  const t = useText();
  return (
    <p class="step">
      <span class="sr-only">{t('step.label', { n: step })}: </span>
      {NAMES.map((name, i) => {
        const state = i + 1 < step ? 'past' : i + 1 === step ? 'now' : 'ahead';
        return (
          <span key={name} class={`step-dot ${state}`} aria-hidden={state !== 'now'}>
            <span class="dot" aria-hidden="true">
              {state === 'past' ? <Tick /> : i + 1}
            </span>
            {state === 'now' ? <span class="step-name">{t(name)}</span> : null}
          </span>
        );
      })}
    </p>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 12.5l5 5 9-10.5" fill="none" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" />
    </svg>
  );
}
