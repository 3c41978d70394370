import { signal } from '@preact/signals';
import type { Language } from '../../visit/types.ts';
import { OperatorPage } from '../operator/operator-page.tsx';
import { StaffPage } from '../parts/staff-page.tsx';
import { SimulatorPage } from '../simulator/simulator-page.tsx';
import type { StaffState } from './staff-states.ts';

const noAction = () => {};

/** One staff page with made-up data; taps do nothing but change the language. */
export function createOneStaffPage(state: StaffState, asked: URLSearchParams) {
  const language = signal<Language>(asked.get('lang') === 'en' ? 'en' : 'th');
  const onLanguage = (chosen: Language) => {
    language.value = chosen;
  };
  return () => (
    <StaffPage language={language} page={state.page}>
      {state.page === 'operator' ? (
        <OperatorPage
          status={state.status}
          isLost={state.isLost}
          isStaffAwaited={state.isAwaited}
          onStaffDone={noAction}
          onLanguage={onLanguage}
        />
      ) : (
        <SimulatorPage
          world={state.world}
          status={state.status}
          screen={state.screen}
          isLost={false}
          kioskUrl={`?state=${state.screen.screen}&lang=${language.value}`}
          act={noAction}
          onLanguage={onLanguage}
        />
      )}
    </StaffPage>
  );
}
