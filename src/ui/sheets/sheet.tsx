import type { Sheet } from '../citizen-view.ts';
import { useCitizen } from '../parts/use-citizen.ts';
import { Answers } from './answers.tsx';
import { Cards } from './cards.tsx';
import { DisplaySheet } from './display.tsx';
import { Explain } from './explain.tsx';
import { StillLooking } from './still-looking.tsx';

/** A sheet over the station's screen, or the question whether it is still being looked at. */
export function SheetScreen({ sheet }: { readonly sheet: Sheet }) {
  const { model } = useCitizen();
  if (model.isAskingSheet) return <StillLooking />;
  switch (sheet.sheet) {
    case 'explain':
      return <Explain page={sheet.page} />;
    case 'cards':
      return <Cards page={sheet.page} />;
    case 'answers':
      return <Answers />;
    case 'display':
      return <DisplaySheet />;
    default:
      return sheet satisfies never;
  }
}
