import { useText } from '../i18n/use-text.ts';

/** Where one is among the pages of a sheet. @param page from 0 */
export function PageDots({ page, of }: { readonly page: number; readonly of: number }) {
  const t = useText();
  return (
    <p class="page-dots">
      <span class="sr-only">{t('tool.page', { n: page + 1, of })}</span>
      {Array.from({ length: of }, (_, i) => (
        <span key={i} class={i === page ? 'now' : i < page ? 'past' : ''} aria-hidden="true" />
      ))}
    </p>
  );
}
