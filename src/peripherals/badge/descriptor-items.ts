/** One short item of a report descriptor (HID 1.11 §6.2.2.2). */
export interface DescriptorItem {
  readonly type: 'main' | 'global' | 'local' | 'reserved';
  readonly tag: number;
  /** Data as an unsigned number, 0 when the item has none. */
  readonly value: number;
  /** Bytes of data: 0, 1, 2 or 4. */
  readonly size: number;
}

const TYPES = ['main', 'global', 'local', 'reserved'] as const;
const LONG_ITEM = 0xfe;

/** Takes a descriptor apart; long items are passed over, no device uses them. `undefined` = it ends inside an item. */
export function descriptorItems(descriptor: Uint8Array): readonly DescriptorItem[] | undefined {
  const items: DescriptorItem[] = [];
  let at = 0;
  while (at < descriptor.length) {
    const prefix = descriptor[at] ?? 0;
    if (prefix === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? descriptor.length);
      continue;
    }
    const size = (prefix & 3) === 3 ? 4 : prefix & 3;
    if (at + size >= descriptor.length) return undefined;
    let value = 0;
    for (let i = size; i > 0; i--) value = value * 256 + (descriptor[at + i] ?? 0);
    items.push({ type: TYPES[(prefix >> 2) & 3] ?? 'reserved', tag: prefix >> 4, value, size });
    at += 1 + size;
  }
  return at === descriptor.length ? items : undefined;
}
