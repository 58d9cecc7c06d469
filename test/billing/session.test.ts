import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../src/store/index.ts';
import { createSessions, createUsers } from '../../src/store/index.ts';
import { type Bed, startBed } from '../support/bed.ts';
import { TODAY } from '../support/panel.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

const gecko = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0';

describe('the list of sign-ins', () => {
  test.each([
    [gecko, 'Firefox, Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36`, 'Chrome, Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36 Edg/130.0.0.0`, 'Edge, Windows'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`, 'Chrome, Android'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari, iOS',
    ],
    ['curl/8.5.0', 'curl/8.5.0'],
    ['', ''],
  ])('names the browser of %j', async (agent, name) => {
    await bed.database.knex('session').delete();
    const sessions = createSessions(bed.database, { clock: () => TODAY, random: randomBytes });
    const alice = (await createUsers(bed.database).byLogin('alice')) as User;
    const token = await sessions.open(alice, { address: '192.0.2.7', agent });
    await sessions.open(alice, { address: '192.0.2.8', agent });
    const { name: own = '' } = (await sessions.find(token)) ?? {};
    const scope = await bed.scopeOf('alice', { session: own });
    const page = String((await (await bed.engine()).list(scope, 'session', new URLSearchParams()))?.body);
    expect(page.match(/data-label="Browser">([^<]*)</)?.[1]).toBe(name);
    expect(page.match(/>This browser</g)).toHaveLength(1);
  });
});
