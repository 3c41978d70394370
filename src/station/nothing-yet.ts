import type { DeskCamera, DeskOrders, DeskPaper } from '../desk/port.ts';

export function nothingYet(): { paper: DeskPaper; orders: DeskOrders; camera: DeskCamera } {
  const no = async () => 'INTERNAL' as const;
  return {
    paper: {
      printer: () => 'missing',
      printReceipt: no,
      printSlip: no,
      printReferrals: no,
      printDay: no,
      hashOfDay: () => '0'.repeat(64),
      exportDay: no,
      exportReferrals: no,
      exportForms: no,
      verify: () => ({ state: 'not-a-receipt', receipt: null }),
    },
    orders: { sticks: async () => [], importFile: no },
    camera: { photograph: async () => undefined },
  };
}
