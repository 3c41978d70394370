import { forgetOrders, importOrders, showOrders } from '../station/orders-tools.ts';
import { dataDirOf } from '../station/paths.ts';
import { type Command, DATA_OPTION, JSON_OPTION, usage } from './command.ts';

export const ordersImportCommand: Command = {
  name: 'orders import',
  usage: 'orders import FILE|FOLDER [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [path, ...rest] = input.positionals;
    if (path === undefined || rest.length > 0) throw usage(this, 'which file, or folder of *.orders?');
    const results = await importOrders(dataDirOf(input.text('data')), path, null);
    if (input.isJson) output.data(JSON.stringify(results));
    else
      for (const { file, taken } of results)
        output.data(
          taken.kind === 'taken'
            ? `${file}\t${taken.order} rev ${taken.rev}\tnew · ใหม่ ${taken.added}, changed · แก้ ${taken.changed}, removed · ออก ${taken.removed}, kept · คงเดิม ${taken.kept}`
            : `${file}\tREFUSED · ไม่รับ: ${taken.code} (${taken.detail})`,
        );
    if (results.some(({ taken }) => taken.kind === 'taken'))
      output.note('A station that is running takes it into use when it starts again. · สถานีที่เปิดอยู่จะใช้เมื่อเปิดใหม่');
    return results.every(({ taken }) => taken.kind === 'taken') ? 0 : 1;
  },
};

export const ordersShowCommand: Command = {
  name: 'orders show',
  usage: 'orders show [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: false,
  async run(input, output) {
    const shown = await showOrders(dataDirOf(input.text('data')), new Date().toISOString().slice(0, 10));
    if (input.isJson) output.data(JSON.stringify(shown));
    else {
      for (const { id, rev, people, validUntil } of shown.lists)
        output.data(`${id} rev ${rev}\t${people} people · คน\tuntil · ถึง ${validUntil.slice(0, 10)}`);
      for (const { code, moo, name, people, left, newCard, served, day } of shown.villages)
        output.data(
          `${code}\t${name} ม.${moo}\tpeople · คน ${people}, left · เหลือ ${left}, new card · ทำบัตร ${newCard}, served · เสร็จ ${served}\t${day ?? ''}`,
        );
      for (const file of shown.broken) output.note(`Broken, not used · ไฟล์เสีย: ${file}`);
      if (shown.lists.length === 0) output.note('No work order is kept. · ยังไม่มีใบงาน');
    }
    return shown.broken.length === 0 ? 0 : 1;
  },
};

export const ordersForgetCommand: Command = {
  name: 'orders forget',
  usage: 'orders forget [ID] [--data DIR] [--json]',
  options: { data: DATA_OPTION, json: JSON_OPTION },
  hasPositionals: true,
  async run(input, output) {
    const [id, ...rest] = input.positionals;
    if (rest.length > 0) throw usage(this, 'one id, or none for all');
    const forgotten = await forgetOrders(dataDirOf(input.text('data')), id);
    if (input.isJson) output.data(JSON.stringify(forgotten));
    else for (const one of forgotten) output.data(one);
    if (forgotten.length === 0) output.note('Nothing was there. · ไม่มีใบงานให้ลบ');
    return id !== undefined && forgotten.length === 0 ? 1 : 0;
  },
};
