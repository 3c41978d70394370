import { useEffect } from 'preact/hooks';
import type { Language } from '../../visit/types.ts';
import { promptId } from '../audio/prompt-id.ts';
import type { CitizenActions, CitizenView } from '../citizen-view.ts';
import { LanguageContext } from '../i18n/use-text.ts';
import type { PreviewFeed } from '../link/preview-feed.ts';
import { useGlass } from '../parts/use-glass.ts';
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

interface CitizenProps {
  readonly view: CitizenView;
  readonly language: Language;
  /** Width of the real glass, mm. */
  readonly widthMm: number;
  readonly actions: CitizenActions;
  readonly feed: PreviewFeed;
}

/** The citizen's page, whichever screen is up. */
export function Citizen({ view, language, widthMm, actions, feed }: CitizenProps) {
  const format = useGlass(widthMm);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext.Provider value={language}>
      <div class={`kiosk ${format}`} data-screen={view.screen} data-prompt={promptId(view)}>
        <Screen key={view.screen} view={view} actions={actions} feed={feed} />
      </div>
    </LanguageContext.Provider>
  );
}

function Screen({ view, actions, feed }: Pick<CitizenProps, 'view' | 'actions' | 'feed'>) {
  switch (view.screen) {
    case 'connecting':
      return <Connecting />;
    case 'idle':
      return <Idle actions={actions} />;
    case 'reinsert':
      return <Reinsert state={view} actions={actions} />;
    case 'reading':
      return <Reading state={view} actions={actions} />;
    case 'capture':
      return <Capture state={view} actions={actions} feed={feed} />;
    case 'checking':
      return <Checking actions={actions} />;
    case 'done':
      return <Done state={view} actions={actions} />;
    case 'staff':
      return <Staff state={view} actions={actions} />;
    case 'still-there':
      return <StillThere state={view} actions={actions} />;
    case 'out-of-service':
      return <OutOfService actions={actions} />;
    default:
      return view satisfies never;
  }
}
