import { expect } from '@open-wc/testing';
import { version } from '../../src/engine/version.js';

it('the version told in reports is that of package.json', async () => {
  const response = await fetch('/package.json');
  const told: { version: string } = await response.json();
  expect(version).to.equal(told.version);
});
