import { MainLine } from '../parts/main-line.tsx';

/** Before the first word from the station: no buttons, for nothing could answer them. */
export function Connecting() {
  return (
    <main class="stage full">
      <div class="words">
        <MainLine id="connecting.main" />
      </div>
    </main>
  );
}
