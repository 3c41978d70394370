interface ChoiceListProps<Id extends string | null> {
  readonly choices: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: string | null;
  /** On the button of a choice, and what stands there once it is chosen. */
  readonly word: string;
  readonly chosenWord: string;
  readonly isOff: boolean;
  /** `data-testid` of each button is `<testId>-<id>`, `<testId>-none` for `null`. */
  readonly testId: string;
  readonly onChoose: (id: Id) => void;
}

/** Names, each with its own button; the chosen one says so in words. */
export function ChoiceList<Id extends string | null>(props: ChoiceListProps<Id>) {
  const { choices, chosen, word, chosenWord, isOff, testId, onChoose } = props;
  return (
    <ul class="choices">
      {choices.map(({ id, label }) => (
        <li key={id} class={id === chosen ? 'chosen' : ''}>
          <button
            type="button"
            disabled={isOff}
            aria-pressed={id === chosen}
            data-testid={`${testId}-${id ?? 'none'}`}
            onClick={() => onChoose(id)}
          >
            <span>{label}</span>
            <span class="choice-word">{id === chosen ? chosenWord : word}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
