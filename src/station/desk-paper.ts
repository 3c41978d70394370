import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer } from '../contract/envelope/keys.ts';
import type { ReceiptTrust } from '../contract/receipt-credential.ts';
import type { Programme } from '../desk/people.ts';
import type { CardHolder, DayReport, DeskPaper, Exported } from '../desk/port.ts';
import type { DeskStatus, ReferralLine } from '../kiosk/desk-protocol.ts';
import type { Receipt } from '../kiosk/protocol.ts';
import type { Doc } from '../paper/blocks.ts';
import { explainSlip, lineFriendSlip } from '../paper/documents/explain-slip.ts';
import { formsPack } from '../paper/documents/forms-pack.ts';
import { type ReceiptSlip, receiptSlip } from '../paper/documents/receipt-slip.ts';
import { referralList, referralListCsv } from '../paper/documents/referral-list.ts';
import type { Press } from '../paper/port.ts';
import type { Printer } from '../peripherals/printer/port.ts';
import { credentialOf, issueReceipt, maskedNumber, type ReceiptFacts, verifyReceipt } from '../receipt/receipt.ts';
import type { BookedVisit } from '../roster/field-book.ts';
import { asFault } from '../shared/fault.ts';
import type { FaultCode } from '../shared/faults.ts';
import { formSerials, sealDayReport } from './papers.ts';
import { findSticks } from './sticks.ts';

export interface DeskPaperOptions {
  readonly station: string;
  readonly signer: Signer;
  readonly press: Press;
  /** `null` = the station never prints. */
  readonly printer: Printer | null;
  readonly verifyUrl: string | null;
  /** Whose receipts are believed. */
  readonly trust: () => ReceiptTrust;
  readonly programme: () => Programme;
  /** Where exports go when no stick is plugged in. */
  readonly exportDir: string;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

/** Longest time for one slip: a long list on slow paper. */
const PRINT_LIMIT_MS = 60_000;

/** Address that adds a LINE account as a friend (LINE URL scheme `line.me/R/ti/p/`). */
export const lineFriend = (account: string) => `https://line.me/R/ti/p/${encodeURIComponent(account)}`;

/** What kept files from a folder: a stick whose write lock is shut, or that is mounted to be read only, is not full. */
export function exportFault(error: unknown, folder: string): FaultCode {
  const { code } = Object(error) as { readonly code?: unknown };
  return asFault(error, code === 'EROFS' ? 'STICK_READ_ONLY' : 'DISK_FULL', folder).code;
}

/** Without the marks where a line may break on the glass. */
const plain = (text: string) => text.replaceAll('|', '');

/** Paper of the desk: receipts, slips and reports, on the printer, on a stick, and checked. */
export class StationPaper implements DeskPaper {
  readonly #options: DeskPaperOptions;
  #issued: { readonly eventId: string; readonly receipt: Receipt } | undefined;

  constructor(options: DeskPaperOptions) {
    this.#options = options;
  }

  printer(): DeskStatus['printer'] {
    const { printer } = this.#options;
    if (!printer || printer.state === 'missing') return 'missing';
    return printer.state === 'ready' ? 'ready' : 'trouble';
  }

