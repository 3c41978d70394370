import { useState } from 'preact/hooks';
import type { Credential, VisitPlace } from '../../../kiosk/desk-protocol.ts';
import type { Representation } from '../../../visit/types.ts';
import { useText } from '../../i18n/use-text.ts';
import { isRefusal } from '../desk.ts';
import { Choices } from '../parts/choices.tsx';
import { Icon } from '../parts/icon.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { WitnessPicker } from '../parts/witness-picker.tsx';
import { Proof } from '../sign/proof.tsx';
import { useDesk } from '../use-desk.ts';
import type { Draft } from './draft.ts';
import { Mandate } from './mandate.tsx';
import { RepresentSummary } from './represent-summary.tsx';
import { Terms } from './terms.tsx';

const RELATIONS = [
  'child',
  'spouse',
  'parent',
  'sibling',
  'relative',
  'caretaker',
  'guardian',
  'village-head',
] as const satisfies readonly Representation['relation'][];
const STEPS = ['relation', 'mandate', 'terms', 'first', 'second', 'summary'] as const;
/** Without paper the last word is an officer's: a badge that was shown counts for a moment only. */
const STEPS_ATTESTED = [...STEPS, 'attest'] as const;

/** One question after the other; then the representative puts their own card in. */
export function Represent({ entry, name }: { readonly entry: string; readonly name: string }) {
  const t = useText();
  const desk = useDesk();
  const [at, setAt] = useState(0);
  const [draft, setDraft] = useState<Draft>({
    relation: null,
    mandate: null,
    scope: ['register'],
    until: null,
    first: null,
    second: null,
  });
  const [place, setPlace] = useState<VisitPlace>('station');
  const steps = draft.mandate === 'attested' ? STEPS_ATTESTED : STEPS;
  const step = steps[at] ?? 'summary';
  const tell = (more: Partial<Draft>) => {
    setDraft({ ...draft, ...more });
    setAt(at + 1);
  };
  const begin = async (where: VisitPlace, credential: Credential | null) => {
    const { relation, mandate, scope, until, first, second } = draft;
    if (!relation || !mandate || !until || !first || !second) return undefined;
    const representation: Representation = { entry, relation, mandate, scope, until, witnesses: [first, second] };
    const said = await desk.tryAsk({ do: 'expect-representative', representation, place: where, credential });
    if (isRefusal(said)) return said;
    desk.start({ page: 'visit', expecting: null, task: 'represent' });
    return undefined;
  };
  const choosePlace = async (where: VisitPlace) => {
    if (draft.mandate === 'paper') {
      const refusal = await begin(where, null);
      if (refusal) desk.notice.value = { tone: 'refused', words: refusal.words };
      return;
    }
    setPlace(where);
    setAt(at + 1);
  };
  const isWitness = (id: string) => draft.first?.staff === id || draft.second?.staff === id;
  const question = step === 'first' || step === 'second' ? t('rep.witness', { n: step === 'first' ? 1 : 2 }) : null;
  const titles = {
    relation: 'rep.relation',
    mandate: 'rep.mandate',
    terms: 'rep.scope',
    summary: 'rep.summary',
    attest: 'rep.attest',
  } as const;
  return (
    <div class="wizard" data-step={step} key={step}>
      <PageHead title={question ?? t(titles[step as keyof typeof titles])}>
        <p class="quiet">
          {t('rep.for', { name })} · {t('rep.step', { n: at + 1, of: steps.length })}
        </p>
      </PageHead>
      {step === 'relation' ? (
        <Choices
          label={t('rep.relation')}
          look="tiles"
          options={RELATIONS}
          chosen={draft.relation}
          onChoose={(relation) => tell({ relation })}
          render={(one) => t(`relation.${one}`)}
        />
      ) : null}
      {step === 'mandate' ? <Mandate entry={entry} onChoose={(mandate) => tell({ mandate })} /> : null}
      {step === 'terms' ? <Terms scope={draft.scope} onChoose={tell} /> : null}
      {step === 'first' ? <WitnessPicker taken={null} onChoose={(first) => tell({ first })} /> : null}
      {step === 'second' ? <WitnessPicker taken={draft.first} onChoose={(second) => tell({ second })} /> : null}
      {step === 'summary' ? <RepresentSummary draft={draft} onBegin={choosePlace} /> : null}
      {step === 'attest' ? (
        <Proof
          first={desk.state.value?.session?.staff ?? null}
          may={({ id, role }) => (role === 'officer' || role === 'chief') && !isWitness(id)}
          onProve={(credential) => begin(place, credential)}
        />
      ) : null}
      {at > 0 ? (
        <p class="page-foot">
          <button type="button" class="second" data-testid="step-back" onClick={() => setAt(at - 1)}>
            <Icon name="back" />
            {t('nav.back')}
          </button>
        </p>
      ) : null}
    </div>
  );
}
