import { useEffect, useRef } from 'preact/hooks';
import type { Scanned } from '../../kiosk/desk-protocol.ts';
import { both } from '../i18n/text.ts';
import { useText } from '../i18n/use-text.ts';
import { useGlass } from '../parts/use-glass.ts';
import type { Desk } from './desk.ts';
import { Awaited } from './frame/awaited.tsx';
import { IdleLock } from './frame/idle-lock.tsx';
import { Menu } from './frame/menu.tsx';
import { NoticeLine } from './frame/notice.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { PlaceView } from './place-view.tsx';
import { SignIn } from './sign/sign-in.tsx';
import { DeskContext, useDesk, useScanned } from './use-desk.ts';
import { Health } from './work/health.tsx';

/** The operator's page: the bar on top; below it the desk of whoever is signed in, or the sign-in. */
export function DeskPage({ desk }: { readonly desk: Desk }) {
  const format = useGlass(desk.widthMm.value);
  useEffect(() => {
    const goBack = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLInputElement;
      if (event.key === 'Escape' && !isTyping && !document.querySelector('dialog[open]')) desk.back();
    };
    addEventListener('keydown', goBack);
    return () => removeEventListener('keydown', goBack);
  }, [desk]);
  return (
    <DeskContext.Provider value={desk}>
      <div class={`desk ${format}`} data-underway={desk.underway.value}>
        <TopBar />
        <Body />
      </div>
    </DeskContext.Provider>
  );
}

function Body() {
  const t = useText();
  const desk = useDesk();
  const session = desk.state.value?.session ?? null;
  const place = desk.place.value;
  if (desk.isLost.value) return <Alone title={t('lost.main')} help={t('lost.help')} />;
  if (!desk.state.value) return <Alone title={t('waiting.main')} help="" />;
  if (desk.isCovered.value) return <Alone title={t('bar.lock-now')} help="" />;
  if (!session) {
    return (
      <div class="desk-body" key="nobody">
        <Awaited />
        {place.page === 'health' ? (
          <main class="desk-main" data-place="health">
            <Health />
          </main>
        ) : (
          <SignIn />
        )}
      </div>
    );
  }
  return (
    <div class="desk-body signed-in" key={session.staff}>
      <IdleLock idleLockS={session.idleLockS} />
      <Menu />
      <Awaited />
      <ScanGuide />
      <Place />
      <NoticeLine />
    </div>
  );
}

/** The page itself, made anew at every move, scrolled to its top. */
function Place() {
  const place = useDesk().place.value;
  const main = useRef<HTMLElement>(null);
  const key = JSON.stringify(place);
  return (
    <main class="desk-main" ref={main} data-place={place.page} key={key}>
      <PlaceView place={place} />
    </main>
  );
}

/** Somebody's slip, a receipt or a list was held before the scanner: the page follows, unless it is in the middle. */
function ScanGuide() {
  const desk = useDesk();
  useScanned((what: Scanned) => {
    const { page } = desk.place.value;
    const isBusy = page === 'represent' || page === 'visit' || page === 'form' || page === 'team';
    if (what.kind === 'person' && !isBusy) desk.go({ page: 'person', entry: what.entry });
    if (what.kind === 'form' && !isBusy) desk.go({ page: 'form', serial: what.serial });
    if (what.kind === 'receipt' && !isBusy) desk.go({ page: 'verify', verdict: what.verdict });
    if (what.kind === 'orders-part' && page !== 'orders') desk.go({ page: 'orders' });
    if (what.kind === 'unknown') desk.notice.value = { tone: 'refused', words: both('scan.unknown') };
  });
  return null;
}

function Alone({ title, help }: { readonly title: string; readonly help: string }) {
  return (
    <div class="desk-body">
      <main class="desk-main alone" data-place="alone">
        <h1>{title}</h1>
        {help ? <p>{help}</p> : null}
      </main>
    </div>
  );
}
