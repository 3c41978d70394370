import { useEffect } from 'preact/hooks';
import { promptId } from '../audio/prompt-id.ts';
import type { CitizenModel } from '../citizen-view.ts';
import { LanguageContext } from '../i18n/use-text.ts';
import { Announcer } from '../parts/announcer.tsx';
import { StandInMark } from '../parts/stand-in-mark.tsx';
import { CitizenContext, type CitizenScope } from '../parts/use-citizen.ts';
import { useGlass } from '../parts/use-glass.ts';
import { SheetScreen } from '../sheets/sheet.tsx';
import { Capture } from './capture.tsx';
import { Checking } from './checking.tsx';
import { Connecting } from './connecting.tsx';
import { Done } from './done.tsx';
import { Idle } from './idle.tsx';
import { OutOfService } from './out-of-service.tsx';
import { Reading } from './reading.tsx';
import { Reinsert } from './reinsert.tsx';
import { Staff } from './staff.tsx';
import { StillThere } from './still-there.tsx';

/** The citizen's page, whichever screen is up. */
export function Citizen({ model, actions, feed }: Omit<CitizenScope, 'format'>) {
  const { view, language, display, place, sheet, isAskingSheet } = model;
  const format = useGlass(model.widthMm);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <CitizenContext.Provider value={{ model, actions, feed, format }}>
        <div
          class={`kiosk ${format} ${place}`}
          data-screen={view.screen}
          data-sheet={isAskingSheet ? 'still-there' : sheet?.sheet}
          data-prompt={promptId(model)}
          data-text={display.text}
          data-contrast={display.hasContrast ? 'high' : undefined}
          data-still={display.isStill ? 'yes' : undefined}
        >
          {sheet ? <SheetScreen key={promptId(model)} sheet={sheet} /> : <Screen key={view.screen} view={view} />}
          <StandInMark />
          <Announcer />
        </div>
      </CitizenContext.Provider>
    </LanguageContext.Provider>
  );
}

function Screen({ view }: Pick<CitizenModel, 'view'>) {
  switch (view.screen) {
    case 'connecting':
      return <Connecting />;
    case 'idle':
      return <Idle state={view} />;
    case 'reinsert':
      return <Reinsert state={view} />;
    case 'reading':
      return <Reading key={view.purpose.id} state={view} />;
    case 'capture':
      return <Capture state={view} />;
    case 'checking':
      return <Checking />;
    case 'done':
      return <Done state={view} />;
    case 'staff':
      return <Staff state={view} />;
    case 'still-there':
      return <StillThere state={view} />;
    case 'out-of-service':
      return <OutOfService />;
    default:
      return view satisfies never;
  }
}
