import { useText } from '../../i18n/use-text.ts';
import { Choices } from '../parts/choices.tsx';
import { useDesk } from '../use-desk.ts';
import { FILTERS } from './scope.ts';

/** Show everyone, or only who is left, due today, or needs a new card; kept from page to page. */
export function FilterChips() {
  const t = useText();
  const { filter } = useDesk();
  return (
    <Choices
      label={t('filter.label')}
      look="chips"
      options={FILTERS}
      chosen={filter.value}
      onChoose={(chosen) => {
        filter.value = chosen;
      }}
      render={(one) => t(`filter.${one}`)}
    />
  );
}
