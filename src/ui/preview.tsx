import { render } from 'preact';
import { Gallery } from './preview/gallery.tsx';
import { breachesOnGlass } from './preview/glass-rules.ts';
import { createOneScreen } from './preview/one-screen.tsx';
import { PREVIEW_STATES } from './preview/states.ts';
import './styles/citizen.css';
import './styles/gallery.css';

Object.assign(globalThis, { breachesOnGlass });

const root = document.getElementById('root');
const asked = new URLSearchParams(location.search);
const view = PREVIEW_STATES[asked.get('state') ?? ''];
const Page = view ? createOneScreen(view, asked) : Gallery;
if (root) render(<Page />, root);
