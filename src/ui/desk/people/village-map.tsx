import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntryState, Overview, VillageLine } from '../../../kiosk/desk-protocol.ts';
import { useText } from '../../i18n/use-text.ts';
import { EntryMark } from '../parts/entry-mark.tsx';
import { useDesk } from '../use-desk.ts';
import { MapGround } from './map-ground.tsx';
import { stateOf, villagesOf } from './scope.ts';
import { type Spot, spread } from './spread.ts';
import { tambonsOf } from './tambons.ts';

/** A mark with its gap, mm: 12 to touch and a little more; a tambon's is as wide as its name. */
const MARK_MM = 13.5;
const TAMBON_MM = 32;
const STATES: readonly EntryState[] = ['due-today', 'left', 'new-card', 'served'];

interface Pin extends Spot {
  readonly key: string;
  readonly label: string;
  readonly words: string;
  readonly people: number;
  readonly state: EntryState;
  readonly go: () => void;
}

/** The area as a picture: where the villages lie, how many people each has, how it stands; tambons when all are shown. */
export function VillageMap({ overview }: { readonly overview: Overview }) {
  const t = useText();
  const desk = useDesk();
  const scope = desk.scope.value;
  const villages = villagesOf(overview, scope, desk.filter.value);
  const pins = scope.kind === 'all' ? tambonPins(villages) : villages.flatMap(villagePin);
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 100, height: 80 });
  const isEmpty = pins.length === 0;
  useLayoutEffect(() => {
    const picture = box.current;
    if (!picture || isEmpty) return;
    const measure = () => {
      const mm = innerWidth / desk.widthMm.value;
      setSize({ width: picture.clientWidth / mm, height: picture.clientHeight / mm });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(picture);
    return () => observer.disconnect();
  }, [desk.widthMm.value, isEmpty]);
  if (isEmpty) return null;
  // Wide marks are spread as round ones on a picture that is narrower by as much.
  const narrowed = scope.kind === 'all' ? MARK_MM / TAMBON_MM : 1;
  const spots = spread(pins, { width: size.width * narrowed, height: size.height, mark: MARK_MM });
  const route = scope.kind === 'all' ? [] : spots.filter((_, i) => pins[i]?.state !== 'served');
  const most = Math.max(...pins.map(({ people }) => people));

  function villagePin(village: VillageLine): Pin[] {
    const { code, at, moo, name, people, left } = village;
    if (!at) return [];
    const state = stateOf(village);
    const label = t('common.moo', { n: moo });
    const words = `${label} ${name} · ${t(`entry.${state}`)} · ${t('today.left', { n: left })}`;
    const go = () => desk.go({ page: 'village', village: code });
    return [{ ...at, key: code, label, words, people, state, go }];
  }
  function tambonPins(all: readonly VillageLine[]): Pin[] {
    return tambonsOf(all).map(({ tambon, at, people, left, state }) => ({
      ...at,
      key: tambon,
      label: tambon,
      words: `${tambon} · ${t(`entry.${state}`)} · ${t('today.left', { n: left })}`,
      people,
      state,
      go: () => {
        desk.scope.value = { kind: 'tambon', tambon };
      },
    }));
  }

  return (
    <figure class="map" aria-label={t('today.map')}>
      <div class="map-picture" ref={box}>
        <MapGround route={route} />
        {pins.map((pin, i) => (
          <button
            type="button"
            key={pin.key}
            class={`pin ${pin.state}`}
            data-pin={pin.key}
            aria-label={pin.words}
            style={placeOf(spots[i], pin.people / most)}
            onClick={pin.go}
          >
            <EntryMark state={pin.state} />
            <span>{pin.label}</span>
          </button>
        ))}
      </div>
      <figcaption class="legend">
        {STATES.filter((state) => pins.some((pin) => pin.state === state)).map((state) => (
          <span key={state}>
            <EntryMark state={state} /> {t(`entry.${state}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

/** Custom properties set by script, which the Content-Security-Policy allows. @param share of the most people, 0..1 */
function placeOf(spot: Spot | undefined, share: number) {
  if (!spot) return {};
  return { left: `${spot.x * 100}%`, top: `${spot.y * 100}%`, '--share': String(Math.sqrt(share)) };
}
