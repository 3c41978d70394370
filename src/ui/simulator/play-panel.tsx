import type { ComponentChildren } from 'preact';
import type { CitizenScreen, SimulatorCommand, SimulatorState } from '../../kiosk/protocol.ts';
import { useLanguage, useText } from '../i18n/use-text.ts';
import { ChoiceList } from './choice-list.tsx';

/** Living first, then the ways of an attack. */
const PRESENTATIONS: readonly SimulatorState['presentation'][] = ['living', 'print', 'screen', 'injected', 'replayed'];

interface PlayPanelProps {
  readonly world: SimulatorState;
  readonly screen: CitizenScreen | null;
  readonly act: (command: SimulatorCommand) => void;
}

/** One visit as three numbered steps; the one to do next is marked. */
export function PlayPanel({ world, screen, act }: PlayPanelProps) {
  const t = useText();
  const language = useLanguage();
  const next = nextStep(world, screen);
  return (
    <ol class="play-steps">
      <PlayStep n={1} isNext={next === 1} title={t('simulator.step-card')} help={t('simulator.step-card-help')}>
        <ChoiceList
          choices={world.people.map(({ id, label }) => ({ id, label: label[language] }))}
          chosen={world.inserted}
          word={t('simulator.insert')}
          chosenWord={t('simulator.inserted')}
          isOff={!world.simulated.card || world.inserted !== null}
          testId="insert"
          onChoose={(person) => act({ do: 'insert-card', person })}
        />
        {world.simulated.card ? null : <p class="quiet">{t('simulator.real')}</p>}
      </PlayStep>
      <PlayStep n={2} isNext={next === 2} title={t('simulator.step-face')} help={t('simulator.step-face-help')}>
        <ChoiceList
          choices={[
            ...world.faces.map(({ id, label }) => ({ id, label: label[language] })),
            { id: null, label: t('simulator.nobody') },
          ]}
          chosen={world.face}
          word={t('simulator.show')}
          chosenWord={t('simulator.shown')}
          isOff={!world.simulated.camera}
          testId="face"
          onChoose={(face) => act({ do: 'show-face', face })}
        />
        <label class="presentation">
          {t('simulator.present')}
          <select
            data-testid="presentation"
            disabled={!world.simulated.camera}
            value={world.presentation}
            onChange={(event) =>
              act({ do: 'present', presentation: event.currentTarget.value as SimulatorState['presentation'] })
            }
          >
            {PRESENTATIONS.map((presentation) => (
              <option key={presentation} value={presentation}>
                {t(`simulator.present-${presentation}`)}
              </option>
            ))}
          </select>
        </label>
        {world.simulated.camera ? null : <p class="quiet">{t('simulator.real')}</p>}
      </PlayStep>
      <PlayStep n={3} isNext={next === 3} title={t('simulator.step-pull')} help={t('simulator.step-pull-help')}>
        <div>
          <button
            type="button"
            class="action"
            data-testid="pull"
            disabled={!world.simulated.card || world.inserted === null}
            onClick={() => act({ do: 'pull-card' })}
          >
            {t('simulator.pull')}
          </button>
        </div>
      </PlayStep>
    </ol>
  );
}

/** What can go wrong, to be tried at any time. */
export function TroublePanel({ world, act }: Pick<PlayPanelProps, 'world' | 'act'>) {
  const t = useText();
  return (
    <section class="panel play-step">
      <h2>{t('simulator.trouble')}</h2>
      <div>
        <button
          type="button"
          class="plain"
          data-testid="camera"
          disabled={!world.simulated.camera}
          onClick={() => act({ do: world.cameraPlugged ? 'unplug-camera' : 'plug-camera' })}
        >
          {t(world.cameraPlugged ? 'simulator.unplug' : 'simulator.plug')}
        </button>
      </div>
    </section>
  );
}

interface PlayStepProps {
  readonly n: number;
  readonly isNext: boolean;
  readonly title: string;
  readonly help: string;
  readonly children: ComponentChildren;
}

function PlayStep({ n, isNext, title, help, children }: PlayStepProps) {
  return (
    <li class={`panel play-step ${isNext ? 'next' : ''}`} aria-current={isNext ? 'step' : undefined}>
      <h2>
        <span class="number">{n}</span> {title}
      </h2>
      <p class="quiet">{help}</p>
      {children}
    </li>
  );
}

function nextStep(world: SimulatorState, screen: CitizenScreen | null): 1 | 2 | 3 {
  if (world.inserted === null) return 1;
  return screen?.screen === 'reading' || screen?.screen === 'capture' || screen?.screen === 'checking' ? 2 : 3;
}
