import { useState } from 'preact/hooks';
import type { Overview } from '../../../kiosk/desk-protocol.ts';
import { dayAfter, daysUpTo, dayText } from '../../i18n/dates.ts';
import { useLanguage, useText } from '../../i18n/use-text.ts';
import type { Desk } from '../desk.ts';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAnswer, useDesk } from '../use-desk.ts';
import { FilterChips } from './filter-chips.tsx';
import { Found } from './found.tsx';
import { villagesOf } from './scope.ts';
import { ScopeChips } from './scope-chips.tsx';
import { VillageList } from './village-list.tsx';
import { VillageMap } from './village-map.tsx';

/** Two weeks, today included. */
const DAYS_TO_CHOOSE = Array.from({ length: 14 }, (_, days) => days);

/** Where the day begins: find somebody, or go village by village. */
export function Today() {
  const t = useText();
  const [text, setText] = useState('');
  return (
    <>
      <div class="today-head">
        <PageHead title={t('today.main')} />
        <search class="find">
          <Icon name="search" />
          <input
            type="search"
            autocomplete="off"
            data-testid="find"
            aria-label={t('today.find-label')}
            placeholder={t('today.find')}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
          {text ? (
            <button type="button" class="tool" onClick={() => setText('')}>
              {t('today.clear')}
            </button>
          ) : null}
        </search>
      </div>
      {text.trim() ? <Found text={text.trim()} /> : <Area />}
    </>
  );
}

function Area() {
  const t = useText();
  const desk = useDesk();
  const { answer, refusal, again } = useAnswer({ do: 'overview', days: daysLeft(desk) });
  if (!answer) return <Waiting refusal={refusal} again={again} />;
  if (answer.lists.length === 0) return <NoOrders />;
  return (
    <>
      <ScopeChips overview={answer} />
      <div class="area">
        <VillageMap overview={answer} />
        <section class="area-list">
          <div class="area-head">
            <h2 class="area-title">{t('today.villages')}</h2>
            <p class="quiet" data-testid="left-count">
              <LeftCount overview={answer} />
            </p>
          </div>
          <FilterChips />
          <VillageList villages={villagesOf(answer, desk.scope.value, desk.filter.value)} />
        </section>
      </div>
      <p class="page-foot">
        <button type="button" class="second" onClick={() => desk.go({ page: 'walk-in', name: '' })}>
          <Icon name="plus" />
          {t('today.walk-in')}
        </button>
        <LastDay />
      </p>
    </>
  );
}

/** By when the villages are to be done: the suggested days are cut to it. */
function LastDay() {
  const t = useText();
  const language = useLanguage();
  const { lastDay, state } = useDesk();
  const now = state.value?.clock.at ?? '';
  return (
    <label class="last-day">
      {t('today.last-day')}
      <select
        data-testid="last-day"
        value={lastDay.value ?? ''}
        onChange={({ currentTarget }) => {
          lastDay.value = currentTarget.value || null;
        }}
      >
        <option value="">{t('today.last-day-listed')}</option>
        {DAYS_TO_CHOOSE.map((days) => {
          const day = dayAfter(now, days);
          return (
            <option key={day} value={day}>
              {dayText(day, language)}
            </option>
          );
        })}
      </select>
    </label>
  );
}

function daysLeft({ lastDay, state }: Desk): number | undefined {
  const days = lastDay.value === null ? 0 : daysUpTo(state.value?.clock.at ?? '', lastDay.value);
  return days > 0 ? days : undefined;
}

function LeftCount({ overview }: { readonly overview: Overview }) {
  const t = useText();
  const villages = villagesOf(overview, useDesk().scope.value, 'left');
  const n = villages.reduce((total, { left }) => total + left, 0);
  return <>{t('today.people-left', { n, v: villages.length })}</>;
}

function NoOrders() {
  const t = useText();
  const desk = useDesk();
  return (
    <section class="card">
      <h2>{t('today.no-orders')}</h2>
      <p>{t('today.no-orders-help')}</p>
      <button type="button" class="primary" onClick={() => desk.go({ page: 'orders' })}>
        {t('more.orders')}
      </button>
    </section>
  );
}
