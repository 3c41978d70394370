import type { Language } from '../../../visit/types.ts';
import { timeText } from '../../i18n/dates.ts';
import { ageText, textOr } from '../../i18n/text.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import { StateMark, shownState } from '../../operator/state-mark.tsx';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from '../use-desk.ts';

/** What stays in sight on every page: parts, unsent results, link, clock, day, who is signed in, language. */
export function TopBar() {
  const t = useText();
  const language = useLanguage();
  const desk = useDesk();
  const session = desk.state.value?.session;
  return (
    <header class="desk-bar">
      <ul class="health" aria-label={t('bar.label')}>
        {desk.isLost.value ? (
          <li class="missing" data-bar="link">
            <StateMark state="missing" />
            {t('bar.link-lost')}
          </li>
        ) : null}
        <PartMarks />
        <DeskMarks />
      </ul>
      {session ? (
        <button
          type="button"
          class="tool"
          data-testid="lock"
          aria-label={`${t('bar.lock-now')} · ${t('bar.signed-in', { name: session.name })}`}
          onClick={() => {
            desk.isCovered.value = true;
            void desk.tryAsk({ do: 'sign-out' });
          }}
        >
          <Icon name="lock" />
          <span class="who">{session.name}</span>
        </button>
      ) : null}
      <LanguageTool language={language} />
    </header>
  );
}

function LanguageTool({ language }: { readonly language: Language }) {
  const desk = useDesk();
  const t = useText();
  const other = language === 'th' ? 'en' : 'th';
  const choose = () => {
    desk.language.value = other;
  };
  return (
    <button type="button" class="tool" lang={other} data-testid="language" onClick={choose}>
      {t('language.other')}
    </button>
  );
}

/** The parts that work as one sum, each that does not by its own name, shape and word. */
function PartMarks() {
  const t = useText();
  const language = useLanguage();
  const { status } = useDesk();
  if (!status.value) return null;
  const { parts, unsent } = status.value;
  const ready = parts.filter(({ state }) => state === 'ready');
  return (
    <>
      {parts
        .filter((one) => !['ready', 'unused'].includes(shownState(one)))
        .map(({ part, state }) => (
          <li key={part} class={state} data-bar={part} data-state={state}>
            <StateMark state={state} />
            {textOr(language, 'part', part)} · {t(`state.${state}`)}
          </li>
        ))}
      {ready.length > 0 ? (
        <li class="ready" data-bar="parts">
          <StateMark state="ready" />
          {t('bar.parts-ready', { n: ready.length })}
          <span class="sr-only"> {ready.map(({ part }) => textOr(language, 'part', part)).join(' ')}</span>
        </li>
      ) : null}
      <li class={unsent.count === 0 ? 'ready' : 'degraded'} data-bar="unsent">
        {unsent.count === 0
          ? t('bar.all-sent')
          : t('bar.unsent', { n: unsent.count, age: ageText(language, unsent.oldestAgeS) })}
      </li>
    </>
  );
}

function DeskMarks() {
  const t = useText();
  const language = useLanguage();
  const { state } = useDesk();
  if (!state.value) return null;
  const { day, clock, session } = state.value;
  return (
    <>
      {session ? <li data-bar="day">{t(`bar.day-${day}`)}</li> : null}
      <li class={clock.isSynced ? '' : 'degraded'} data-bar="clock">
        {clock.isSynced ? null : <StateMark state="degraded" />}
        <span class="sr-only">{t('tech.clock')} </span>
        {clock.isSynced ? timeText(clock.at, language) : t('bar.clock-wrong')}
      </li>
    </>
  );
}
