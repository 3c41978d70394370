import { expectTypeOf, test } from 'vitest';
import type { WorkOrder } from '../contract/orders.ts';
import type * as desk from '../kiosk/desk-protocol.ts';
import type * as lines from '../roster/lines.ts';
import type { Order } from '../roster/order.ts';

test('what the roster answers has the shapes that staff are shown, and an order is what the contract says', () => {
  expectTypeOf<lines.EntryLine>().toExtend<desk.EntryLine>();
  expectTypeOf<lines.PersonDetail>().toExtend<desk.PersonDetail>();
  expectTypeOf<lines.Overview>().toExtend<desk.Overview>();
  expectTypeOf<lines.ReferralLine>().toExtend<desk.ReferralLine>();
  expectTypeOf<lines.RepresentationLine>().toExtend<desk.RepresentationLine>();
  expectTypeOf<lines.DayFigures['villages']>().toExtend<desk.DayState['villages']>();
  expectTypeOf<lines.DayCounts>().toExtend<Omit<desk.DayCounts, 'settled'>>();
  expectTypeOf<WorkOrder>().toExtend<Order>();
});
