import { useLanguage, useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';
import { useDesk } from '../use-desk.ts';

/** What the station said to the last tap, in words, until it is closed or the page changes. */
export function NoticeLine() {
  const t = useText();
  const language = useLanguage();
  const { notice } = useDesk();
  const said = notice.value;
  const close = () => {
    notice.value = null;
  };
  return (
    <div class="notice-place" role="status">
      {said ? (
        <div class={`notice ${said.tone}`} data-testid="notice">
          <Icon name={said.tone === 'done' ? 'tick' : 'warning'} />
          <p>{said.words[language]}</p>
          <button type="button" class="tool" onClick={close}>
            {t('common.close')}
          </button>
        </div>
      ) : null}
    </div>
  );
}
