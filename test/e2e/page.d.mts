import type { BrowserContextOptions, Page } from 'playwright-core';

export const built: string;

export function openBrowser(
  server?: {
    readonly address: string;
    close(): Promise<void>;
  },
  args?: readonly string[],
): Promise<{
  readonly address: string;
  newPage(
    path: string,
    options?: BrowserContextOptions,
  ): Promise<{ readonly page: Page; readonly complaints: readonly string[] }>;
  close(): Promise<void>;
}>;
