import { useEffect, useState } from 'preact/hooks';
import { PREVIEW_STAFF } from './staff-states.ts';
import { PREVIEW_GLASSES, PREVIEW_STATES } from './states.ts';

/** On the gallery, px. */
const SHOWN_WIDTH = 420;
const STAFF_GLASS = { name: 'staff', width: 1440, height: 900, widthMm: 340 } as const;

/** What can be chosen; the address of the gallery holds the choice, so that it can be sent to somebody. */
const CHOICES = {
  lang: ['th', 'en'],
  glass: PREVIEW_GLASSES.map(({ name }) => name),
  text: ['1', '1.25', '1.5'],
  contrast: ['normal', 'high'],
  motion: ['moving', 'still'],
  page: ['all', 'citizen', 'operator', 'simulator'],
} as const;
type Choice = keyof typeof CHOICES;
type Filters = Readonly<Record<Choice, string>> & { readonly find: string };

const LABELS: Readonly<Record<Choice | 'find', string>> = {
  lang: 'ภาษา · Language',
  glass: 'จอ · Glass',
  text: 'อักษร · Text',
  contrast: 'สี · Contrast',
  motion: 'ภาพ · Motion',
  page: 'หน้า · Page',
  find: 'ค้นหา · Find',
};

/** Every screen at once, narrowed by filters. */
export function Gallery() {
  const [filters, setFilters] = useState<Filters>(() => readFilters(new URLSearchParams(location.search)));
  useEffect(() => history.replaceState(null, '', `?${new URLSearchParams({ ...filters })}`), [filters]);
  const glass = PREVIEW_GLASSES.find(({ name }) => name === filters.glass) ?? PREVIEW_GLASSES[1];
  const isFound = (name: string) => name.includes(filters.find.trim().toLowerCase());
  const isAll = filters.page === 'all';
  const citizen = Object.keys(PREVIEW_STATES).filter((name) => (isAll || filters.page === 'citizen') && isFound(name));
  const staff = Object.entries(PREVIEW_STAFF)
    .filter(([name, { page }]) => (isAll || filters.page === page) && isFound(name))
    .map(([name]) => name);
  return (
    <main class="gallery">
      <h1>ทุกหน้าจอ · Every screen</h1>
      <form class="filters" onSubmit={(event) => event.preventDefault()}>
        {(Object.keys(CHOICES) as Choice[]).map((choice) => (
          <label key={choice}>
            {LABELS[choice]}
            <select
              name={choice}
              value={filters[choice]}
              onChange={({ currentTarget }) => setFilters({ ...filters, [choice]: currentTarget.value })}
            >
              {CHOICES[choice].map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        ))}
        <label>
          {LABELS.find}
          <input
            name="find"
            value={filters.find}
            onInput={({ currentTarget }) => setFilters({ ...filters, find: currentTarget.value })}
          />
        </label>
        <output>{citizen.length + staff.length}</output>
      </form>
      <FrameList title="ประชาชน · Citizen" states={citizen} filters={filters} glass={glass} />
      <FrameList title="เจ้าหน้าที่ · Staff" states={staff} filters={filters} glass={STAFF_GLASS} />
    </main>
  );
}

/** The first of each list unless the address says one of the others. */
function readFilters(asked: URLSearchParams): Filters {
  const pick = (choice: Choice) => {
    const known: readonly string[] = CHOICES[choice];
    const wanted = asked.get(choice) ?? '';
    return known.includes(wanted) ? wanted : (known[choice === 'glass' ? 1 : 0] ?? '');
  };
  return {
    lang: pick('lang'),
    glass: pick('glass'),
    text: pick('text'),
    contrast: pick('contrast'),
    motion: pick('motion'),
    page: pick('page'),
    find: asked.get('find') ?? '',
  };
}

interface FrameListProps {
  readonly title: string;
  readonly states: readonly string[];
  readonly filters: Filters;
  readonly glass: { readonly width: number; readonly height: number; readonly widthMm: number };
}

function FrameList({ title, states, filters, glass }: FrameListProps) {
  if (states.length === 0) return null;
  const { lang, text, contrast, motion } = filters;
  const scale = Math.min(1, SHOWN_WIDTH / glass.width);
  const size = { width: `${glass.width * scale}px`, height: `${glass.height * scale}px` };
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {states.map((state) => {
          const url = `?${new URLSearchParams({ state, lang, widthMm: String(glass.widthMm), text, contrast, motion })}`;
          return (
            <li key={state}>
              <a href={url}>{state}</a>
              <div class="glass" style={size}>
                <iframe
                  title={state}
                  src={url}
                  loading="lazy"
                  style={{ width: `${glass.width}px`, height: `${glass.height}px`, transform: `scale(${scale})` }}
                />
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
