import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from '../../src/server/address.ts';
import { type Panel, startPanel } from '../support/panel.ts';

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001::6', '2001:db8:1:0'],
    ['2001:db8::', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['1:2:3:4:5:6:7::', '1:2:3:4'],
    ['', ''],
  ])('of %j is %j', (address, network) => expect(networkOf(address)).toBe(network));

  test('is the same however it is written, and whatever its last 64 bits are', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (network, host) => {
          const full = [...network, ...host].map((one) => one.toString(16).padStart(4, '0')).join(':');
          const short = new URL(`http://[${full}]`).hostname.slice(1, -1);
          expect(networkOf(short)).toBe(network.map((one) => one.toString(16)).join(':'));
          expect(networkOf(full)).toBe(networkOf(short));
        },
      ),
    );
  });
});

describe('the address of who asks', () => {
  const panels: Panel[] = [];
  beforeAll(async () => {
    for (const proxies of [0, 1, 2]) panels.push(await startPanel({ proxies, customers: 11 }));
  });
  afterAll(() => Promise.all(panels.map((panel) => panel.stop())));

  test.each([
    [0, '203.0.113.9', '127.0.0.1'],
    [1, '', '127.0.0.1'],
    [1, '203.0.113.9', '203.0.113.9'],
    [1, '6.6.6.6, 203.0.113.9', '203.0.113.9'],
    [1, '6.6.6.6,::ffff:203.0.113.9', '203.0.113.9'],
    [1, '6.6.6.6, unknown', '127.0.0.1'],
    [2, '6.6.6.6, 203.0.113.9, 10.0.0.1', '203.0.113.9'],
    [2, '2001:db8::7, 10.0.0.1', '2001:db8::7'],
  ])('behind %i proxies with %j is %j', async (proxies, forwarded, address) => {
    const panel = panels[proxies] as Panel;
    await panel.post('/signin', { login: 'alice', password: 'demo' }, { headers: { 'x-forwarded-for': forwarded } });
    const [row] = await panel.database.knex('session').select('address');
    await panel.database.knex('session').delete();
    expect(row.address).toBe(address);
  });
});
