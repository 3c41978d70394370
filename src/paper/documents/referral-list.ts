import { REASON_WORDS, type Words } from '../../visit/reasons.ts';
import type { ReferralReason } from '../../visit/types.ts';
import type { Block, Doc } from '../blocks.ts';
import { csvOf } from '../csv.ts';
import { dayText } from '../dates.ts';
import { TRANSPORT_WORDS } from '../words.ts';

/** One person to be brought, or to be visited by the district office. For staff: it names people. */
export interface Pickup {
  readonly name: string;
  readonly village: string;
  readonly villageName: string;
  readonly reason: { readonly code: ReferralReason; readonly words: Words };
  readonly transport: keyof typeof TRANSPORT_WORDS;
  readonly bedsideReissue: boolean;
  readonly contact: string | null;
  readonly appointment: string | null;
}

export interface ReferralList {
  readonly station: string;
  /** RFC 3339. */
  readonly at: string;
  readonly lines: readonly Pickup[];
}

/** Who needs a new card, by village, with everything that one trip has to settle; a village stays on one sheet where it can. */
export function referralList({ station, at, lines }: ReferralList): Doc {
  const villages = Map.groupBy(lines, ({ village }) => village);
  const rides = lines.filter(({ transport }) => transport === 'needs-ride').length;
  const bedside = lines.filter(({ bedsideReissue }) => bedsideReissue).length;
  const blocks: Block[] = [
    { kind: 'heading', level: 1, words: { th: 'บัญชีรับส่งทำบัตร', en: 'Pick-up list for new cards' } },
    {
      kind: 'facts',
      rows: [
        { label: { th: 'วันที่', en: 'Date' }, value: dayText(at).replace(' · ', '\n') },
        { label: { th: 'จำนวน', en: 'People' }, value: String(lines.length) },
        { label: { th: 'ขอรถ / ทำที่บ้าน', en: 'Rides / at home' }, value: `${rides} / ${bedside}` },
      ],
    },
  ];
  for (const people of villages.values()) {
    const [first] = people;
    blocks.push({ kind: 'heading', level: 2, words: { th: first?.villageName ?? '', en: `${people.length} people` } });
    blocks.push({
      kind: 'table',
      columns: [
        { head: { th: 'ชื่อ', en: 'Name' }, share: 3, align: 'left' },
        { head: { th: 'เรื่อง', en: 'About' }, share: 2.2, align: 'left' },
        { head: { th: 'เดินทาง', en: 'Travel' }, share: 2, align: 'left' },
        { head: { th: 'ติดต่อ · นัด', en: 'Contact · date' }, share: 2.8, align: 'left' },
      ],
      rows: people.map((one) => [
        one.name,
        one.reason.words.th,
        one.bedsideReissue ? 'ทำบัตรที่บ้าน · at home' : TRANSPORT_WORDS[one.transport].th,
        [one.contact, one.appointment === null ? null : dayText(one.appointment).split(' · ')[0]]
          .filter((part) => part !== null && part !== undefined)
          .join('\n'),
      ]),
      isWhole: true,
    });
  }
  blocks.push({ kind: 'space', mm: 4 });
  return {
    title: `Referrals ${station}`,
    at,
    foot: `${station} · ${at.slice(0, 10)} · เอกสารภายใน มีข้อมูลส่วนบุคคล`,
    blocks,
  };
}

/** The same as a table for spreadsheets. It names people: it goes to the district office and nowhere else. */
export function referralListCsv({ lines }: ReferralList): Uint8Array {
  return csvOf([
    [
      'รหัสหมู่บ้าน village',
      'หมู่บ้าน',
      'ชื่อ name',
      'เรื่อง reason',
      '',
      'เดินทาง transport',
      'ทำที่บ้าน at home',
      'ติดต่อ contact',
      'นัด date',
    ],
    ...lines.map((one) => [
      one.village,
      one.villageName,
      one.name,
      one.reason.code,
      REASON_WORDS[one.reason.code].th,
      TRANSPORT_WORDS[one.transport].th,
      one.bedsideReissue ? 'yes' : 'no',
      one.contact ?? '',
      one.appointment ?? '',
    ]),
  ]);
}
