import type { Display } from '../citizen-view.ts';
import { ContrastMark, LetterMark, PaceMark, StillMark, SwitchMark } from '../drawings/tool-marks.tsx';
import type { MessageKey } from '../i18n/th.ts';
import { Button } from '../parts/buttons.tsx';
import { MainLine } from '../parts/main-line.tsx';
import { Phrase } from '../parts/phrase.tsx';
import { useCitizen } from '../parts/use-citizen.ts';

const SIZES = [1, 1.25, 1.5] as const;
const SWITCHES = ['off', 'auto', 'step'] as const;
const PACE_MS = { fastest: 1_000, slowest: 10_000, step: 1_000 } as const;

/** How the screen is to look and be worked, for this visit. Takes effect at once, so that a choice shows itself. */
export function DisplaySheet() {
  const { model, actions } = useCitizen();
  const { display } = model;
  const set = (changes: Partial<Display>) => actions.chooseDisplay({ ...display, ...changes });
  const pace = (by: number) =>
    set({ paceMs: Math.min(Math.max(display.paceMs + by, PACE_MS.fastest), PACE_MS.slowest) });
  const next = SWITCHES[(SWITCHES.indexOf(display.switches) + 1) % SWITCHES.length] ?? 'off';
  return (
    <main class="stage display-sheet">
      <MainLine id="display.label" look="sr-only" />
      {SIZES.map((text) => (
        <Option key={text} id={`display.text-${text}`} isOn={display.text === text} onTap={() => set({ text })}>
          <LetterMark size={text} />
        </Option>
      ))}
      <Option id="display.contrast" isOn={display.hasContrast} onTap={() => set({ hasContrast: !display.hasContrast })}>
        <ContrastMark />
      </Option>
      <Option id="display.still" isOn={display.isStill} onTap={() => set({ isStill: !display.isStill })}>
        <StillMark />
      </Option>
      <Option
        id={`display.switches-${display.switches}`}
        isOn={display.switches !== 'off'}
        onTap={() => set({ switches: next })}
      >
        <SwitchMark />
      </Option>
      <Option id="display.slower" onTap={() => pace(PACE_MS.step)}>
        <PaceMark pace="slower" />
      </Option>
      <Option id="display.faster" onTap={() => pace(-PACE_MS.step)}>
        <PaceMark pace="faster" />
      </Option>
      <Button kind="secondary" testId="close" id="display.done" onTap={actions.close} />
    </main>
  );
}

interface OptionProps {
  readonly id: MessageKey;
  readonly isOn?: boolean;
  readonly onTap: () => void;
  readonly children: preact.JSX.Element;
}

function Option({ id, isOn, onTap, children }: OptionProps) {
  const testId = id.split('.').slice(1).join('.');
  return (
    <button type="button" class="button option" data-testid={testId} aria-pressed={isOn} onClick={onTap}>
      {children}
      <span data-say={id}>
        <Phrase id={id} />
      </span>
    </button>
  );
}
