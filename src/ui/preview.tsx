import { signal } from '@preact/signals';
import { type JSX, render } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { measureDesk } from './preview/desk-rules.ts';
import { Gallery } from './preview/gallery.tsx';
import { breachesOnGlass } from './preview/glass-rules.ts';
import { createOneScreen } from './preview/one-screen.tsx';
import { createOneStaffPage } from './preview/one-staff-page.tsx';
import { PREVIEW_STAFF } from './preview/staff-states.ts';
import { PREVIEW_STATES } from './preview/states.ts';

/** What the page shows, as in its address: `state=idle&lang=th&widthMm=217`. */
const asked = signal(location.search);

/** For tests: another state in the same page, which costs a hundredth of loading it. */
const showPreview = (query: string) => {
  asked.value = query;
};
Object.assign(globalThis, { breachesOnGlass, measureDesk, showPreview });

/** Each kind of page has its own styles, as it has on the station: two of them in one page would mix. */
const STYLES = {
  gallery: () => import('./styles/gallery.css'),
  citizen: () => import('./styles/citizen.css'),
  operator: () => Promise.all([import('./styles/staff-pages.css'), import('./styles/desk.css')]),
  simulator: () => Promise.all([import('./styles/staff-pages.css'), import('./styles/simulator.css')]),
} as const;
type Kind = keyof typeof STYLES;
const styled = signal<readonly Kind[]>([]);

/** The page that the address asks for, or the gallery of all. */
function choosePage(query: URLSearchParams): { readonly kind: Kind; readonly Page: () => JSX.Element } {
  const name = query.get('state') ?? '';
  const view = PREVIEW_STATES[name];
  const staff = PREVIEW_STAFF[name];
  if (view) return { kind: 'citizen', Page: createOneScreen(view, query) };
  return staff ? { kind: staff.page, Page: createOneStaffPage(staff, query) } : { kind: 'gallery', Page: Gallery };
}

function Preview() {
  const query = asked.value;
  const { kind, Page } = useMemo(() => choosePage(new URLSearchParams(query)), [query]);
  const isStyled = styled.value.includes(kind);
  useEffect(() => {
    if (isStyled) return;
    STYLES[kind]().then(() => {
      styled.value = [...styled.value, kind];
    });
  }, [kind, isStyled]);
  return isStyled ? <Page key={query} /> : null;
}

const root = document.getElementById('root');
if (root) render(<Preview />, root);
