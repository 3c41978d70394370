import type { ComponentChildren } from 'preact';
import type { CitizenActions } from '../citizen-view.ts';
import { CallStaffButton, LanguageButton } from './buttons.tsx';
import { type Step, StepMark } from './step-mark.tsx';

interface FrameProps {
  readonly actions: CitizenActions;
  /** `null` where steps mean nothing (staff, out of service). */
  readonly step: Step | null;
  /** False at the end of a visit and where no tap could reach the station. */
  readonly mayCallStaff: boolean;
  /** Under the step: how far the card is read. */
  readonly under?: ComponentChildren;
  /** `side`: words beside a picture; `full`: the whole width, answers in the bottom row. */
  readonly layout: 'side' | 'full';
  readonly children: ComponentChildren;
  readonly answers?: ComponentChildren;
  /** Bottom right, in the place of "call staff", once the visit has ended. */
  readonly corner?: ComponentChildren;
}

/** The same places on every screen: step top left, language top right, "call staff" bottom right. */
export function CitizenFrame(props: FrameProps) {
  const { actions, step, mayCallStaff, under, layout, children, answers, corner } = props;
  return (
    <>
      <header class="head">
        {step ? <StepMark step={step} /> : null}
        {under}
      </header>
      <LanguageButton onChoose={actions.chooseLanguage} />
      <main class={`stage ${layout}`}>{children}</main>
      {answers ? <div class="answers">{answers}</div> : null}
      {mayCallStaff ? <CallStaffButton onTap={actions.callStaff} /> : null}
      {corner ? <aside class="corner">{corner}</aside> : null}
    </>
  );
}
