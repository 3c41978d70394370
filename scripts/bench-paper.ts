/**
 * `npm run bench:paper [-- --json]`: what receipts weigh and how dense their QR codes are, as SD-JWT and, to compare, as COSE_Sign1; how
 * fast they are checked; how long slips, reports and forms take.
 */
import { sign } from 'node:crypto';
import { parseArgs } from 'node:util';
import { encode } from 'uqr';
import { dayReport } from '../src/paper/documents/day-report.ts';
import { formsPack } from '../src/paper/documents/forms-pack.ts';
import { receiptSlip } from '../src/paper/documents/receipt-slip.ts';
import { openPress } from '../src/paper/drivers/press/press.ts';
import { credentialOf, issueReceipt, verifyReceipt } from '../src/receipt/receipt.ts';
import { sealDayReport } from '../src/station/papers.ts';
import { dayOf, formsOf, receiptStation, slipOf, TYPICAL_FACTS } from '../tests/fixtures/paper.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
const { signer, trust } = receiptStation();
const URL_LENGTH = 'https://tb.example.go.th/r/';

/** Head of a CBOR item (RFC 8949, 3). */
function head(major: number, length: number): Uint8Array {
  if (length < 24) return Uint8Array.of((major << 5) | length);
  if (length < 256) return Uint8Array.of((major << 5) | 24, length);
  return Uint8Array.of((major << 5) | 25, length >> 8, length & 0xff);
}
const bytesOf = (bytes: Uint8Array) => Buffer.concat([head(2, bytes.length), bytes]);
const textOf = (text: string) => Buffer.concat([head(3, Buffer.byteLength(text)), Buffer.from(text)]);

/** The same credential as COSE_Sign1 (RFC 9052), its key named by 8 bytes. */
function coseOf(payload: Uint8Array): Uint8Array {
  // {1: -8 (EdDSA), 16: "application/vc+cose", 4: kid}
  const header = Buffer.concat([
    Uint8Array.of(0xa3, 0x01, 0x27, 0x10),
    textOf('application/vc+cose'),
    Uint8Array.of(0x04),
    bytesOf(Buffer.from(signer.kid, 'base64url').subarray(0, 8)),
  ]);
  const toSign = Buffer.concat([
    Uint8Array.of(0x84),
    textOf('Signature1'),
    bytesOf(header),
    bytesOf(new Uint8Array()),
    bytesOf(payload),
  ]);
  const signature = sign(null, toSign, signer.key);
  return Buffer.concat([
    Uint8Array.of(0xd2, 0x84),
    bytesOf(header),
    Uint8Array.of(0xa0),
    bytesOf(payload),
    bytesOf(signature),
  ]);
}

/** Base 45 (RFC 9285), which QR codes hold in their dense alphanumeric mode. */
function base45(bytes: Uint8Array): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const two = i + 1 < bytes.length;
    let value = two ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
    for (let k = 0; k < (two ? 3 : 2); k++, value = Math.floor(value / 45)) text += digits[value % 45];
  }
  return text;
}

const versionOf = (data: string | number[]) => encode(data, { ecc: 'L', border: 0, boostEcc: false }).version;

async function msOf(times: number, work: () => unknown): Promise<number> {
  await work();
  const started = performance.now();
  for (let i = 0; i < times; i++) await work();
  return (performance.now() - started) / times;
}

const receipts = TYPICAL_FACTS.map((facts) => {
  const { credential } = issueReceipt(facts, signer, null);
  const payload = Buffer.from(JSON.stringify(credentialOf(facts)));
  const cose = coseOf(payload);
  return {
    outcome: facts.holder.role === 'citizen' ? facts.outcome : 'represented, representative',
    json: payload.length,
    bytes: credential.length,
    version: versionOf(credential),
    versionWithUrl: versionOf(`${URL_LENGTH}#${credential}`),
    coseBytes: cose.length,
    coseBase45Version: versionOf(base45(cose)),
    coseUrlVersion: versionOf(`${URL_LENGTH}#${Buffer.from(cose).toString('base64url')}`),
  };
});
const press = openPress();
const typical = TYPICAL_FACTS[3];
if (!typical) throw new Error('no facts');
const { credential } = issueReceipt(typical, signer, null);
const slip = receiptSlip(slipOf(typical, signer, URL_LENGTH));
const report = sealDayReport(dayOf(85), signer);
const reportPdf = await press.pdf(report.doc);
const pack = formsPack(formsOf(50));
const packPdf = await press.pdf(pack);
const perSecond = (ms: number) => Math.round(1_000 / ms);
const figures = {
  receipts,
  signPerSecond: perSecond(await msOf(500, () => issueReceipt(typical, signer, null))),
  verifyPerSecond: perSecond(await msOf(1_000, () => verifyReceipt(credential, trust, Date.now()))),
  slip576Ms: await msOf(10, () => press.raster(slip, 576)),
  slip384Ms: await msOf(10, () => press.raster(slip, 384)),
  slipRows: (await press.raster(slip, 576)).height,
  firstSlipMs: await msOf(1, () => openPress().raster(slip, 576)),
  dayReportPdfMs: await msOf(3, () =>
    press.pdf(dayReport(dayOf(85), { sha256: report.sha256, qrText: report.signature })),
  ),
  dayReportPdfBytes: reportPdf.length,
  dayReportRasterMs: await msOf(2, () => press.raster(report.doc, 576)),
  forms50PdfMs: await msOf(1, () => press.pdf(pack)),
  forms50PdfBytes: packPdf.length,
};
if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
else {
  const { receipts: rows, ...rest } = figures;
  for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`);
  for (const [name, value] of Object.entries(rest))
    process.stdout.write(`${name.padEnd(20)}${Math.round(value * 10) / 10}\n`);
}
