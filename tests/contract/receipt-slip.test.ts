import jsqr from 'jsqr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { receiptSlip } from '../../src/paper/documents/receipt-slip.ts';
import { openPress } from '../../src/paper/drivers/press/press.ts';
import { slipPicture } from '../../src/peripherals/printer/drivers/simulated/slip-picture.ts';
import { verifyReceipt } from '../../src/receipt/receipt.ts';
import { ptyCable } from '../fixtures/cables.ts';
import { receiptStation, slipOf, TYPICAL_FACTS } from '../fixtures/paper.ts';
import { printerRig } from '../fixtures/printer-rig.ts';

/** What a phone makes of a picture. */
async function scanned(png: Uint8Array): Promise<string | undefined> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  // The package is CommonJS that names its export `default`.
  const decode = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
  return (decode as unknown as typeof import('jsqr').default)(new Uint8ClampedArray(data), info.width, info.height)
    ?.data;
}

test('from an outcome to paper and back: the QR on the printed slip is a genuine receipt', async () => {
  const { signer, trust } = receiptStation();
  const press = openPress();
  await using rig = await printerRig(ptyCable, { speaks: true, rowsPerSecond: 100_000, memory: 4_096 });
  const { signal } = new AbortController();
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  rig.printer.onChange(() => rig.printer.state === 'ready' && resolve());
  if (rig.printer.state !== 'ready') await ready;
  for (const [facts, url] of [
    [TYPICAL_FACTS[3], 'https://example.org/verify/'],
    [TYPICAL_FACTS[6], null],
  ] as const) {
    if (!facts) throw new Error('no facts');
    const slip = slipOf(facts, signer, url);
    await rig.printer.print(await press.raster(receiptSlip(slip), 576), signal);
    const printed = rig.simulator().slips.at(-1);
    if (!printed) throw new Error('nothing printed');
    const text = await scanned(await slipPicture(printed));
    expect(text).toBe(slip.qrText);
    expect(verifyReceipt(text ?? '', trust, Date.now())).toMatchObject({
      state: 'genuine',
      receipt: { code: facts.code, outcome: facts.outcome, nextStep: facts.nextStep },
    });
  }
});

test('on the narrow paper too', async () => {
  const { signer, trust } = receiptStation();
  const press = openPress();
  for (const facts of TYPICAL_FACTS.slice(5)) {
    const picture = await slipPicture(await press.raster(receiptSlip(slipOf(facts, signer, null)), 384));
    expect(verifyReceipt((await scanned(picture)) ?? '', trust, Date.now()).state, facts.outcome).toBe('genuine');
  }
});
