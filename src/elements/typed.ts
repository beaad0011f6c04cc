/**
 * The number that a person typed into a field, told when it is left; not a number where it is empty. The field shows again
 * what it is bound to, until that changes: what is refused or fitted must not stay in sight. Such fields are not bound
 * with `live`, which would undo what is being typed whenever the session changes.
 */
export function typed({ target }: Event, shown: string): number {
  if (!(target instanceof HTMLInputElement)) return Number.NaN;
  const { valueAsNumber } = target;
  target.value = shown;
  return valueAsNumber;
}
