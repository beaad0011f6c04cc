/** What a user can do with a result that is kept, by its id. */
export type RunsAction =
  | { readonly act: 'show'; readonly run: string }
  | { readonly act: 'rename'; readonly run: string; readonly name: string }
  | { readonly act: 'remove'; readonly run: string };
