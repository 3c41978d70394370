import type { ComponentChildren } from 'preact';

interface ChoicesProps<Value extends string> {
  readonly label: string;
  readonly options: readonly Value[];
  readonly chosen: Value | null;
  readonly onChoose: (value: Value) => void;
  readonly render: (value: Value) => ComponentChildren;
  /** `chips` run on in a line, `tiles` fill a grid. */
  readonly look: 'chips' | 'tiles';
}

/** One of several, each a button that says whether it is chosen. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, options, chosen, onChoose, render, look } = props;
  return (
    <fieldset class={look}>
      <legend class="sr-only">{label}</legend>
      {options.map((value) => (
        <button
          type="button"
          key={value}
          class="choice"
          aria-pressed={value === chosen}
          data-choice={value}
          onClick={() => onChoose(value)}
        >
          {render(value)}
        </button>
      ))}
    </fieldset>
  );
}
