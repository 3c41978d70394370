import { Phrase } from '../parts/phrase.tsx';

/** Before the first word from the station: no buttons, for nothing could answer them. */
export function Connecting() {
  return (
    <main class="stage full">
      <div class="words">
        <h1 class="main">
          <Phrase id="connecting.main" />
        </h1>
      </div>
    </main>
  );
}
