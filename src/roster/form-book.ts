/** Numbered paper forms of the station: printed, entered, spoilt. Serials of other stations may be among the entered ones. */
export class FormBook {
  readonly #issued: { readonly eventId: string; readonly from: number; readonly upto: number; readonly day: string }[] =
    [];
  readonly #entered = new Set<string>();
  readonly #spoilt = new Set<string>();

  /** @param day on which these numbers were printed, `YYYY-MM-DD` */
  issue(eventId: string, { from, upto }: { readonly from: number; readonly upto: number }, day: string): void {
    this.#issued.push({ eventId, from, upto, day });
  }

  /** Events by which numbers were given out: whoever forgets them gives the same numbers out again. */
  issuings(): readonly string[] {
    return this.#issued.map(({ eventId }) => eventId);
  }

  enter(serial: string): void {
    this.#entered.add(serial);
  }

  spoil(serial: string): void {
    this.#spoilt.add(serial);
  }

  /** Day on which a number was first printed; `undefined` = it never was, as far as is remembered. */
  dayOf(number: number): string | undefined {
    const days = this.#issued.filter(({ from, upto }) => from <= number && number <= upto).map(({ day }) => day);
    return days.sort()[0];
  }

  /** The last number that was printed, 0 = none. */
  last(): number {
    return Math.max(0, ...this.#issued.map(({ upto }) => upto));
  }

  isEntered(serial: string): boolean {
    return this.#entered.has(serial);
  }

  isSpoilt(serial: string): boolean {
    return this.#spoilt.has(serial);
  }

  /**
   * How many there are of each. Every number that was printed is entered, spoilt or left.
   * @param isOwn whether a serial is one of this station's
   */
  counts(isOwn: (serial: string) => boolean) {
    let [issued, end] = [0, 0];
    for (const { from, upto } of this.#issued.toSorted((a, b) => a.from - b.from)) {
      issued += Math.max(0, upto - Math.max(from, end + 1) + 1);
      end = Math.max(end, upto);
    }
    const own = [...this.#entered].filter(isOwn).length;
    // A form that was entered counts as that, whatever was told of it as well.
    const spoilt = [...this.#spoilt].filter((serial) => isOwn(serial) && !this.#entered.has(serial)).length;
    return {
      issued,
      entered: own,
      spoilt,
      left: Math.max(0, issued - own - spoilt),
      ofOthers: this.#entered.size - own,
    };
  }
}