  /** The receipt of a visit for the citizen's screen; signed once for each recorded outcome. */
  receipt(visit: BookedVisit, holder: CardHolder | null): Receipt {
    if (this.#issued?.eventId !== visit.eventId) {
      const { signer, verifyUrl } = this.#options;
      const { qrText } = issueReceipt(this.#facts(visit, holder, { role: 'citizen' }), signer, verifyUrl);
      this.#issued = { eventId: visit.eventId, receipt: { code: visit.receipt, qrText } };
    }
    return this.#issued.receipt;
  }

  /** The card has left, and its receipt from memory with it. */
  forget(): void {
    this.#issued = undefined;
  }

  async printReceipt(visit: BookedVisit, holder: CardHolder | null): Promise<FaultCode | undefined> {
    const fault = await this.#print(this.#slip(this.#facts(visit, holder, { role: 'citizen' }), visit));
    if (fault !== undefined || !visit.representation) return fault;
    const { until } = visit.representation;
    return await this.#print(this.#slip(this.#facts(visit, holder, { role: 'representative', until }), visit));
  }

  printSlip(slip: 'explain' | 'line', { name, explain, line }: Programme): Promise<FaultCode | undefined> {
    const at = this.#options.now().toISOString();
    const friend = line === null ? null : { name: line, qrText: lineFriend(line) };
    const pages = explain.map(({ words }) => ({ words: { th: plain(words.th), en: plain(words.en) } }));
    if (slip === 'explain') return this.#print(explainSlip({ name, explain: pages, line: friend }, at));
    return friend ? this.#print(lineFriendSlip(friend, at)) : Promise.resolve(undefined);
  }

  printReferrals(lines: readonly ReferralLine[]): Promise<FaultCode | undefined> {
    return this.#print(referralList(this.#referrals(lines)));
  }

  printDay(report: DayReport): Promise<FaultCode | undefined> {
    return this.#print(this.#day(report).doc);
  }

  hashOfDay(report: DayReport): string {
    return this.#day(report).sha256;
  }

  async exportDay(report: DayReport): Promise<Exported | FaultCode> {
    const { doc, csv, signature } = this.#day(report);
    const name = `day-${this.#options.station}-${report.state.day}`;
    return await this.#export({ [`${name}.pdf`]: doc, [`${name}.csv`]: csv, [`${name}.jws`]: Buffer.from(signature) });
  }

  async exportReferrals(lines: readonly ReferralLine[]): Promise<Exported | FaultCode> {
    const list = this.#referrals(lines);
    const name = `new-cards-${this.#options.station}-${list.at.slice(0, 10)}`;
    // The list names people: it goes to a stick that somebody carries, never in the clear onto the station's own disk.
    if (findSticks().length === 0) return 'STICK_MISSING';
    return await this.#export({ [`${name}.pdf`]: referralList(list), [`${name}.csv`]: referralListCsv(list) });
  }

  async exportForms(from: number, count: number): Promise<Exported | FaultCode> {
    const { station, programme, now } = this.#options;
    const forms = formSerials(station, from, from + count - 1);
    const name = programme().name.th;
    const pack = formsPack({ station, programme: name, at: now().toISOString(), forms, ask: null });
    return await this.#export({ [`forms-${forms.at(0)?.serial}-${forms.at(-1)?.serial}.pdf`]: pack });
  }

  verify(text: string) {
    const { trust, now } = this.#options;
    const { state, receipt } = verifyReceipt(text, trust(), now().getTime());
    return { state, receipt };
  }

  #facts(visit: BookedVisit, holder: CardHolder | null, to: ReceiptFacts['holder']): ReceiptFacts {
    // Of somebody who is represented the station has no number: the card in the reader is the representative's.
    const isHolders = visit.representation === null || to.role === 'representative';
    return {
      station: this.#options.station,
      code: visit.receipt,
      at: visit.at,
      outcome: visit.outcome,
      reason: visit.reason,
      nextStep: visit.nextStep,
      programme: this.#options.programme().id,
      citizenNumber: isHolders ? (holder?.citizenNumber ?? null) : null,
      holder: to,
    };
  }

  #slip(facts: ReceiptFacts, { representation }: BookedVisit): Doc {
    const { signer, verifyUrl, programme } = this.#options;
    const said = credentialOf(facts).credentialSubject;
    const slipHolder: ReceiptSlip['holder'] =
      facts.holder.role === 'representative' && representation
        ? { ...facts.holder, relation: representation.relation, scope: representation.scope }
        : { role: 'citizen', representedBy: representation?.relation ?? null };
    return receiptSlip({
      ...facts,
      holder: slipHolder,
      ask: null,
      programme: programme().name,
      // What the credential says: a citizen is told milder codes than the record has.
      reason: said.reason ?? null,
      maskedNumber: said.number === undefined ? null : maskedNumber(said.number),
      qrText: issueReceipt(facts, signer, verifyUrl).qrText,
    });
  }

  #day({ state, ...report }: DayReport) {
    const { station, programme, signer } = this.#options;
    return sealDayReport({ ...state, ...report, station, programme: programme().name.th }, signer);
  }

  #referrals(lines: readonly ReferralLine[]) {
    return { station: this.#options.station, at: this.#options.now().toISOString(), lines };
  }

  async #print(doc: Doc): Promise<FaultCode | undefined> {
    const { printer, press, signal } = this.#options;
    if (!printer) return 'PRINTER_MISSING';
    try {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(PRINT_LIMIT_MS)]);
      await printer.print(await press.raster(doc, printer.dots), limit);
      return undefined;
    } catch (error) {
      return asFault(error, 'PRINTER_STUCK', printer.name).code;
    }
  }

  async #export(files: Readonly<Record<string, Doc | Uint8Array>>): Promise<Exported | FaultCode> {
    const { press, exportDir } = this.#options;
    const folder = findSticks()[0]?.path ?? exportDir;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // On the stick itself before it is told: it is pulled out right after.
      for (const [name, content] of Object.entries(files))
        writeFileSync(join(folder, name), 'blocks' in content ? await press.pdf(content) : content, {
          mode: 0o600,
          flush: true,
        });
      return { folder, files: Object.keys(files) };
    } catch (error) {
      return exportFault(error, folder);
    }
  }
}
