import { PaperForm } from './form/paper-form.tsx';
import { Person } from './people/person.tsx';
import { Today } from './people/today.tsx';
import { Village } from './people/village.tsx';
import { WalkIn } from './people/walk-in.tsx';
import type { Place } from './place.ts';
import { useDesk } from './use-desk.ts';
import { Represent } from './visit/represent.tsx';
import { VisitPage } from './visit/visit-page.tsx';
import { BatchDay } from './work/batch-day.tsx';
import { Day } from './work/day.tsx';
import { Health } from './work/health.tsx';
import { More } from './work/more.tsx';
import { Orders } from './work/orders.tsx';
import { ReferNeeds } from './work/refer-needs.tsx';
import { Referrals } from './work/referrals.tsx';
import { Team } from './work/team.tsx';
import { Verify } from './work/verify.tsx';

export function PlaceView({ place }: { readonly place: Place }) {
  const desk = useDesk();
  // A technician begins with the devices: there is no list of people for them.
  if (place.page === 'today' && !desk.has('visits') && !desk.has('decide')) return <Health />;
  switch (place.page) {
    case 'today':
      return <Today />;
    case 'village':
      return <Village code={place.village} />;
    case 'person':
      return <Person entry={place.entry} />;
    case 'walk-in':
      return <WalkIn name={place.name} />;
    case 'visit':
      return <VisitPage expecting={place.expecting} task={place.task} />;
    case 'represent':
      return <Represent entry={place.entry} name={place.name} />;
    case 'referrals':
      return <Referrals />;
    case 'batch':
      return <BatchDay />;
    case 'refer':
      return <ReferNeeds visitId={place.visitId} name={place.name} needs={place.needs} />;
    case 'day':
      return <Day key={place.day} day={place.day} />;
    case 'form':
      return <PaperForm serial={place.serial} />;
    case 'more':
      return <More />;
    case 'team':
      return <Team />;
    case 'orders':
      return <Orders />;
    case 'verify':
      return <Verify scanned={place.verdict} />;
    case 'health':
      return <Health />;
  }
}
