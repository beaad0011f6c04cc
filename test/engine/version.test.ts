import { expect } from '@open-wc/testing';
import { version } from '../../src/engine/version.js';

it('the version told in reports is that of package.json', async () => {
  const response = await fetch('/package.json');
  const told: unknown = await response.json();
  expect(told).to.have.property('version', version);
});
