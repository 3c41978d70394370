import type { ComponentChildren } from 'preact';
import { CallStaffButton } from './buttons.tsx';
import { type Step, StepMark } from './step-mark.tsx';
import { Tools } from './tools.tsx';
import { useCitizen } from './use-citizen.ts';

interface FrameProps {
  /** `null` where steps mean nothing (staff, out of service). */
  readonly step: Step | null;
  /** False at the end of a visit and where no tap could reach the station. */
  readonly mayCallStaff: boolean;
  /** Under the step: how far the card is read. */
  readonly under?: ComponentChildren;
  /** `side`: words beside a picture; `full`: the whole width, answers in the bottom row. */
  readonly layout: 'side' | 'full';
  readonly explain?: 'tools' | 'rail' | null;
  readonly hasCards?: boolean;
  readonly children: ComponentChildren;
  readonly answers?: ComponentChildren;
  /** Bottom right, in the place of "call staff", once the visit has ended. */
  readonly corner?: ComponentChildren;
}

/** The same places on every screen: step top left, tools and language top right, "call staff" bottom right. */
export function CitizenFrame(props: FrameProps) {
  const { step, mayCallStaff, under, layout, children, answers, corner, explain = null, hasCards = false } = props;
  const { model, actions } = useCitizen();
  return (
    <>
      <header class="head">
        {step ? <StepMark step={step} /> : null}
        {under}
      </header>
      <Tools explain={explain} hasCards={hasCards} />
      <main class={`stage ${layout}`}>{children}</main>
      {answers ? <div class="answers">{answers}</div> : null}
      {mayCallStaff ? (
        <CallStaffButton id={model.place === 'bedside' ? 'bedside.call' : 'staff.call'} onTap={actions.callStaff} />
      ) : null}
      {corner ? <aside class="corner">{corner}</aside> : null}
    </>
  );
}
