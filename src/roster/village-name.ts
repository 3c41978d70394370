import type { OrderVillage } from './order.ts';

/** Written out, with a dot, or left out by whoever keeps the list. */
const TAMBON = /^(ตำบล|ต\.)\s*(?=\S)/;

/** A village so that no other is meant: names repeat from tambon to tambon, e.g. `หมู่ 3 บ้านดอนกลาง ต.ตัวอย่าง`. */
export function fullVillageName({
  code,
  moo,
  name,
  tambon,
}: Pick<OrderVillage, 'code' | 'moo' | 'name'> & { readonly tambon: string }): string {
  // Nobody has told the name: the code alone says which one it is.
  if (name === code) return code;
  return `${moo > 0 ? `หมู่ ${moo} ` : ''}${name} ต.${tambon.replace(TAMBON, '')}`;
}
