import type { MessageKey } from '../i18n/th.ts';
import { Phrase } from './phrase.tsx';

interface NoticeLineProps {
  /** The whole sentence, which is always what is heard. */
  readonly say: MessageKey;
  /** Fewer words in its place, where large letters leave no room. */
  readonly show: MessageKey | null;
  readonly mark: preact.JSX.Element;
}

export function NoticeLine({ say, show, mark }: NoticeLineProps) {
  return (
    <li data-say={say}>
      {mark}
      <span>
        <Phrase id={show ?? say} />
      </span>
    </li>
  );
}
