import { render } from 'preact';
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

Object.assign(globalThis, { breachesOnGlass, measureDesk });

/** The page that the address asks for, or the gallery of all. */
function choosePage(asked: URLSearchParams) {
  const name = asked.get('state') ?? '';
  const view = PREVIEW_STATES[name];
  const staff = PREVIEW_STAFF[name];
  if (view) return createOneScreen(view, asked);
  return staff ? createOneStaffPage(staff, asked) : Gallery;
}

const root = document.getElementById('root');
const Page = choosePage(new URLSearchParams(location.search));
if (root) render(<Page />, root);
