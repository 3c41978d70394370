import { OUTCOME_WORDS } from '../../receipt/words.ts';
import { NEXT_STEP_WORDS, REASON_WORDS, type Words } from '../../visit/reasons.ts';
import type { NextStepId, OutcomeKind, Relation, Representation } from '../../visit/types.ts';
import type { Block, Doc, Fact } from '../blocks.ts';
import { dayText, timeText } from '../dates.ts';
import { RELATION_WORDS, SCOPE_WORDS } from '../words.ts';

/** What stands on a receipt; nothing here names anybody. */
export interface ReceiptSlip {
  readonly station: string;
  readonly programme: Words | null;
  readonly code: string;
  /** RFC 3339. */
  readonly at: string;
  readonly outcome: OutcomeKind;
  /** As the receipt's credential has it (a citizen is told milder codes than the record). */
  readonly reason: string | null;
  readonly nextStep: { readonly id: NextStepId; readonly where: string | null; readonly due: string | null };
  readonly maskedNumber: string | null;
  /** Signed credential, or the address with it. */
  readonly qrText: string;
  /** Whom to ask, e.g. the office's telephone; `null` = not known. */
  readonly ask: string | null;
  readonly holder:
    | { readonly role: 'citizen'; readonly representedBy: Relation | null }
    | {
        readonly role: 'representative';
        readonly relation: Relation;
        readonly scope: Representation['scope'];
        readonly until: string;
      };
}

/** The slip of one outcome, for the citizen or for who stands for them. */
export function receiptSlip(slip: ReceiptSlip): Doc {
  const { code, at, outcome, nextStep, holder } = slip;
  const isCitizens = holder.role === 'citizen';
  const step = NEXT_STEP_WORDS[nextStep.id];
  return {
    title: `Receipt ${code}`,
    at,
    foot: null,
    blocks: [
      {
        kind: 'heading',
        level: 1,
        words: isCitizens ? { th: 'ใบรับบริการ', en: 'Receipt' } : { th: 'ใบรับของผู้แทน', en: "Representative's receipt" },
      },
      ...(slip.programme ? [{ kind: 'words', words: slip.programme, isLarge: false } as const] : []),
      { kind: 'text', text: code, style: 'large', align: 'centre' },
      { kind: 'rule', style: 'solid' },
      { kind: 'heading', level: 2, words: OUTCOME_WORDS[outcome] },
      { kind: 'facts', rows: factsOf(slip) },
      { kind: 'rule', style: 'solid' },
      { kind: 'words', words: step, isLarge: true },
      ...placeOf(nextStep),
      {
        kind: 'qr',
        text: slip.qrText,
        caption: { th: 'สแกนเพื่อตรวจใบรับนี้', en: 'Scan to check this receipt' },
        mostMm: 72,
      },
      ...(slip.ask === null
        ? []
        : [{ kind: 'words', words: { th: `สอบถาม ${slip.ask}`, en: 'Ask us' }, isLarge: false } as const]),
      { kind: 'words', words: { th: 'โปรดเก็บใบนี้ไว้', en: 'Please keep this slip' }, isLarge: false },
      { kind: 'space', mm: 4 },
    ],
  };
}

function factsOf({ at, station, maskedNumber, reason, holder }: ReceiptSlip): readonly Fact[] {
  const rows: Fact[] = [{ label: { th: 'วันที่', en: 'Date' }, value: lines(dayText(at), timeText(at)) }];
  const known =
    reason !== null && Object.hasOwn(REASON_WORDS, reason) ? REASON_WORDS[reason as keyof typeof REASON_WORDS] : null;
  if (known) rows.push({ label: { th: 'เรื่อง', en: 'About' }, value: both(known) });
  if (maskedNumber !== null) rows.push({ label: { th: 'เลขประจำตัว', en: 'Citizen number' }, value: maskedNumber });
  if (holder.role === 'citizen' && holder.representedBy !== null)
    rows.push({ label: { th: 'ผู้แทน', en: 'Representative' }, value: both(RELATION_WORDS[holder.representedBy]) });
  if (holder.role === 'representative') {
    rows.push({ label: { th: 'ทำแทนในฐานะ', en: 'Acts as' }, value: both(RELATION_WORDS[holder.relation]) });
    rows.push({
      label: { th: 'ทำได้', en: 'May' },
      value: holder.scope.map((one) => both(SCOPE_WORDS[one])).join('\n'),
    });
    rows.push({ label: { th: 'ถึงวันที่', en: 'Until' }, value: lines(dayText(holder.until), '') });
  }
  rows.push({ label: { th: 'สถานี', en: 'Station' }, value: station });
  return rows;
}

function placeOf({ where, due }: ReceiptSlip['nextStep']): readonly Block[] {
  const rows: Fact[] = [];
  if (where !== null) rows.push({ label: { th: 'ที่ไหน', en: 'Where' }, value: where });
  if (due !== null) rows.push({ label: { th: 'ภายในวันที่', en: 'By' }, value: lines(dayText(due), '') });
  return rows.length === 0 ? [] : [{ kind: 'facts', rows }];
}

const both = ({ th, en }: Words) => `${th}\n${en}`;

/** A day in both languages, a line each, the time behind the first. */
function lines(day: string, time: string): string {
  const [th = '', en = ''] = day.split(' · ');
  return `${th} ${time}`.trim() + (en === '' ? '' : `\n${en}`);
}
