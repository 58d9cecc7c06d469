import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RemoteOptions } from '../../src/sources/index.ts';
import { startPeer, type TestPeer } from '../support/peer.ts';
import { createAsker } from '../support/source.ts';

/** What must not be reached: it is on the loopback, and on every address of this machine. */
let canary: TestPeer;
let six: TestPeer | undefined;
beforeAll(async () => {
  canary = await startPeer(() => [{ id: 1 }], '0.0.0.0');
  six = await startPeer(() => [{ id: 1 }], '::1').catch(() => undefined);
});
beforeEach(() => void [canary, six].map((one) => one?.asked.splice(0)));
afterAll(async () => void (await Promise.all([canary.stop(), six?.stop()])));

const reached = () => canary.asked.length + (six?.asked.length ?? 0);

const closing: (() => Promise<void>)[] = [];
afterEach(async () => void (await Promise.all(closing.splice(0).map((close) => close()))));

async function ask(host: string, sources: string, options: Partial<RemoteOptions> = {}, port = canary.port) {
  const asker = createAsker(sources, options);
  closing.push(asker.close);
  const address = `http://${host}:${port}/:customer`;
  return asker.rows(
    `<metadata name="t" type="list" level="5"><source address="${address}" trusted="yes" timeout="1000"/></metadata>`,
  );
}

/** Ways to write an address of this machine. */
const HERE = [
  ...['127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '017700000001', '0177.0.0.1', '0x7f.1', '127.0.0.2'],
  ...['0.0.0.0', '0', '127.0.0.1.', '127.255.255.254', '①②⑦.⓪.⓪.①', '%31%32%37.0.0.1', 'localhost', 'LOCALHOST'],
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0::ffff:127.1.2.3]'],
];
/** Other addresses inside, and those that lead to some. */
const ELSEWHERE = [
  ...['[::127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]', '[2001::1]', '[2001:db8::1]'],
  ...['[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd12:3456::1]', '[ff02::1]', '[5f00::1]'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254', '0xa9fea9fe'],
  ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
];

describe('a host that is listed, but stands inside', () => {
  test.each([...HERE, ...ELSEWHERE])('is not called as %s', async (host) => {
    await expect(ask(host, `http://${host}:${canary.port}`)).rejects.toThrow(/^The address \S+ is \w+/);
    expect(reached()).toBe(0);
  });

  test('is reached by a fetch that does not look: the addresses are real', async () => {
    const plainly = HERE.map((host) =>
      fetch(`http://${host}:${canary.port}/`, { signal: AbortSignal.timeout(1000) }).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
    const found = (await Promise.all(plainly)).filter(Boolean).length;
    expect(found).toBeGreaterThan(10);
    expect(reached()).toBe(found);
  });

  test.each([
    ['127.0.0.1', 4],
    ['10.1.2.3', 4],
    ['169.254.169.254', 4],
    ['::1', 6],
    ['::ffff:127.0.0.1', 6],
    ['fe80::1%eth0', 6],
    ['no address', 4],
  ])('is not called under a name that is %s', async (address, family) => {
    const resolve = async () => [{ address, family }];
    await expect(ask('crm.example', `http://crm.example:${canary.port}`, { resolve })).rejects.toThrow('The address');
    expect(reached()).toBe(0);
  });

  test('is not called when one of several addresses is inside', async () => {
    const resolve = async () => [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    const asked = ask('crm.example', `http://crm.example:${canary.port}`, { resolve });
    await expect(asked).rejects.toThrow(
      'The address 127.0.0.1 is loopback; LINTEL_SOURCES names the host without private:',
    );
    expect(reached()).toBe(0);
  });
});

describe('a host that the setting marks', () => {
  test('is called inside, by its address and by its name', async () => {
    const { port } = canary;
    expect((await ask('127.0.0.1', `private:http://127.0.0.1:${port}`)).total).toBe(1);
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    expect((await ask('panel.example', `private:http://panel.example:${port}`, { resolve })).total).toBe(1);
    if (six) expect((await ask('[::1]', `private:http://[::1]:${six.port}`, {}, six.port)).total).toBe(1);
  });

  test('is connected to the address that was judged: its name is asked once', async () => {
    let asked = 0;
    const resolve = async () => [{ address: (asked += 1) === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 }];
    canary.answer = (_, response) => void response.writeHead(200, { connection: 'close' }).end('[]');
    const sources = `private:http://panel.example:${canary.port}`;
    const asker = createAsker(sources, { resolve });
    closing.push(asker.close);
    const source = `<source address="http://panel.example:${canary.port}/:customer" trusted="yes"/>`;
    const rows = () => asker.rows(`<metadata name="t" type="list" level="5">${source}</metadata>`);
    await rows();
    expect(asked).toBe(1);
    // Later the name is another's: the next connection is judged anew.
    await expect(rows()).rejects.toThrow('The address 169.254.169.254 is linkLocal');
    expect(canary.asked).toHaveLength(1);
  });

  test.each(['169.254.169.254', '[fe80::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '224.0.0.1', '[64:ff9b::a00:1]'])(
    'is not called as %s, which is no private network',
    async (host) => {
      await expect(ask(host, `private:http://${host}:${canary.port}`)).rejects.toThrow(/^The address/);
      expect(reached()).toBe(0);
    },
  );
});

describe('a host that is not listed', () => {
  test.each([
    ['another port', 'private:http://127.0.0.1:1'],
    ['https', 'private:127.0.0.1:PORT'],
    ['nothing', ''],
    ['another host', 'private:http://localhost:PORT'],
  ])('is not called when the setting names %s', async (_, sources) => {
    const asked = ask('127.0.0.1', sources.replace('PORT', String(canary.port)));
    await expect(asked).rejects.toThrow(`LINTEL_SOURCES does not name http://127.0.0.1:${canary.port}`);
    expect(reached()).toBe(0);
  });

  test('is not reached by a redirect of one that is', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const peer = await startPeer(
        (_, response) => void response.writeHead(status, { location: `http://127.0.0.1:${canary.port}/` }).end(),
      );
      closing.push(peer.stop);
      await expect(ask('127.0.0.1', peer.allowed, {}, peer.port)).rejects.toThrow('redirects, which is not followed');
    }
    expect(reached()).toBe(0);
  });
});
