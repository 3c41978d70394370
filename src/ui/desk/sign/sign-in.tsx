import { useLanguage, useText } from '../../i18n/use-text.ts';
import { isRefusal } from '../desk.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useDesk } from '../use-desk.ts';
import { Proof } from './proof.tsx';

/** Nobody is signed in: names, PIN, badge or card. Nothing of the work can be seen from here. */
export function SignIn() {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const hint = desk.state.value?.signInHint;
  return (
    <main class="desk-main sign-in" data-place="sign-in">
      <PageHead title={t('sign.main')} />
      {hint ? (
        <p class="demo" data-testid="demo-hint">
          <strong>{t('bar.demo')}</strong> {hint[language]}
        </p>
      ) : null}
      <Proof
        first={null}
        may={({ role }) => role !== 'witness'}
        onProve={async (credential) => {
          const answer = await desk.tryAsk({ do: 'sign-in', credential });
          return isRefusal(answer) ? answer : undefined;
        }}
      />
      <p>
        <button type="button" class="tool" data-testid="see-health" onClick={() => desk.go({ page: 'health' })}>
          <Icon name="health" />
          {t('sign.health')}
        </button>
      </p>
    </main>
  );
}
