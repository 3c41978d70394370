// The page that checks receipts: one file without imports, put into `docs/verify/index.html` by `npm run verify-page`. It is written
// apart from `src/contract` on purpose: two readers that agree prove more than one that is used twice.

interface Both {
  readonly th: string;
  readonly en: string;
}
type Table = Readonly<Record<string, Both>>;
interface Issuer {
  readonly station: string;
  readonly kid: string;
  readonly jwk: { readonly kty: string; readonly crv: string; readonly x: string };
  readonly refusedFrom: string | null;
}
interface List {
  readonly issuers: readonly Issuer[];
  readonly at: string;
}
interface PageData {
  readonly verdicts: Table;
  readonly outcomes: Table;
  readonly reasons: Table;
  readonly steps: Table;
  /** Keys of the server that may sign the list; none = the list is believed as much as the place that this page came from. */
  readonly server: readonly { readonly kid: string; readonly x: string }[];
  /** A list that was put into the page, or `null`. */
  readonly list: string | null;
}
type State = 'genuine' | 'changed' | 'unknown-issuer' | 'not-a-receipt';
interface Said {
  readonly issuer: string;
  readonly validFrom: string;
  readonly credentialSubject: Readonly<Record<string, string>>;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

(() => {
  const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;
  const URN = 'urn:thuengban:station:';
  const data = JSON.parse(element('data').textContent ?? '') as PageData;
  let list: List | null = null;

  function element(id: string): HTMLElement {
    const found = document.getElementById(id);
    if (!found) throw new Error(id);
    return found;
  }

  /** One spelling only, as everywhere in this protocol. */
  function decoded(text: string): Uint8Array<ArrayBuffer> | null {
    try {
      const raw = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
      const again = btoa(raw).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
      return again === text ? Uint8Array.from(raw, (char) => char.charCodeAt(0)) : null;
    } catch {
      return null;
    }
  }

  function json(text: string): unknown {
    const bytes = decoded(text);
    try {
      return bytes === null ? null : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    } catch {
      return null;
    }
  }

  async function holds(x: string, signed: string, signature: string): Promise<boolean> {
    const bytes = decoded(signature);
    if (!bytes) return false;
    const key = await crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, bytes, new TextEncoder().encode(signed));
  }

  async function verify(text: string): Promise<{ readonly state: State; readonly said: Said | null }> {
    const trimmed = text.trim();
    const credential = trimmed.slice(trimmed.lastIndexOf('#') + 1);
    const [, head = '', body = '', mark = ''] =
      (credential.endsWith('~') && COMPACT.exec(credential.slice(0, -1))) || [];
    const header = json(head) as { alg?: string; typ?: string; kid?: string } | null;
    const isOurs = header?.alg === 'EdDSA' && header.typ === 'vc+sd-jwt' && Object.keys(header).length === 3;
    if (!isOurs || !decoded(body) || !decoded(mark)) return { state: 'not-a-receipt', said: null };
    const issuer = list?.issuers.find(({ kid }) => kid === header.kid);
    if (!issuer) return { state: 'unknown-issuer', said: null };
    if (!(await holds(issuer.jwk.x, `${head}.${body}`, mark))) return { state: 'changed', said: null };
    if (issuer.refusedFrom !== null && Date.now() >= Date.parse(issuer.refusedFrom))
      return { state: 'unknown-issuer', said: null };
    const said = json(body) as (Said & { readonly type?: unknown }) | null;
    if (!said?.credentialSubject || JSON.stringify(said.type) !== '["VerifiableCredential","VisitReceipt"]')
      return { state: 'not-a-receipt', said: null };
    if (said.issuer !== URN + issuer.station) return { state: 'changed', said: null };
    return { state: 'genuine', said };
  }

  function show(state: State, said: Said | null): void {
    const box = element('verdict');
    const words = data.verdicts[state];
    box.hidden = false;
    box.dataset['state'] = state;
    const [title, english, rows] = [box.querySelector('h2'), box.querySelector('p'), box.querySelector('dl')];
    if (!title || !english || !rows) return;
    title.textContent = words?.th ?? state;
    english.textContent = words?.en ?? '';
    rows.replaceChildren();
    if (!said) return;
    const one = said.credentialSubject;
    const plain = (text: string | undefined) => (text === undefined ? undefined : { th: text, en: '' });
    const known = (table: Table, code: string | undefined) =>
      code === undefined ? undefined : (table[code] ?? plain(code));
    row(rows, 'เลขที่ใบรับ · Receipt', plain(one['receipt']));
    row(rows, 'ผล · Outcome', known(data.outcomes, one['outcome']));
    row(rows, 'เรื่อง · About', known(data.reasons, one['reason']));
    row(rows, 'ขั้นต่อไป · Next', known(data.steps, one['next']));
    row(rows, 'ที่ไหน · Where', plain(one['where']));
    row(rows, 'ภายในวันที่ · By', dayOf(one['due']));
    row(rows, 'วันที่ · Date', dayOf(said.validFrom));
    row(rows, 'สถานี · Station', plain(said.issuer.slice(URN.length)));
    row(rows, 'โครงการ · Programme', plain(one['programme']));
    row(rows, 'เลขประจำตัว · Citizen number', plain(masked(one['number'])));
    row(rows, 'ผู้แทนถึงวันที่ · Representative until', dayOf(one['until']));
  }

  function row(rows: HTMLElement, label: string, value: Both | undefined): void {
    if (value === undefined) return;
    const [term, said] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = label;
    said.textContent = value.th;
    if (value.en !== '') {
      const english = document.createElement('span');
      english.lang = 'en';
      english.textContent = value.en;
      said.append(english);
    }
    rows.append(term, said);
  }

  function masked(last: string | undefined): string | undefined {
    return last === undefined ? undefined : `•-••••-••••${last[0]}-${last.slice(1, 3)}-${last[3]}`;
  }

  function dayOf(text: string | undefined): Both | undefined {
    if (text === undefined) return undefined;
    const date = new Date(text.length === 10 ? `${text}T12:00:00+07:00` : text);
    const told = (locale: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'Asia/Bangkok' }).format(date);
    return { th: told('th-TH-u-ca-buddhist'), en: told('en-GB') };
  }

