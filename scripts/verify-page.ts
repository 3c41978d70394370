/**
 * `npm run verify-page [-- --server trust.json] [-- --list receipt-trust.jws] [-- --out FILE]`: puts the page that checks receipts into
 * one file. With a server's trust file the page believes no list that this server has not signed; with a list it needs no other file.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { type Trust, trustSchema } from '../src/contract/trust.ts';
import { OUTCOME_WORDS, VERDICT_WORDS } from '../src/receipt/words.ts';
import { NEXT_STEP_WORDS, REASON_WORDS } from '../src/visit/reasons.ts';

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const source = (name: string) => readFileSync(here(`src/ui/verify/${name}`), 'utf8');
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** The page as one file. @param list signed list of stations to be put into it, or `null` */
export function verifyPage(server: Trust | null, list: string | null): string {
  const script = transpileModule(source('page.ts'), {
    compilerOptions: { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, removeComments: true },
  }).outputText;
  const css = source('page.css');
  const keys = server === null ? [] : trustSchema.parse(server).server.filter(({ kinds }) => kinds.includes('issuers'));
  const data = {
    verdicts: VERDICT_WORDS,
    outcomes: OUTCOME_WORDS,
    reasons: REASON_WORDS,
    steps: NEXT_STEP_WORDS,
    server: keys.map(({ kid, x }) => ({ kid, x })),
    list,
  };
  const csp = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(css)}; connect-src 'self'; base-uri 'none'; form-action 'none'`;
  const parts: Readonly<Record<string, string>> = {
    csp,
    css,
    // Nothing in it may end the element that it stands in.
    data: JSON.stringify(data).replaceAll('<', '\\u003c'),
    script,
  };
  return source('page.template').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => parts[name] ?? '');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { server: { type: 'string' }, list: { type: 'string' }, out: { type: 'string' } },
  });
  const server = values.server === undefined ? null : (JSON.parse(readFileSync(values.server, 'utf8')) as Trust);
  const list = values.list === undefined ? null : readFileSync(values.list, 'utf8').trim();
  const out = values.out ?? here('docs/verify/index.html');
  writeFileSync(out, verifyPage(server, list));
  process.stderr.write(`${out}\n`);
}
