import { useEffect, useRef, useState } from 'preact/hooks';
import { useText } from '../../i18n/use-text.ts';
import { Icon } from '../parts/icon.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;
const LEAST = 4;
const MOST = 12;

interface PinPadProps {
  readonly isWaiting: boolean;
  readonly onPin: (pin: string) => void;
}

/** Big keys; the digits stay in memory, the page shows only how many there are. A keyboard works as well. */
export function PinPad({ isWaiting, onPin }: PinPadProps) {
  const t = useText();
  const pin = useRef('');
  const [count, setCount] = useState(0);
  const set = (text: string) => {
    pin.current = text.slice(0, MOST);
    setCount(pin.current.length);
  };
  const enter = () => {
    if (isWaiting || pin.current.length < LEAST) return;
    const entered = pin.current;
    set('');
    onPin(entered);
  };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isWaiting) return;
      if (/^\d$/.test(event.key)) set(pin.current + event.key);
      else if (event.key === 'Backspace') set(pin.current.slice(0, -1));
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) enter();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
  return (
    <div class="pin-pad">
      <p class="pin-dots" role="status">
        <span class="sr-only">{t('sign.digits', { n: count })}</span>
        {Array.from({ length: Math.max(count, LEAST) }, (_, i) => (
          <i key={i} class={i < count ? 'set' : ''} />
        ))}
      </p>
      <div class="pin-keys">
        {DIGITS.map((digit) => (
          <button
            type="button"
            key={digit}
            class="key"
            data-key={digit}
            disabled={isWaiting}
            aria-label={t('sign.digit', { n: digit })}
            onClick={() => set(pin.current + digit)}
          >
            {digit}
          </button>
        ))}
        <button type="button" class="key" data-key="erase" aria-label={t('sign.erase')} onClick={() => set('')}>
          <Icon name="erase" />
        </button>
        <button type="button" class="key ok" data-key="ok" disabled={isWaiting || count < LEAST} onClick={enter}>
          {t('sign.ok')}
        </button>
      </div>
    </div>
  );
}
