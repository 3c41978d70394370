import { join } from 'node:path';
import { z } from 'zod';
import { KeptFile } from '../config/kept-file.ts';
import { type Reader, readServerWord } from '../contract/envelope/server-word.ts';
import type { WantedFile } from './fetch-orders.ts';

const kept = z.object({ signed: z.string() });

/** Files that the newest believed pointer names, as the link has kept it; none without one. */
export function wantedOrders(dataDir: string, reader: Reader): readonly WantedFile[] {
  const file = new KeptFile(join(dataDir, 'link', 'orders.json'), kept).read();
  const read = file && readServerWord('orders', Buffer.from(file.signed), reader);
  if (read?.kind !== 'believed') return [];
  const { sha256, size, more = [] } = read.statement;
  return [{ sha256, size }, ...more];
}
