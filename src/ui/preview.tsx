import { signal } from '@preact/signals';
import { render } from 'preact';
import { useMemo } from 'preact/hooks';
import { measureDesk } from './preview/desk-rules.ts';
import { Gallery } from './preview/gallery.tsx';
import { breachesOnGlass } from './preview/glass-rules.ts';
import { createOneScreen } from './preview/one-screen.tsx';
import { createOneStaffPage } from './preview/one-staff-page.tsx';
import { PREVIEW_STAFF } from './preview/staff-states.ts';
import { PREVIEW_STATES } from './preview/states.ts';
import './styles/citizen.css';
import './styles/gallery.css';
import './styles/simulator.css';
import './styles/staff-pages.css';
import './styles/desk.css';

/** What the page shows, as in its address: `state=idle&lang=th&widthMm=217`. */
const asked = signal(location.search);

/** For tests: another state in the same page, which costs a hundredth of loading it. */
const showPreview = (query: string) => {
  asked.value = query;
};
Object.assign(globalThis, { breachesOnGlass, measureDesk, showPreview });

/** The page that the address asks for, or the gallery of all. */
function choosePage(query: URLSearchParams) {
  const name = query.get('state') ?? '';
  const view = PREVIEW_STATES[name];
  const staff = PREVIEW_STAFF[name];
  if (view) return createOneScreen(view, query);
  return staff ? createOneStaffPage(staff, query) : Gallery;
}

function Preview() {
  const query = asked.value;
  const Page = useMemo(() => choosePage(new URLSearchParams(query)), [query]);
  return <Page key={query} />;
}

const root = document.getElementById('root');
if (root) render(<Preview />, root);
