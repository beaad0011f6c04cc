/** The shortest decimal that reads back to the same number of 32 bits; nine digits are always enough. */
export function shortest(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const decimal = Number(value.toPrecision(digits));
    if (Math.fround(decimal) === value) return String(decimal);
  }
  return String(Number(value.toPrecision(9)));
}
