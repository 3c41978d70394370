import { orAbort } from '../shared/wait.ts';
import type { BrokerSession } from './port.ts';

/**
 * The session with never more unacknowledged QoS 1 messages on the way than the broker allows, whoever sends them: mqtt.js
 * does not heed the receive maximum, and a broker may end the connection for one too many (MQTT 5 §3.3.4).
 */
export function limited(session: BrokerSession): BrokerSession {
  let onTheWay = 0;
  const waiting: (() => void)[] = [];
  return {
    get receiveMaximum() {
      return session.receiveMaximum;
    },
    get maximumPacketBytes() {
      return session.maximumPacketBytes;
    },
    ended: session.ended,
    messages: (signal) => session.messages(signal),
    close: (limitMs) => session.close(limitMs),
    async publish(message, signal) {
      if (message.qos === 0) return session.publish(message, signal);
      while (onTheWay >= session.receiveMaximum) {
        const turn = Promise.withResolvers<void>();
        waiting.push(turn.resolve);
        await orAbort(turn.promise, signal);
      }
      onTheWay += 1;
      try {
        return await session.publish(message, signal);
      } finally {
        onTheWay -= 1;
        waiting.shift()?.();
      }
    },
  };
}