  async function takeList(jws: string): Promise<void> {
    const [, head = '', body = '', mark = ''] = COMPACT.exec(jws.trim()) ?? [];
    const header = json(head) as { typ?: string; kid?: string } | null;
    const said = json(body) as List | null;
    const isList = header?.typ === 'thuengban-issuers.v1' && Array.isArray(said?.issuers);
    const server = data.server.find(({ kid }) => kid === header?.kid);
    const isSigned =
      data.server.length === 0 || (server !== undefined && (await holds(server.x, `${head}.${body}`, mark)));
    if (!isList || !isSigned || !said) return tell('รายชื่อสถานีใช้ไม่ได้ · This list of stations is not a good one');
    list = said;
    const day = dayOf(said.at);
    const how =
      data.server.length === 0
        ? 'ไม่ได้ตรวจลายมือชื่อรายชื่อ · signature of the list not checked'
        : 'รายชื่อลงลายมือชื่อแล้ว · list is signed';
    tell(`รายชื่อ ${said.issuers.length} กุญแจ ณ ${day?.th} · ${said.issuers.length} keys as of ${day?.en} · ${how}`);
  }

  function tell(text: string): void {
    element('list').textContent = text;
  }

  async function check(text: string): Promise<void> {
    if (text.trim() === '') return;
    (element('text') as HTMLTextAreaElement).value = text.trim();
    try {
      const { state, said } = await verify(text);
      show(state, said);
    } catch {
      tell('เบราว์เซอร์นี้เก่าเกินไป · This browser is too old: it has no Ed25519');
    }
  }

  async function scan(detector: Detector): Promise<void> {
    const video = element('video') as HTMLVideoElement;
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      const [code] = await detector.detect(video);
      if (code) {
        await check(code.rawValue);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    for (const track of stream.getTracks()) track.stop();
    video.hidden = true;
  }

  async function start(): Promise<void> {
    const { BarcodeDetector } = window as unknown as { BarcodeDetector?: new (options: unknown) => Detector };
    if (BarcodeDetector && navigator.mediaDevices) {
      const button = element('camera');
      button.hidden = false;
      button.addEventListener('click', () => {
        scan(new BarcodeDetector({ formats: ['qr_code'] })).catch(() => tell('ใช้กล้องไม่ได้ · The camera cannot be used'));
      });
    }
    const fromAddress = () => check(decodeURIComponent(location.hash.slice(1)));
    element('check').addEventListener('click', () => void check((element('text') as HTMLTextAreaElement).value));
    element('file').addEventListener('change', async (event) => {
      const file = (event.target as HTMLInputElement).files?.[0];
      if (!file) return;
      await takeList(await file.text());
      await check((element('text') as HTMLTextAreaElement).value);
    });
    window.addEventListener('hashchange', () => void fromAddress());
    tell('ยังไม่มีรายชื่อสถานี · No list of stations yet');
    if (data.list !== null) await takeList(data.list);
    else if (location.protocol !== 'file:')
      await fetch('receipt-trust.jws', { cache: 'no-cache' })
        .then(async (answer) => (answer.ok ? await takeList(await answer.text()) : undefined))
        .catch(() => undefined);
    await fromAddress();
    document.body.dataset['ready'] = 'yes';
  }

  void start();
})();
