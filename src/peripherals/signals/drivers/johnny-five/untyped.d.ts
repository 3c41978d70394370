/** The parts of two packages without types that this driver uses. */
declare module 'firmata-io' {
  import type { EventEmitter } from 'node:events';

  interface Transport extends EventEmitter {
    write(bytes: Uint8Array, done: () => void): void;
  }
  class Firmata extends EventEmitter {
    constructor(transport: Transport, options: { readonly reportVersionTimeout: number });
    readonly isReady: boolean;
    readonly firmware: { readonly name?: string };
    reportVersion(done: () => void): void;
    queryFirmware(done: () => void): void;
    sysexCommand(message: readonly number[]): void;
    reset(): void;
  }
  const packageExports: { readonly Firmata: typeof Firmata };
  export default packageExports;
}

declare module 'johnny-five' {
  import type { EventEmitter } from 'node:events';

  class Board extends EventEmitter {
    static readonly cache: Board[];
    constructor(options: {
      readonly io: object;
      readonly repl: false;
      readonly debug: false;
      readonly sigint: false;
      readonly timeout: number;
    });
  }
  class Led {
    constructor(options: { readonly pin: number; readonly board: Board });
    on(): void;
    off(): void;
    brightness(level: number): void;
  }
  class Button extends EventEmitter {
    constructor(options: { readonly pin: number; readonly board: Board; readonly invert: boolean });
    readonly upValue: 0 | 1;
  }
  const packageExports: {
    readonly Board: typeof Board;
    readonly Led: typeof Led;
    readonly Button: typeof Button;
  };
  export default packageExports;
}
